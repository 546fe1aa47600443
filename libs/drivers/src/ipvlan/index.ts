import type { Driver } from '../driver';
import { publish, relay } from '../wire/port';
import { defaultRoutes, join } from './join';
import { network, underlay } from './network';
import { description } from './options';
import { reach } from './peer';

export const ipvlanDriver: Driver = { name: 'ipvlan', description, underlay, network, join, defaultRoutes, reach, publish, relay };
