import type { Driver } from '../driver';
import { publish, relay } from '../wire/port';
import { defaultRoutes, join } from './join';
import { network } from './network';
import { description } from './options';
import { reach } from './peer';

export const macvlanDriver: Driver = { name: 'macvlan', description, network, join, defaultRoutes, reach, publish, relay };
