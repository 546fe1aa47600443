import type { KernelObject } from '../kernel-object';

/** Nothing: its networks end with their host. */
export const reach = (): KernelObject[] => [];
