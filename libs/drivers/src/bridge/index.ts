import type { Driver } from '../driver';
import { defaultRoutes, join } from './join';
import { network } from './network';
import { description } from './options';
import { reach } from './peer';
import { publish, relay } from './port';

export const bridgeDriver: Driver = { name: 'bridge', description, network, join, defaultRoutes, reach, publish, relay };
