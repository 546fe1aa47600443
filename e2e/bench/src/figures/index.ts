import type { Measurement } from '../measurement';
import { allocate } from './allocate';
import { bulk } from './bulk';
import { dashboard } from './dashboard';
import { dns } from './dns';
import { feed } from './feed';
import { floor } from './floor';
import { join } from './join';
import { joinAt1000 } from './join-at-1000';
import { joinBridge1000 } from './join-bridge-1000';
import { list } from './list';
import { memory } from './memory';
import { network } from './network';
import { overlay } from './overlay';
import { ports } from './ports';
import { spread } from './spread';
import { tabs } from './tabs';
import { tenants } from './tenants';
import { throughput } from './throughput';
import { topology } from './topology';
import { worker } from './worker';

/** Everything that can be measured, in the order in which it is. */
export const measurements: Measurement[] = [
  floor,
  join,
  network,
  bulk,
  worker,
  joinAt1000,
  joinBridge1000,
  allocate,
  feed,
  list,
  memory,
  dns,
  ports,
  throughput,
  overlay,
  spread,
  tenants,
  dashboard,
  tabs,
  topology,
];
