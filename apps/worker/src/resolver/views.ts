import { type ExtraHost, type NetworkId } from '@netyard/contracts';
import { nameOfKey, prepare, typeName, View, Zone, type PreparedAnswer, type ZoneEndpoint, type ZoneNetwork } from '@netyard/dns';

/** A view with its answers, as far as they were asked for. */
export class SharedView {
  readonly #prepared = new Map<string, PreparedAnswer>();

  constructor(readonly view: View) {}

  /** The answer to a question, by the key of `readQuery`; null: none of discovery's names. */
  answer(key: string): PreparedAnswer | null {
    const known = this.#prepared.get(key);
    if (known) return known;
    const type = key.charCodeAt(key.length - 1);
    const finding = this.view.find(nameOfKey(key), typeName(type));
    switch (finding.found) {
      case 'nothing':
        return null;
      case 'no-name':
        return unknownName;
      case 'no-data':
        // Of most names IPv6 is asked for too; of the other types there are many, and whoever asks for all of them is not to fill the memory.
        if (type === typeAaaa) this.#prepared.set(key, noData);
        return noData;
      case 'records': {
        const prepared = prepare(finding);
        this.#prepared.set(key, prepared);
        return prepared;
      }
    }
  }

  forget(): void {
    this.#prepared.clear();
  }
}

const typeAaaa = 28;
const noData = prepare({ found: 'no-data' });
/** What is said of a name that nobody else may be asked for. */
export const unknownName = prepare({ found: 'no-name' });

/** The names of the host's networks, and the views of its sandboxes: those with the same networks and extra hosts share one. */
export class Views {
  readonly #zones = new Map<NetworkId, Zone>();
  readonly #networkOf = new Map<string, NetworkId>();
  readonly #views = new Map<string, { shared: SharedView; networkIds: NetworkId[]; users: number }>();

  putNetwork(network: ZoneNetwork): void {
    const zone = this.#zone(network.id);
    zone.network = network;
    this.#changed(network.id);
  }

  /** Its endpoints and the views that have it go one by one, before or after. */
  removeNetwork(id: NetworkId): void {
    this.#changed(id);
    const isUsed = [...this.#views.values()].some(({ networkIds }) => networkIds.includes(id));
    if (!isUsed && this.#zones.get(id)?.endpoints.size === 0) this.#zones.delete(id);
  }

  putEndpoint(endpoint: ZoneEndpoint): void {
    this.#zone(endpoint.networkId).put(endpoint);
    this.#networkOf.set(endpoint.id, endpoint.networkId);
    this.#changed(endpoint.networkId);
  }

  removeEndpoint(id: ZoneEndpoint['id']): void {
    const networkId = this.#networkOf.get(id);
    this.#networkOf.delete(id);
    if (networkId === undefined || !this.#zones.get(networkId)?.remove(id)) return;
    this.#changed(networkId);
  }

  /** The view of these networks, to be given back by `release`. */
  take(networkIds: NetworkId[], hosts: ExtraHost[]): { key: string; shared: SharedView } {
    const key = JSON.stringify([networkIds, hosts]);
    const known = this.#views.get(key);
    if (known) {
      known.users++;
      return { key, shared: known.shared };
    }
    const shared = new SharedView(
      new View(
        networkIds.map((id) => this.#zone(id)),
        hosts,
      ),
    );
    this.#views.set(key, { shared, networkIds, users: 1 });
    return { key, shared };
  }

  release(key: string): void {
    const view = this.#views.get(key);
    if (view && --view.users === 0) this.#views.delete(key);
  }

  #zone(id: NetworkId): Zone {
    const zone = this.#zones.get(id) ?? new Zone({ id, name: id, domain: null });
    this.#zones.set(id, zone);
    return zone;
  }

  #changed(id: NetworkId): void {
    for (const { shared, networkIds } of this.#views.values()) if (networkIds.includes(id)) shared.forget();
  }
}
