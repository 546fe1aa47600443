import { NetyardError, type DesiredPort } from '@netyard/contracts';
import type { Joined } from '../driver';

export { noRelay as relay } from '../no-relay';

/** Throws: the endpoint is on the wire itself, where it has all ports of its own address. */
export function publish({ endpoint, network }: Joined, { name }: DesiredPort): never {
  throw new NetyardError(
    'invalid-value',
    `port ${name} cannot be published: endpoint ${endpoint.name} of network ${network.name} is on the wire with an address of its own`,
  );
}
