import type { Joined } from '../driver';
import type { KernelObject } from '../kernel-object';
import { checkEndpoint } from './endpoint';

/** Nothing to make, once sandbox and endpoint have been found fit. */
export function join(joined: Joined): KernelObject[] {
  checkEndpoint(joined);
  return [];
}

export const defaultRoutes = (): KernelObject[] => [];
