export * from './client';
export * from './problem';
export * from './resources';
export * from './watch';
export * from './watch-event';
export type { components, operations, paths } from './schema.gen';
