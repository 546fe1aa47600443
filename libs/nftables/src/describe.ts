import type { ElementKey, MapEntry, NftCommand } from './ruleset';

/** The line of `nft` that a command equals, rules by their comment. */
export function describe({ verb, in: ref, object }: NftCommand): string {
  const table = `${ref.family} ${ref.table}`;
  switch (object.kind) {
    case 'table':
      return `nft ${verb} table ${table}`;
    case 'chain':
      if (!('hook' in object)) return `nft ${verb} chain ${table} ${object.name}`;
      return `nft add chain ${table} ${object.name} { type ${object.type} hook ${object.hook} priority ${object.priority}; policy ${object.policy}; }`;
    case 'plain-chain':
      return `nft add chain ${table} ${object.name}`;
    case 'set':
      if (!('keyTypes' in object)) return `nft ${verb} set ${table} ${object.name}`;
      return `nft add set ${table} ${object.name} { type ${object.keyTypes.join(' . ')};${flags(object.interval)} }`;
    case 'map':
      if (!('keyTypes' in object)) return `nft ${verb} map ${table} ${object.name}`;
      return `nft add map ${table} ${object.name} { type ${object.keyTypes.join(' . ')} : ${object.valueType};${flags(object.interval)} }`;
    case 'rule':
      return `nft add rule ${table} ${object.chain} comment "${object.comment}"`;
    case 'rule-handle':
      return `nft delete rule ${table} ${object.chain} handle ${object.handle}`;
    case 'elements':
      return `nft ${verb} element ${table} ${object.set} { ${object.keys.map(keyWords).join(', ')} }`;
    case 'entries':
      return `nft add element ${table} ${object.map} { ${object.entries.map(entryWords).join(', ')} }`;
  }
}

const flags = (interval: boolean): string => (interval ? ' flags interval;' : '');
const keyWords = (key: ElementKey): string => key.join(' . ');

function entryWords({ key, value }: MapEntry): string {
  if (typeof value === 'string') return `${keyWords(key)} : ${value}`;
  return `${keyWords(key)} : ${value.verdict}${'chain' in value ? ` ${value.chain}` : ''}`;
}
