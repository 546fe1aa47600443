import { join } from 'node:path';
import {
  sandboxNamespaceName,
  type DesiredNetwork,
  type DesiredPeer,
  type DesiredPort,
  type DesiredSandbox,
  type DnsSettings,
  type EndpointId,
} from '@netyard/contracts';
import type { ZoneEndpoint } from '@netyard/dns';
import type { Joined } from '@netyard/drivers';
import type { DesiredStore } from '../operations/desired-store';
import type { NameChange, ToResolver, ZoneSandbox } from '../resolver/messages';

/**
 * Tells the resolver what is called what. Changes gather until `commit`, which gives the number that the resolver acknowledges once they are in force;
 * what the resolver knows already is not said again.
 */
export class Names {
  readonly #known = new Map<string, string>();
  #changes: NameChange[] = [];
  #sequence = 0;

  /** `netnsEtcDirectory`: where `ip netns exec` looks for a sandbox's resolv.conf (ip-netns(8)). */
  constructor(
    private readonly store: DesiredStore,
    private readonly pathOf: (sandbox: DesiredSandbox) => string,
    private readonly netnsEtcDirectory: string,
    private readonly post: (message: ToResolver) => void,
  ) {}

  network({ id, name, domain, discovery }: DesiredNetwork): void {
    if (discovery) this.#say(id, { type: 'network', network: { id, name, domain } });
    else this.networkGone(id);
  }

  networkGone(id: DesiredNetwork['id']): void {
    this.#forget(id, { type: 'network-gone', id });
  }

  /** A joined endpoint, by all of its names. */
  endpoint(joined: Joined): void {
    const { network, endpoint } = joined;
    if (network.discovery && endpoint.addresses.length > 0)
      this.#say(endpoint.id, { type: 'endpoint', endpoint: zoneEndpoint(joined, this.store) });
    else this.endpointGone(endpoint.id);
  }

  /** An endpoint on another host, by all of its names. */
  peer({ id, networkId, names, addresses, services }: DesiredPeer): void {
    const isNamed = this.store.networks.get(networkId)?.discovery === true && names.length > 0 && addresses.length > 0;
    if (isNamed) this.#say(id, { type: 'endpoint', endpoint: { id: endpointIdOf(id), networkId, names, addresses, services } });
    else this.peerGone(id);
  }

  peerGone(id: DesiredPeer['id']): void {
    this.endpointGone(endpointIdOf(id));
  }

  endpointGone(id: EndpointId): void {
    this.#forget(id, { type: 'endpoint-gone', id });
  }

  /** A sandbox with the networks whose names it may ask for. `again`: said even if it is known, so that what stands in the sandbox is looked at. */
  sandbox(sandbox: DesiredSandbox, again = false): void {
    if (sandbox.namespace.type === 'host') return;
    if (again) this.#known.delete(sandbox.id);
    this.#say(sandbox.id, { type: 'sandbox', sandbox: this.#zoneSandbox(sandbox) });
  }

  sandboxGone(id: DesiredSandbox['id']): void {
    this.#forget(id, { type: 'sandbox-gone', id });
  }

  /** Where the sandbox's own resolv.conf(5) is; null: it uses the host's. */
  resolvConfPath(sandbox: DesiredSandbox): string | null {
    return this.#resolvConf(sandbox)?.path ?? null;
  }

  /** Sends what has gathered; its number, or null when there was nothing. */
  commit(): number | null {
    if (this.#changes.length === 0) return null;
    const sequence = ++this.#sequence;
    this.post({ type: 'changes', sequence, changes: this.#changes });
    this.#changes = [];
    return sequence;
  }

  #say(id: string, change: NameChange): void {
    const text = JSON.stringify(change);
    if (this.#known.get(id) === text) return;
    this.#known.set(id, text);
    this.#changes.push(change);
  }

  #forget(id: string, change: NameChange): void {
    if (this.#known.delete(id)) this.#changes.push(change);
  }

  #zoneSandbox(sandbox: DesiredSandbox): ZoneSandbox {
    const joins = this.store
      .joinsOfSandbox(sandbox.id)
      .toSorted((one, other) => one.endpoint.joinedAt.localeCompare(other.endpoint.joinedAt));
    const networks = joins.map(({ network }) => network);
    return {
      id: sandbox.id,
      namespacePath: this.pathOf(sandbox),
      networkIds: [...new Set(networks.filter(({ discovery }) => discovery).map(({ id }) => id))],
      upstreams: networks.length === 0 || networks.some(({ internal }) => !internal),
      dns: merge([sandbox.dns, ...networks.map(({ dns }) => dns)]),
      resolvConf: this.#resolvConf(sandbox),
    };
  }

  #resolvConf({ id, namespace, resolvConfPath }: DesiredSandbox): ZoneSandbox['resolvConf'] {
    if (namespace.type === 'managed')
      return { path: join(this.netnsEtcDirectory, sandboxNamespaceName(id), 'resolv.conf'), adopted: false };
    return resolvConfPath === null ? null : { path: resolvConfPath, adopted: true };
  }
}

/** A peer is an endpoint as others see it. */
const endpointIdOf = (id: DesiredPeer['id']): EndpointId => id as string as EndpointId;

function zoneEndpoint({ network, sandbox, endpoint }: Joined, store: DesiredStore): ZoneEndpoint {
  return {
    id: endpoint.id,
    networkId: network.id,
    names: [...new Set([endpoint.name, ...endpoint.aliases, sandbox.name])],
    addresses: endpoint.addresses.map((address) => address.slice(0, address.indexOf('/'))),
    services: servicesOf(store.portsOfEndpoint(endpoint.id)),
  };
}

/** Each once, however many ports of the host lead there. */
function servicesOf(ports: DesiredPort[]): ZoneEndpoint['services'] {
  const services = new Map<string, ZoneEndpoint['services'][number]>();
  for (const { deleted, service, protocol, port, count } of ports)
    for (let offset = 0; !deleted && offset < count; offset++)
      services.set(`${service} ${protocol} ${port + offset}`, { service, protocol, port: port + offset });
  return [...services.values()];
}

/** Lists one after another, without repetition. */
function merge(settings: DnsSettings[]): DnsSettings {
  const unique = (pick: (one: DnsSettings) => string[]): string[] => [...new Set(settings.flatMap(pick))];
  return {
    search: unique(({ search }) => search),
    options: unique(({ options }) => options),
    servers: unique(({ servers }) => servers),
    hosts: settings.flatMap(({ hosts }) => hosts),
  };
}
