import type { Driver } from '../driver';
import { defaultRoutes, join } from './join';
import { network, underlay } from './network';
import { description } from './options';
import { reach } from './peer';
import { publish, relay } from './port';

export const hostDriver: Driver = { name: 'host', description, underlay, network, join, defaultRoutes, reach, publish, relay };
