export * from './describe';
export * from './driver';
export * from './kernel-object';
export * from './registry';
