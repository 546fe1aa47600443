import type { DesiredPolicySelector } from '@netyard/contracts';
import { Prefix, type Address, type Family } from '@netyard/inet';
import { ascending, cutPrefixes, idsAt, type AddressCut } from './address-cuts';
import type { PolicyMember } from './member';
import { asksForLabels, hasLabels, isWholeNetwork } from './selector';

/** Which of the selectors select one end of a flow, by their numbers, ascending. */
export type Selected = readonly number[];

export const families: readonly Family[] = ['IPv4', 'IPv6'];

/**
 * The different selectors of one network's rules for one end of flows, arranged so that finding those that select an address does not take a look at each.
 */
export class SelectorIndex {
  readonly #byKey = new Map<string, number>();
  readonly #byName = new Map<string, number[]>();
  readonly #byLabel = new Map<string, { id: number; labels: Record<string, string> }[]>();
  /** Networks whose endpoints are selected by label. */
  readonly #labelNetworks = new Set<string>();
  readonly #byNetwork = new Map<string, number[]>();
  readonly #placeIds = new Set<number>();
  readonly #prefixes: { prefix: Prefix; id: number }[] = [];
  #cuts: Record<Family, AddressCut[]> = { IPv4: [], IPv6: [] };

  constructor(selectors: Iterable<DesiredPolicySelector | null>) {
    for (const selector of selectors) if (selector) this.#add(selector);
    this.#cuts = { IPv4: cutPrefixes('IPv4', this.#prefixes), IPv6: cutPrefixes('IPv6', this.#prefixes) };
  }

  /** The number of a selector that the index was made of; null selects everything and has none. */
  idOf(selector: DesiredPolicySelector | null): number | null {
    return selector && (this.#byKey.get(keyOf(selector)) ?? null);
  }

  /** Whether some selector is about endpoints, by name or label, and not about networks and addresses only. */
  get selectsMembers(): boolean {
    return this.#byName.size + this.#byLabel.size > 0;
  }

  /** Whether the selector is about networks or addresses, whoever has them. */
  selectsPlaces(id: number): boolean {
    return this.#placeIds.has(id);
  }

  /** Whole networks that are selected. */
  get networkIds(): string[] {
    return [...this.#byNetwork.keys()];
  }

  /** The addresses that prefixes select, in disjoint ranges. */
  cuts(family: Family): readonly AddressCut[] {
    return this.#cuts[family];
  }

  /** By its name or labels; empty for most. */
  ofMember({ name, labels, networkId }: PolicyMember): Selected {
    const named = this.#byName.get(name);
    const isLabelled = this.#labelNetworks.has(networkId);
    if (!named && !isLabelled) return [];
    const found = [...(named ?? [])];
    if (isLabelled)
      for (const [key, value] of Object.entries(labels))
        for (const candidate of this.#byLabel.get(labelKey(networkId, key, value)) ?? [])
          if (hasLabels(labels, candidate.labels)) found.push(candidate.id);
    return [...new Set(found)].sort(ascending);
  }

  /** What selects whoever has that address on that network's bridge; null: elsewhere. */
  ofPlace(networkId: string | null, address: Address): Selected {
    return this.ofCut(networkId, idsAt(this.#cuts[address.family], address));
  }

  /** The same for an address of a cut, or of none. */
  ofCut(networkId: string | null, cutIds: Selected): Selected {
    return united(networkId === null ? [] : (this.#byNetwork.get(networkId) ?? []), cutIds);
  }

  #add(selector: DesiredPolicySelector): void {
    const key = keyOf(selector);
    if (this.#byKey.has(key)) return;
    const id = this.#byKey.size;
    this.#byKey.set(key, id);
    if (isWholeNetwork(selector) || selector.cidrs.length > 0) this.#placeIds.add(id);
    for (const name of new Set(selector.endpoints)) append(this.#byName, name, id);
    if (isWholeNetwork(selector)) append(this.#byNetwork, selector.networkId, id);
    if (asksForLabels(selector.labels)) {
      this.#labelNetworks.add(selector.networkId);
      const [[first, value] = ['', '']] = Object.entries(selector.labels);
      append(this.#byLabel, labelKey(selector.networkId, first, value), { id, labels: selector.labels });
    }
    for (const cidr of selector.cidrs) for (const prefix of [Prefix.parse(cidr)]) if (prefix) this.#prefixes.push({ prefix, id });
  }
}

export function united(one: Selected, other: Selected): Selected {
  if (one.length === 0) return other;
  if (other.length === 0) return one;
  return [...new Set([...one, ...other])].sort(ascending);
}

const labelKey = (networkId: string, key: string, value: string): string => `${networkId} ${key} ${value}`;

const keyOf = ({ endpoints, networkId, labels, cidrs }: DesiredPolicySelector): string =>
  JSON.stringify([[...endpoints].sort(), labels && networkId, labels && Object.entries(labels).sort(), [...cidrs].sort()]);

function append<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
