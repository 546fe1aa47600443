import type { KernelObject } from '../kernel-object';

export { noUnderlay as underlay } from '../no-underlay';

/** Nothing. */
export const network = (): KernelObject[] => [];
