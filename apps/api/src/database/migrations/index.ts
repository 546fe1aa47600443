import { Initial1764000000000 } from './0001-initial';

/** In the order in which they are run. */
export const migrations = [Initial1764000000000];
