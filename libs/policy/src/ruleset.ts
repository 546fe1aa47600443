import type { AddressRange, Family } from '@netyard/inet';
import type { PortProtocolName } from './protocol';

export type End = 'source' | 'destination';

/** Where a packet goes on. `jump` comes back after it; `pass` leaves policies behind, or comes back from a jump. */
export type Target = { go: 'accept' | 'drop' | 'pass' } | { go: 'goto' | 'jump'; chain: string };

/**
 * One step of a chain: a lookup that sends the packet on when it finds something, or an end. A chain is a handful of them, however many endpoints, policies
 * and rules there are; the first four look at one end of the flow.
 */
export type Statement =
  /** The endpoint's own entry, by bridge and address. */
  | { look: 'member'; end: End; family: Family; map: string }
  | { look: 'bridge-range'; end: End; family: Family; entries: readonly { bridge: string; range: AddressRange; target: Target }[] }
  | { look: 'range'; end: End; family: Family; entries: readonly { range: AddressRange; target: Target }[] }
  | { look: 'bridge'; end: End; entries: readonly { bridge: string; target: Target }[] }
  /** Both ends on one bridge. */
  | { look: 'within'; entries: readonly { bridge: string; target: Target }[] }
  | { look: 'port'; entries: readonly { protocol: PortProtocolName; first: number; last: number; target: Target }[] }
  | { look: 'protocol'; entries: readonly { protocol: number; target: Target }[] }
  | { look: 'nothing'; counter: string | null; target: Target };

export const isSame = (one: Target, other: Target): boolean =>
  one.go === other.go && ('chain' in one ? one.chain : '') === ('chain' in other ? other.chain : '');

export interface MemberMap {
  name: string;
  family: Family;
  /** Targets by `memberKey`. */
  entries: Map<string, Target>;
}

export interface Counter {
  name: string;
  /** The counter of an earlier state whose counts it takes over; null: it begins at zero. */
  from: string | null;
}

/** The key of a member's entry, as nft writes it. */
export const memberKey = (bridge: string, address: string): string => `"${bridge}" . ${address}`;

/** What has to be done, all at once, to come from one state of the rules to the next. */
export interface RulesetChange {
  /** Entries of maps that stay. */
  removedEntries: Map<string, Set<string>>;
  removedMaps: Set<string>;
  removedChains: Set<string>;
  removedCounters: Set<string>;
  addedCounters: Counter[];
  addedMaps: Map<string, MemberMap>;
  /** Those that stay get other statements. */
  rewrittenChains: Map<string, readonly Statement[]>;
  addedChains: Map<string, readonly Statement[]>;
  /** Of maps that stay. */
  addedEntries: Map<string, Map<string, Target>>;
}

/** The rules that policies are compiled to, as a value that remembers how it has changed. */
export class Ruleset {
  readonly chains = new Map<string, readonly Statement[]>();
  readonly maps = new Map<string, MemberMap>();
  readonly counters = new Set<string>();
  #change = emptyChange();

  addChain(name: string, statements: readonly Statement[]): void {
    this.chains.set(name, statements);
    this.#change.addedChains.set(name, statements);
  }

  /** Gives a chain that exists always, whatever policies there are, its statements. */
  rewriteChain(name: string, statements: readonly Statement[]): void {
    this.chains.set(name, statements);
    this.#change.rewrittenChains.set(name, statements);
  }

  addMap(name: string, family: Family): void {
    const map: MemberMap = { name, family, entries: new Map() };
    this.maps.set(name, map);
    this.#change.addedMaps.set(name, map);
  }

  addEntry(map: string, key: string, target: Target): void {
    const known = this.maps.get(map)?.entries.get(key);
    if (known && isSame(known, target)) return;
    this.removeEntry(map, key);
    this.maps.get(map)?.entries.set(key, target);
    if (this.#change.addedMaps.has(map)) return;
    entry(this.#change.addedEntries, map, () => new Map<string, Target>()).set(key, target);
  }

  removeEntry(map: string, key: string): void {
    if (!this.maps.get(map)?.entries.delete(key) || this.#change.addedMaps.has(map)) return;
    // What is to be added only is not there yet; what was there before and comes again is removed first.
    const isNew = this.#change.addedEntries.get(map)?.delete(key) ?? false;
    const wasThere = this.#change.removedEntries.get(map)?.has(key) ?? false;
    if (!isNew || wasThere) entry(this.#change.removedEntries, map, () => new Set<string>()).add(key);
  }

  removeMap(name: string): void {
    if (!this.maps.delete(name)) return;
    this.#change.addedEntries.delete(name);
    this.#change.removedEntries.delete(name);
    if (!this.#change.addedMaps.delete(name)) this.#change.removedMaps.add(name);
  }

  removeChain(name: string): void {
    if (!this.chains.delete(name)) return;
    if (!this.#change.addedChains.delete(name)) this.#change.removedChains.add(name);
  }

  addCounter(name: string, from: string | null = null): void {
    this.counters.add(name);
    this.#change.addedCounters.push({ name, from });
  }

  removeCounter(name: string): void {
    if (!this.counters.delete(name)) return;
    const added = this.#change.addedCounters.findIndex((counter) => counter.name === name);
    if (added >= 0) this.#change.addedCounters.splice(added, 1);
    else this.#change.removedCounters.add(name);
  }

  /** What has changed since it was asked for last; null: nothing. */
  takeChange(): RulesetChange | null {
    const change = this.#change;
    const isEmpty = Object.values(change).every(
      (part: { size: number } | { length: number }) => ('size' in part ? part.size : part.length) === 0,
    );
    if (!isEmpty) this.#change = emptyChange();
    return isEmpty ? null : change;
  }
}

const emptyChange = (): RulesetChange => ({
  removedEntries: new Map(),
  removedMaps: new Set(),
  removedChains: new Set(),
  removedCounters: new Set(),
  addedCounters: [],
  addedMaps: new Map(),
  rewrittenChains: new Map(),
  addedChains: new Map(),
  addedEntries: new Map(),
});

function entry<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const found = map.get(key);
  if (found) return found;
  const made = make();
  map.set(key, made);
  return made;
}
