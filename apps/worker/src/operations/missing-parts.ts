import { vethLinkName, type DesiredEndpoint, type DesiredNetwork, type DesiredPeer, type DesiredPort } from '@netyard/contracts';
import type { Remote } from '@netyard/drivers';
import type { DesiredStore } from './desired-store';

/** An endpoint cannot be joined because its network or sandbox is not wanted here. */
export class MissingPartError extends Error {
  override readonly name = 'MissingPart';

  constructor(endpoint: DesiredEndpoint, store: DesiredStore) {
    const network = store.networks.get(endpoint.networkId);
    const missing = !network || network.deleted ? `network ${network?.name ?? endpoint.networkId}` : `sandbox ${endpoint.sandboxId}`;
    super(`${missing} is not on this host, or is being deleted`);
  }
}

/** A peer waits for its network. */
export class NoNetworkError extends Error {
  override readonly name = 'MissingPart';

  constructor({ name, networkId }: DesiredPeer) {
    super(`network ${networkId} of peer ${name} is not on this host, or is being deleted`);
  }
}

/** A peer waits for the key of its host. */
export class NoKeyError extends Error {
  override readonly name = 'MissingPart';

  constructor({ name, tunnelAddress }: DesiredPeer, network: DesiredNetwork) {
    super(
      `peer ${name} of the encrypted network ${network.name} is reached at ${tunnelAddress}, and the key of its host is not known here (yet)`,
    );
  }
}

/** A port waits for the network by which it leads to another host. */
export class NoWayError extends Error {
  override readonly name = 'MissingPart';

  constructor({ network, peer }: Remote) {
    super(`network ${network.name}, by which endpoint ${peer.name} is reached, does not stand on this host`);
  }
}

/** A port waits for its endpoint. */
export class NotJoinedError extends Error {
  override readonly name = 'NotJoined';

  constructor({ endpointId }: DesiredPort, store: DesiredStore) {
    const name = store.endpoints.get(endpointId)?.name ?? endpointId;
    super(`endpoint ${name} (${vethLinkName(endpointId)}) is not joined on this host`);
  }
}
