/**
 * An nftables ruleset as a value, in the shape of libnftables' JSON (libnftables-json(5)). Expressions and statements of rules are JSON as that page
 * defines it; everything around them is typed here.
 */
export type Family = 'inet' | 'ip' | 'ip6' | 'bridge';

export interface TableRef {
  family: Family;
  table: string;
}

/** A datatype of set keys; several make a concatenation. */
export type KeyType = 'ipv4_addr' | 'ipv6_addr' | 'ifname' | 'inet_service' | 'inet_proto' | 'ether_addr' | 'mark';

export interface BaseChain {
  kind: 'chain';
  name: string;
  type: 'filter' | 'nat' | 'route';
  hook: 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting';
  priority: number;
  policy: 'accept' | 'drop';
}

export interface NamedSet {
  kind: 'set';
  name: string;
  keyTypes: KeyType[];
  /** Whether keys may be prefixes. */
  interval: boolean;
}

/** A JSON value in the language of libnftables-json(5). */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export interface Rule {
  kind: 'rule';
  chain: string;
  /** Statements, in order. */
  statements: Json[];
  comment: string;
}

/** One key of a set: an address, a prefix such as `10.0.0.0/24`, a name; several parts for a concatenation. */
export type ElementKey = readonly string[];

/** A change to the ruleset. */
export type NftCommand =
  | { verb: 'add'; in: TableRef; object: { kind: 'table' } | BaseChain | NamedSet | Rule }
  | { verb: 'delete'; in: TableRef; object: { kind: 'table' } }
  | { verb: 'add' | 'delete'; in: TableRef; object: { kind: 'elements'; set: string; keys: readonly ElementKey[] } };

/** What libnftables is given for a command. */
export function toJson({ verb, in: ref, object }: NftCommand): Json {
  const place = { family: ref.family, table: ref.table };
  switch (object.kind) {
    case 'table':
      return { [verb]: { table: { family: ref.family, name: ref.table } } };
    case 'chain':
      return { add: { chain: { ...place, name: object.name, type: object.type, hook: object.hook, prio: object.priority, policy: object.policy } } };
    case 'set':
      return { add: { set: { ...place, name: object.name, type: keyType(object.keyTypes), flags: object.interval ? ['interval'] : [] } } };
    case 'rule':
      return { add: { rule: { ...place, chain: object.chain, expr: object.statements, comment: object.comment } } };
    case 'elements':
      return { [verb]: { element: { ...place, name: object.set, elem: object.keys.map(elementJson) } } };
  }
}

const keyType = (types: KeyType[]): Json => (types.length === 1 ? (types[0] ?? null) : types);

function elementJson(key: ElementKey): Json {
  const parts = key.map(partJson);
  return parts.length === 1 ? (parts[0] ?? null) : { concat: parts };
}

function partJson(part: string): Json {
  const prefix = /^([0-9a-f.:]+)\/(\d+)$/i.exec(part);
  return prefix ? { prefix: { addr: prefix[1] ?? '', len: Number(prefix[2]) } } : part;
}

/** The key that `elementJson` made, as libnftables prints it. */
export function parseElement(value: Json): ElementKey {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  if (value && typeof value === 'object' && !Array.isArray(value)) {
    if ('elem' in value) return parseElement((value['elem'] as { val: Json }).val);
    if ('concat' in value) return (value['concat'] as Json[]).flatMap(parseElement);
    if ('prefix' in value) {
      const { addr, len } = value['prefix'] as { addr: string; len: number };
      return [`${addr}/${len}`];
    }
  }
  throw new TypeError(`an element of an unknown shape: ${JSON.stringify(value)}`);
}

/** The line of `nft` that a command equals, rules by their comment. */
export function describe({ verb, in: ref, object }: NftCommand): string {
  const table = `${ref.family} ${ref.table}`;
  switch (object.kind) {
    case 'table':
      return `nft ${verb} table ${table}`;
    case 'chain':
      return `nft add chain ${table} ${object.name} { type ${object.type} hook ${object.hook} priority ${object.priority}; policy ${object.policy}; }`;
    case 'set':
      return `nft add set ${table} ${object.name} { type ${object.keyTypes.join(' . ')};${object.interval ? ' flags interval;' : ''} }`;
    case 'rule':
      return `nft add rule ${table} ${object.chain} comment "${object.comment}"`;
    case 'elements':
      return `nft ${verb} element ${table} ${object.set} { ${object.keys.map((key) => key.join(' . ')).join(', ')} }`;
  }
}
