import type { Driver } from '../driver';
import { defaultRoutes, join } from './join';
import { network } from './network';
import { description } from './options';
import { reach } from './peer';
import { publish, relay } from './port';

export const noneDriver: Driver = { name: 'none', description, network, join, defaultRoutes, reach, publish, relay };
