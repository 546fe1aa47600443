export * from './client';
export * from './problem';
export * from './resources';
export * from './watch';
export type { components, operations, paths } from './schema.gen';
export * from './watch-event';
