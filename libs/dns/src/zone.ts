import type { EndpointId, NetworkId, PortProtocol } from '@netyard/contracts';

/** A network whose names are answered; `name` and `domain` make the longer forms `<name>.<network>` and `<name>.<domain>`. */
export interface ZoneNetwork {
  id: NetworkId;
  name: string;
  domain: string | null;
}

/** What an endpoint is called on its network, and where it is. */
export interface ZoneEndpoint {
  id: EndpointId;
  networkId: NetworkId;
  /** Its own name, its aliases and its sandbox's name; without repetition. The first one is what PTR and SRV records point to. */
  names: string[];
  /** Without prefix length, canonical. */
  addresses: string[];
  /** Of its published ports: `port` is the one in the sandbox, where peers on the network reach it. */
  services: { service: string | null; protocol: PortProtocol; port: number }[];
}

/** The names of one network. */
export class Zone {
  readonly endpoints = new Map<EndpointId, ZoneEndpoint>();
  readonly #byName = new Map<string, Set<ZoneEndpoint>>();
  readonly #byAddress = new Map<string, ZoneEndpoint>();

  constructor(public network: ZoneNetwork) {}

  /** Takes the place of what was known of the endpoint. */
  put(endpoint: ZoneEndpoint): void {
    this.remove(endpoint.id);
    this.endpoints.set(endpoint.id, endpoint);
    for (const name of endpoint.names) {
      const named = this.#byName.get(name);
      if (named) named.add(endpoint);
      else this.#byName.set(name, new Set([endpoint]));
    }
    for (const address of endpoint.addresses) this.#byAddress.set(address, endpoint);
  }

  /** Says whether there was anything to remove. */
  remove(id: EndpointId): boolean {
    const endpoint = this.endpoints.get(id);
    if (!endpoint) return false;
    this.endpoints.delete(id);
    for (const name of endpoint.names) {
      const named = this.#byName.get(name);
      named?.delete(endpoint);
      if (named?.size === 0) this.#byName.delete(name);
    }
    for (const address of endpoint.addresses) if (this.#byAddress.get(address) === endpoint) this.#byAddress.delete(address);
    return true;
  }

  named(name: string): ZoneEndpoint[] {
    return [...(this.#byName.get(name) ?? [])];
  }

  at(address: string): ZoneEndpoint | undefined {
    return this.#byAddress.get(address);
  }

  names(): string[] {
    return [...this.#byName.keys()];
  }

  /** The name that an endpoint is pointed to by. */
  canonicalName({ names: [first = ''] }: ZoneEndpoint): string {
    return `${first}.${this.network.name}`;
  }

  /** The label in front of the network's name or domain, or the name itself if it is one label; undefined: the name is none of this network's. */
  labelOf(name: string): string | undefined {
    if (!name.includes('.')) return name;
    for (const suffix of [this.network.domain, this.network.name]) {
      if (suffix !== null && name.endsWith(`.${suffix}`)) return name.slice(0, -suffix.length - 1);
    }
    return undefined;
  }
}
