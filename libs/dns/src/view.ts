import type { ExtraHost, ResolverRecord } from '@netyard/contracts';
import { discoveryTtlSeconds } from '@netyard/contracts';
import { parsePointerName, pointerName } from './pointer-name';
import type { Zone, ZoneEndpoint } from './zone';

export type DiscoveryType = 'A' | 'AAAA' | 'PTR' | 'SRV';

/** What discovery has to say to a question. */
export type Finding =
  | { found: 'records'; records: ResolverRecord[]; additional: ResolverRecord[] }
  /** The name exists, without a record of that type (RFC 2308 section 2.2). */
  | { found: 'no-data' }
  /** The name would be discovery's, and does not exist. */
  | { found: 'no-name' }
  /** None of discovery's names: somebody else may know. */
  | { found: 'nothing' };

const nothing: Finding = { found: 'nothing' };
const noData: Finding = { found: 'no-data' };

/** The names that sandboxes with the same networks and extra hosts may ask for. */
export class View {
  readonly #hosts = new Map<string, string[]>();

  constructor(
    private readonly zones: readonly Zone[],
    hosts: readonly ExtraHost[],
  ) {
    for (const { name, address } of hosts) {
      const key = name.toLowerCase().replace(/\.$/, '');
      this.#hosts.set(key, [...(this.#hosts.get(key) ?? []), address]);
    }
  }

  /** `name`: in lower case, without the final dot. `type`: any record type; only those of discovery have records. */
  find(name: string, type: string): Finding {
    const addresses = this.#hosts.get(name);
    if (addresses) return found(addressRecords(name, addresses, type));
    const address = parsePointerName(name);
    if (address !== undefined) return this.#findPointer(name, address, type);
    const service = /^_([^.]+)\._(tcp|udp|sctp)\.(.+)$/.exec(name);
    if (service) return this.#findService(name, service[1] ?? '', service[2] ?? '', service[3] ?? '', type);
    const endpoints = this.#named(name);
    if (endpoints.length > 0)
      return found(
        addressRecords(
          name,
          endpoints.flatMap(({ endpoint }) => endpoint.addresses),
          type,
        ),
      );
    // A domain without records of its own exists, since there are names below it (RFC 8020).
    if (this.zones.some(({ network: { domain } }) => domain === name)) return noData;
    return this.#isOurs(name) ? { found: 'no-name' } : nothing;
  }

  /** All records, the first `limit` of them by name, and how many there are. */
  records(limit: number): { records: ResolverRecord[]; count: number } {
    const all: ResolverRecord[] = [];
    for (const [name, addresses] of this.#hosts) for (const type of ['A', 'AAAA']) all.push(...addressRecords(name, addresses, type));
    for (const zone of this.zones) {
      const { name: network, domain } = zone.network;
      for (const label of zone.names())
        for (const name of [label, `${label}.${network}`, ...(domain === null ? [] : [`${label}.${domain}`])])
          for (const endpoint of zone.named(label)) {
            for (const type of ['A', 'AAAA']) all.push(...addressRecords(name, endpoint.addresses, type));
            for (const { service, protocol, port } of endpoint.services)
              for (const owner of [...(service === null ? [] : [service]), String(port)])
                all.push(serviceRecord(`_${owner}._${protocol}.${name}`, port, zone.canonicalName(endpoint)));
          }
      for (const endpoint of zone.endpoints.values())
        for (const address of endpoint.addresses) all.push(record(pointerName(address), 'PTR', zone.canonicalName(endpoint)));
    }
    all.sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0));
    return { records: all.slice(0, limit), count: all.length };
  }

  #named(name: string): { zone: Zone; endpoint: ZoneEndpoint }[] {
    return this.zones.flatMap((zone) => {
      const label = zone.labelOf(name);
      return label === undefined ? [] : zone.named(label).map((endpoint) => ({ zone, endpoint }));
    });
  }

  #findPointer(name: string, address: string, type: string): Finding {
    const targets = this.zones.flatMap((zone) => {
      const endpoint = zone.at(address);
      return endpoint ? [record(name, 'PTR', zone.canonicalName(endpoint))] : [];
    });
    if (targets.length === 0) return nothing;
    return type === 'PTR' ? found(targets) : noData;
  }

  #findService(name: string, service: string, protocol: string, owner: string, type: string): Finding {
    const endpoints = this.#named(owner);
    if (endpoints.length === 0) return this.#isOurs(owner) ? { found: 'no-name' } : nothing;
    const records: ResolverRecord[] = [];
    const additional = new Map<string, ResolverRecord>();
    for (const { zone, endpoint } of endpoints) {
      const target = zone.canonicalName(endpoint);
      for (const one of endpoint.services) {
        if (one.protocol !== protocol || (one.service !== service && String(one.port) !== service)) continue;
        records.push(serviceRecord(name, one.port, target));
        for (const kind of ['A', 'AAAA'])
          for (const address of addressRecords(target, endpoint.addresses, kind)) additional.set(`${target} ${address.data}`, address);
      }
    }
    if (records.length === 0) return { found: 'no-name' };
    return type === 'SRV' ? { found: 'records', records, additional: [...additional.values()] } : noData;
  }

  /** Below a domain of ours nobody else is asked; a network's name may be somebody's top-level domain. */
  #isOurs(name: string): boolean {
    return this.zones.some(({ network: { domain } }) => domain !== null && (name === domain || name.endsWith(`.${domain}`)));
  }
}

const found = (records: ResolverRecord[]): Finding => (records.length === 0 ? noData : { found: 'records', records, additional: [] });

const record = (name: string, type: DiscoveryType, data: string): ResolverRecord => ({ name, type, ttlSeconds: discoveryTtlSeconds, data });

const serviceRecord = (name: string, port: number, target: string): ResolverRecord => record(name, 'SRV', `0 0 ${port} ${target}`);

function addressRecords(name: string, addresses: string[], type: string): ResolverRecord[] {
  if (type !== 'A' && type !== 'AAAA') return [];
  return [...new Set(addresses)]
    .filter((address) => address.includes(':') === (type === 'AAAA'))
    .map((address) => record(name, type, address));
}
