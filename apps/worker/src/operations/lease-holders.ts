import type { DesiredEndpoint, EndpointId, ObjectReport } from '@netyard/contracts';
import { usesDhcp, type Joined } from '@netyard/drivers';
import type { FromLeases, LeaseStatus, LeaseWish, ToLeases } from '../dhcp/messages';
import { withLease } from '../report/conditions';
import type { DesiredStore } from './desired-store';

const requesting: LeaseStatus = {
  lease: null,
  problem: { reason: 'Requesting', message: 'its interface is up; a DHCP server is not asked yet' },
};

/** Endpoints whose address comes by DHCP: says which are to have a lease, and keeps what is known of theirs. */
export class LeaseHolders {
  readonly #wanted = new Map<string, string>();
  readonly #releasing = new Set<string>();
  readonly #statuses = new Map<string, LeaseStatus>();

  /** `interfaceOf`: where the interface of a join that stands is. */
  constructor(
    private readonly store: DesiredStore,
    private readonly interfaceOf: (joined: Joined) => Pick<LeaseWish, 'namespacePath' | 'interfaceKey'> | undefined,
    private readonly post: (message: ToLeases) => void,
  ) {}

  /** Has a lease kept for an endpoint that stands. What is known already is not said again. */
  want(joined: Joined): void {
    const { network, endpoint } = joined;
    if (!usesDhcp(network)) return;
    const place = this.interfaceOf(joined);
    if (!place) return;
    const wish: LeaseWish = {
      endpointId: endpoint.id,
      name: endpoint.name,
      ...place,
      interfaceName: endpoint.interfaceName ?? '',
      broadcast: network.driver === 'ipvlan',
    };
    const text = JSON.stringify(wish);
    if (this.#wanted.get(endpoint.id) === text) return;
    this.#wanted.set(endpoint.id, text);
    this.post({ type: 'lease-wanted', wish });
  }

  /** Has the lease of an endpoint that is to go given back; true as long as its interface has to stay for that. */
  release({ id }: DesiredEndpoint): boolean {
    if (!this.#wanted.has(id)) return false;
    if (!this.#releasing.has(id)) this.post({ type: 'lease-unwanted', endpointId: id });
    this.#releasing.add(id);
    return true;
  }

  isReleasing(id: string): boolean {
    return this.#releasing.has(id);
  }

  /** What has become known; gives the endpoint that it is about. */
  take(message: FromLeases): EndpointId {
    const { endpointId } = message;
    if (message.type === 'lease-released') {
      this.#releasing.delete(endpointId);
      this.#wanted.delete(endpointId);
      this.#statuses.delete(endpointId);
      this.store.leases.delete(endpointId);
      return endpointId;
    }
    const { lease, problem } = message;
    this.#statuses.set(endpointId, { lease, problem });
    if (lease) this.store.leases.set(endpointId, lease);
    else this.store.leases.delete(endpointId);
    return endpointId;
  }

  /** A report of an endpoint with what is known of its lease; any other as it is. */
  complete(report: ObjectReport): ObjectReport {
    const networkId = report.kind === 'endpoint' ? this.store.endpoints.get(report.id)?.networkId : undefined;
    const network = this.store.networks.get(networkId ?? '');
    return network && usesDhcp(network) ? withLease(report, this.#statuses.get(report.id) ?? requesting) : report;
  }
}
