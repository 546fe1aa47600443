import { entryJson, keyJson } from './element';
import type { Json, KeyType, NftCommand } from './ruleset';

/** What libnftables is given for a command. Source: libnftables-json(5). */
export function toJson({ verb, in: ref, object }: NftCommand): Json {
  const place = { family: ref.family, table: ref.table };
  switch (object.kind) {
    case 'table':
      return { [verb]: { table: { family: ref.family, name: ref.table } } };
    case 'chain':
      if (!('hook' in object)) return { [verb]: { chain: { ...place, name: object.name } } };
      return {
        add: { chain: { ...place, name: object.name, type: object.type, hook: object.hook, prio: object.priority, policy: object.policy } },
      };
    case 'plain-chain':
      return { add: { chain: { ...place, name: object.name } } };
    case 'set':
      if (!('keyTypes' in object)) return { [verb]: { set: { ...place, name: object.name } } };
      return { add: { set: { ...place, name: object.name, type: keyType(object.keyTypes), flags: flags(object.interval) } } };
    case 'map': {
      if (!('keyTypes' in object)) return { [verb]: { map: { ...place, name: object.name } } };
      const { name, keyTypes, valueType, interval } = object;
      return { add: { map: { ...place, name, type: keyType(keyTypes), map: valueType, flags: flags(interval) } } };
    }
    case 'rule':
      return { add: { rule: { ...place, chain: object.chain, expr: object.statements, comment: object.comment } } };
    case 'rule-handle':
      return { delete: { rule: { ...place, chain: object.chain, handle: object.handle } } };
    case 'elements':
      return { [verb]: { element: { ...place, name: object.set, elem: object.keys.map(keyJson) } } };
    case 'entries':
      return { add: { element: { ...place, name: object.map, elem: object.entries.map(entryJson) } } };
  }
}

const keyType = (types: KeyType[]): Json => (types.length === 1 ? (types[0] ?? null) : types);
const flags = (interval: boolean): Json => (interval ? ['interval'] : []);
