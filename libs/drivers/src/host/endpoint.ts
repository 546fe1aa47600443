import { NetyardError } from '@netyard/contracts';
import type { Joined } from '../driver';

/** The endpoint is the host's stack itself: it may ask for no link of its own. Throws NetyardError otherwise. */
export function checkEndpoint({ network, sandbox, endpoint }: Joined): void {
  if (sandbox.namespace.type !== 'host') {
    throw new NetyardError(
      'invalid-value',
      `network ${network.name} of driver host is joined only by a sandbox of type host, and ${sandbox.name} is ${sandbox.namespace.type}`,
    );
  }
  if (endpoint.addresses.length > 0 || endpoint.macAddress !== null || endpoint.interfaceName !== null) {
    throw new NetyardError(
      'invalid-value',
      `endpoint ${endpoint.name} of a host network has no address, MAC address or interface of its own`,
    );
  }
}
