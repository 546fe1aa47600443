import { NetyardError, type DesiredPort } from '@netyard/contracts';
import type { Joined } from '../driver';

export { noRelay as relay } from '../no-relay';

/** Throws: what listens in the host's own stack has the host's ports already. */
export function publish({ endpoint, network }: Joined, { name }: DesiredPort): never {
  throw new NetyardError(
    'invalid-value',
    `port ${name} cannot be published: endpoint ${endpoint.name} of network ${network.name} has the host's own ports`,
  );
}
