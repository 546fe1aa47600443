import type { KernelObject } from './kernel-object';

/** Nothing: what the network stands on is its own, or the wire. */
export const noUnderlay = (): KernelObject[] => [];
