import type { DriverDescription, DriverName } from '@netyard/contracts';
import { bridgeDriver } from './bridge';
import type { Driver } from './driver';
import { hostDriver } from './host';
import { ipvlanDriver } from './ipvlan';
import { macvlanDriver } from './macvlan';
import { noneDriver } from './none';
import { overlayDriver } from './overlay';

/** Every driver that there is; a new one is registered by its line here. */
const drivers: { [Name in DriverName]: Driver } = {
  bridge: bridgeDriver,
  host: hostDriver,
  none: noneDriver,
  overlay: overlayDriver,
  macvlan: macvlanDriver,
  ipvlan: ipvlanDriver,
};

export const driverFor = (name: DriverName): Driver => drivers[name];

/** What each driver can do, and the schema of its options. */
export const driverDescriptions: DriverDescription[] = Object.values(drivers).map(({ description }) => description);
