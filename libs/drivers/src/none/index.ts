import type { Driver } from '../driver';
import { defaultRoutes, join } from './join';
import { network, underlay } from './network';
import { description } from './options';
import { reach } from './peer';
import { publish, relay } from './port';

export const noneDriver: Driver = { name: 'none', description, underlay, network, join, defaultRoutes, reach, publish, relay };
