import type { KernelObject } from '../kernel-object';

/** Nothing: the wire leads there. */
export const reach = (): KernelObject[] => [];
