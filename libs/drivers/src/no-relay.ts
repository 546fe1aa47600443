import { NetyardError, type DesiredPort } from '@netyard/contracts';
import type { Remote } from './driver';

/** Throws: a host has no way into networks of the driver for others. */
export function noRelay({ network, peer }: Remote, { name }: DesiredPort): never {
  throw new NetyardError(
    'invalid-value',
    `port ${name} of endpoint ${peer.name} cannot be published on another host: that has no way into network ${network.name} of driver ${network.driver}`,
  );
}
