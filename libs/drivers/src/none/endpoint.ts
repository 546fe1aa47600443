import { NetyardError } from '@netyard/contracts';
import type { Joined } from '../driver';

/** There is nothing to give to the endpoint, and the host's own stack cannot be cut off. Throws NetyardError otherwise. */
export function checkEndpoint({ network, sandbox, endpoint }: Joined): void {
  if (sandbox.namespace.type === 'host') {
    throw new NetyardError(
      'invalid-value',
      `sandbox ${sandbox.name} is the host's own stack: it cannot join network ${network.name} of driver none`,
    );
  }
  if (endpoint.addresses.length > 0 || endpoint.macAddress !== null || endpoint.interfaceName !== null) {
    throw new NetyardError('invalid-value', `endpoint ${endpoint.name} of a none network has no address, MAC address or interface`);
  }
}
