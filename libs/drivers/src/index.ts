export * from './describe';
export * from './driver';
export { hexadecimal, linkLocalAddress } from './bridge/guard';
export * from './kernel-object';
export * from './registry';
