import type { KernelObject } from '../kernel-object';

export { noUnderlay as underlay } from '../no-underlay';

/** Nothing: the host's stack is there already. */
export const network = (): KernelObject[] => [];
