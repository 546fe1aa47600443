import { type ExtraHost, type NetworkId } from '@netyard/contracts';
import { nameOfKey, prepare, typeName, View, Zone, type PreparedAnswer, type ZoneEndpoint, type ZoneNetwork } from '@netyard/dns';

/** Answers that are kept ready; noise must not fill the memory. */
const preparedLimit = 20_000;

/** A view with its answers, as far as they were asked for. Null: none of discovery's names. */
export class SharedView {
  readonly #prepared = new Map<string, PreparedAnswer | null>();

  constructor(readonly view: View) {}

  /** The answer to a question, by the key of `readQuery`. */
  answer(key: string): PreparedAnswer | null {
    const known = this.#prepared.get(key);
    if (known !== undefined) return known;
    const finding = this.view.find(nameOfKey(key), typeName(key.charCodeAt(key.length - 1)));
    const prepared = finding.found === 'nothing' ? null : prepare(finding);
    if (this.#prepared.size >= preparedLimit) this.#prepared.clear();
    this.#prepared.set(key, prepared);
    return prepared;
  }

  forget(): void {
    this.#prepared.clear();
  }
}

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

  /** Its endpoints have gone before. */
  removeNetwork(id: NetworkId): void {
    this.#changed(id);
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
