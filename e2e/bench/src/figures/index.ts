import type { Measurement } from '../measurement';
import { floor } from './floor';
import { join } from './join';

/** Everything that can be measured, in the order in which it is. */
export const measurements: Measurement[] = [floor, join];
