import type { RuleSetName } from '@netyard/drivers';
import type { BaseChain, Json, NamedSet, NftCommand, Rule, TableRef } from '@netyard/nftables';

/** Netyard's own table; nobody else's is ever touched. */
export const table: TableRef = { family: 'inet', table: 'netyard' };

const set = (name: RuleSetName, interval: boolean, ...keyTypes: NamedSet['keyTypes']): NamedSet => ({
  kind: 'set',
  name,
  keyTypes,
  interval,
});

const meta = (key: string): Json => ({ meta: { key } });
const match = (op: string, left: Json, right: Json): Json => ({ match: { op, left, right } });
const concat = (...parts: Json[]): Json => ({ concat: parts });
const source = (protocol: string): Json => ({ payload: { protocol, field: 'saddr' } });
const accept: Json = { accept: null };
const drop: Json = { drop: null };

const rule = (chain: string, comment: string, ...statements: Json[]): Rule => ({ kind: 'rule', chain, comment, statements });

/** The sets that networks put their elements into: the number of rules never grows. */
export const sets: NamedSet[] = [
  set('bridges', false, 'ifname'),
  set('same-bridge', false, 'ifname', 'ifname'),
  set('internal', false, 'ifname'),
  set('masquerade4', true, 'ipv4_addr', 'ifname'),
  set('masquerade6', true, 'ipv6_addr', 'ifname'),
];

export const chains: BaseChain[] = [
  { kind: 'chain', name: 'forward', type: 'filter', hook: 'forward', priority: 0, policy: 'accept' },
  { kind: 'chain', name: 'postrouting', type: 'nat', hook: 'postrouting', priority: 100, policy: 'accept' },
];

/**
 * Rules, in order. Where br_netfilter is loaded, frames within a bridge come by here too: the rule for the same network lets them pass. That the input interface can be matched in postrouting came with
 * Linux 5.8.
 */
export const rules: Rule[] = [
  rule('forward', 'answers pass', match('in', { ct: { key: 'state' } }, ['established', 'related']), accept),
  rule('forward', 'back into the same network', match('==', concat(meta('iifname'), meta('oifname')), '@same-bridge'), accept),
  rule('forward', 'no way out of internal networks', match('==', meta('iifname'), '@internal'), drop),
  rule('forward', 'no way into internal networks', match('==', meta('oifname'), '@internal'), drop),
  rule('forward', 'no way between networks', match('==', meta('iifname'), '@bridges'), match('==', meta('oifname'), '@bridges'), drop),
  ...(['4', '6'] as const).map((version) =>
    rule(
      'postrouting',
      `the host's address for IPv${version} to the outside`,
      match('!=', meta('oifname'), '@bridges'),
      match('==', concat(source(version === '4' ? 'ip' : 'ip6'), meta('iifname')), `@masquerade${version}`),
      { masquerade: null },
    ),
  ),
];

/** Builds the empty table. */
export const buildTable: NftCommand[] = [{ kind: 'table' } as const, ...sets, ...chains, ...rules].map((object) => ({
  verb: 'add',
  in: table,
  object,
}));

/** Whether a listing (libnftables-json(5)) shows our sets, chains and rules, these and no others. */
export function isIntact(listing: Record<string, Json>[]): boolean {
  const listed = (kind: string): Record<string, Json>[] =>
    listing.flatMap((entry) => (kind in entry ? [entry[kind] as Record<string, Json>] : []));
  return (
    sameNames(listed('set'), sets) &&
    sameNames(listed('chain'), chains) &&
    listed('chain').every((chain) =>
      chains.some(({ name, hook, type }) => chain['name'] === name && chain['hook'] === hook && chain['type'] === type),
    ) &&
    JSON.stringify(listed('rule').map(({ chain, comment, expr }) => [chain, comment, expr])) ===
      JSON.stringify(rules.map(({ chain, comment, statements }) => [chain, comment, statements]))
  );
}

const sameNames = (listed: Record<string, Json>[], wanted: { name: string }[]): boolean =>
  JSON.stringify(listed.map(({ name }) => String(name)).sort()) === JSON.stringify(wanted.map(({ name }) => name).sort());
