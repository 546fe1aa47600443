import type { Element, ElementChange } from '@netyard/nftables';
import type { MemberMap, RulesetChange, Target } from '@netyard/policy';
import { tableName } from '../firewall/script';

/** Whether nothing but entries of maps changes. */
export const hasEntriesOnly = ({ removedEntries: _removed, addedEntries: _added, ...rest }: RulesetChange): boolean =>
  Object.values(rest).every((part) => ('size' in part ? part.size : part.length) === 0);

/** Those entries, as elements of maps that stay. */
export function entryChanges({ removedEntries, addedEntries }: RulesetChange, maps: ReadonlyMap<string, MemberMap>): ElementChange[] {
  const changeOf = (verb: 'add' | 'delete', map: string, elements: Element[]): ElementChange[] => {
    const family = maps.get(map)?.family;
    if (elements.length === 0 || family === undefined) return [];
    return [
      {
        verb,
        in: { family: 'inet', table: tableName },
        set: map,
        keyTypes: ['ifname', family === 'IPv4' ? 'ipv4_addr' : 'ipv6_addr'],
        interval: false,
        elements,
      },
    ];
  };
  return [
    ...[...removedEntries].flatMap(([map, keys]) =>
      changeOf(
        'delete',
        map,
        [...keys].map((key) => ({ key: partsOf(key) })),
      ),
    ),
    ...[...addedEntries].flatMap(([map, entries]) =>
      changeOf(
        'add',
        map,
        [...entries].map(([key, target]) => ({ key: partsOf(key), value: verdictOf(target) })),
      ),
    ),
  ];
}

/** Of `memberKey`. */
const partsOf = (key: string): string[] => key.replaceAll('"', '').split(' . ');

function verdictOf(target: Target): NonNullable<Element['value']> {
  if ('chain' in target) return { verdict: target.go, chain: target.chain };
  return { verdict: target.go === 'pass' ? 'return' : target.go };
}
