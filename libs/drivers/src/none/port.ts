import { NetyardError, type DesiredPort } from '@netyard/contracts';
import type { Joined } from '../driver';

export { noRelay as relay } from '../no-relay';

/** Throws: there is no address that a port could lead to. */
export function publish({ endpoint, network }: Joined, { name }: DesiredPort): never {
  throw new NetyardError(
    'invalid-value',
    `port ${name} cannot be published: endpoint ${endpoint.name} of network ${network.name} has no address`,
  );
}
