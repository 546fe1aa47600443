export * from './describe';
export * from './driver';
export * from './kernel-object';
export * from './registry';
export { innerOwner, wireguardAlias } from './overlay/encryption';
export { defaultTunnelPort, isEncrypted, maxVni, overheadBytes, underlayOf, wireguardOverheadBytes } from './overlay/options';
export { tunnelOwner } from './overlay/network';
export { withLease } from './wire/lease';
export { parentOf, parseParent, usesDhcp, vlanAlias, type Parent } from './wire/parent';
