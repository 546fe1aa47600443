/**
 * An nftables ruleset as a value, in the shape of libnftables' JSON (libnftables-json(5)). Expressions and statements of rules are JSON as that page
 * defines it; everything around them is typed here.
 */
export type Family = keyof typeof families;

/** Their numbers in messages. Source: include/uapi/linux/netfilter.h, NFPROTO_*. */
export const families = { inet: 1, ip: 2, arp: 3, bridge: 7, ip6: 10 } as const;

export interface TableRef {
  family: Family;
  table: string;
}

/** A datatype of keys of sets and maps; several make a concatenation. */
export type KeyType = 'ipv4_addr' | 'ipv6_addr' | 'ifname' | 'inet_service' | 'inet_proto' | 'ether_addr' | 'mark';

export interface BaseChain {
  kind: 'chain';
  name: string;
  type: 'filter' | 'nat' | 'route';
  hook: 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting';
  priority: number;
  policy: 'accept' | 'drop';
}

/** A chain that only jumps lead to. */
export interface PlainChain {
  kind: 'plain-chain';
  name: string;
}

export interface NamedSet {
  kind: 'set';
  name: string;
  keyTypes: KeyType[];
  /** Whether keys may be prefixes. */
  interval: boolean;
}

/**
 * A map from keys to values of one type. Values that are concatenations are left out on purpose: libnftables 1.0.6 takes a map declared so for a set, and
 * a rule that then uses it as a map ends the process. Two maps with the same keys do instead, e.g. one to addresses and one to ports.
 */
export interface NamedMap {
  kind: 'map';
  name: string;
  keyTypes: KeyType[];
  valueType: KeyType | 'verdict';
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

/** One key of a set or map: an address, a prefix such as `10.0.0.0/24`, a range `10.0.0.1-10.0.0.9`, a name; several parts for a concatenation. */
export type ElementKey = readonly string[];

/** What a verdict map leads to. */
export type Verdict = { verdict: 'accept' | 'drop' | 'return' } | { verdict: 'jump' | 'goto'; chain: string };

/** One entry of a map. */
export interface MapEntry {
  key: ElementKey;
  value: string | Verdict;
}

/** Elements of a set, or entries of a map by their keys. */
export interface Elements {
  kind: 'elements';
  set: string;
  keys: readonly ElementKey[];
}

export interface Entries {
  kind: 'entries';
  map: string;
  entries: readonly MapEntry[];
}

/** A set, map or chain by name. */
export interface Named {
  kind: 'set' | 'map' | 'chain';
  name: string;
}

/**
 * A change to the ruleset. Adding what is there is no error if it is the same (rules are added once more); deleting what is not there refuses the whole
 * transaction. A rule is deleted by the handle that `listTable` shows.
 */
export type NftCommand =
  | { verb: 'add'; in: TableRef; object: { kind: 'table' } | BaseChain | PlainChain | NamedSet | NamedMap | Rule | Elements | Entries }
  | { verb: 'delete'; in: TableRef; object: { kind: 'table' } | Named | Elements | { kind: 'rule-handle'; chain: string; handle: number } }
  | { verb: 'flush'; in: TableRef; object: { kind: 'table' } | Named };

/** Makes these the only elements of the set. Within a transaction nobody sees it empty. */
export const replaceElements = (ref: TableRef, set: string, keys: readonly ElementKey[]): NftCommand[] => [
  { verb: 'flush', in: ref, object: { kind: 'set', name: set } },
  ...(keys.length === 0 ? [] : [{ verb: 'add', in: ref, object: { kind: 'elements', set, keys } } as const]),
];

/** Makes these the only entries of the map. Within a transaction nobody sees it empty. */
export const replaceEntries = (ref: TableRef, map: string, entries: readonly MapEntry[]): NftCommand[] => [
  { verb: 'flush', in: ref, object: { kind: 'map', name: map } },
  ...(entries.length === 0 ? [] : [{ verb: 'add', in: ref, object: { kind: 'entries', map, entries } } as const]),
];
