import type { MemberMap, RulesetChange, Statement } from '../ruleset';

/** What the kernel would have after the changes, in the order in which they are made. Throws Error for a change that it would refuse. */
export class Mirror {
  readonly chains = new Map<string, readonly Statement[]>([
    ['policies', []],
    ['policies-input', []],
  ]);
  readonly maps = new Map<string, MemberMap>();
  readonly counters = new Set<string>();

  apply(change: RulesetChange): void {
    for (const [name, keys] of change.removedEntries)
      for (const key of keys) expect(this.maps.get(name)?.entries.delete(key), `entry ${key} of ${name}`);
    for (const name of change.removedMaps) expect(this.maps.delete(name), `map ${name}`);
    for (const name of change.removedChains) expect(this.chains.delete(name), `chain ${name}`);
    for (const name of change.removedCounters) expect(this.counters.delete(name), `counter ${name}`);
    for (const { name } of change.addedCounters) expect(!this.counters.has(name) && this.counters.add(name), `no counter ${name}`);
    for (const [name, { family, entries }] of change.addedMaps)
      expect(!this.maps.has(name) && this.maps.set(name, { name, family, entries: new Map(entries) }), `no map ${name}`);
    for (const [name, statements] of change.addedChains)
      expect(!this.chains.has(name) && this.chains.set(name, statements), `no chain ${name}`);
    for (const [name, statements] of change.rewrittenChains)
      expect(this.chains.has(name) && this.chains.set(name, statements), `chain ${name}`);
    for (const [name, entries] of change.addedEntries)
      for (const [key, target] of entries) {
        const map = this.maps.get(name)?.entries;
        expect(map !== undefined && !map.has(key) && map.set(key, target), `no entry ${key} of ${name}`);
      }
  }
}

function expect(holds: unknown, what: string): void {
  if (!holds) throw new Error(`a change needs ${what}`);
}
