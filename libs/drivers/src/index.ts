export * from './describe';
export * from './driver';
export * from './kernel-object';
export * from './registry';
export { defaultTunnelPort, maxVni, overheadBytes, type UnderlayVersion } from './overlay/options';
export { tunnelOwner } from './overlay/network';
export { withLease } from './wire/lease';
export { parentOf, parseParent, usesDhcp, vlanAlias, type Parent } from './wire/parent';
