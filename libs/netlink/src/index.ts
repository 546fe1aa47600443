export { addAddress, deleteAddress, listAddresses, type LinkAddress } from './addresses';
export { KernelError, type ExtendedAck } from './kernel-error';
export * from './links';
export type { NetlinkMessage, NetlinkRequest } from './message';
export { createNamespace, deleteNamespace, inNamespace, Namespace, settle } from './namespace';
export { RouteSocket } from './route-socket';
export { addRoute, deleteRoute, listRoutes, replaceRoute, type Route } from './routes';
export { readSysctl, writeSysctl } from './sysctl';
