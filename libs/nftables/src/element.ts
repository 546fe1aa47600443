import { isIP } from 'node:net';
import type { ElementKey, Json, MapEntry, Verdict } from './ruleset';

/** A key as libnftables-json(5) has it. */
export function keyJson(key: ElementKey): Json {
  const parts = key.map(partJson);
  return parts.length === 1 ? (parts[0] ?? null) : { concat: parts };
}

export const entryJson = ({ key, value }: MapEntry): Json => [
  keyJson(key),
  typeof value === 'string' ? partJson(value) : verdictJson(value),
];

function partJson(part: string): Json {
  const [address = '', length, more] = part.split('/');
  if (length !== undefined && more === undefined && isIP(address)) return { prefix: { addr: address, len: Number(length) } };
  const [first = '', last = '', ...others] = part.split('-');
  // Names of links may have dashes as well.
  return others.length === 0 && isIP(first) && isIP(last) ? { range: [first, last] } : part;
}

const verdictJson = (verdict: Verdict): Json =>
  'chain' in verdict ? { [verdict.verdict]: { target: verdict.chain } } : { [verdict.verdict]: null };

/** The key that `keyJson` made, as libnftables prints it. Throws TypeError for a shape that it does not know. */
export function parseElement(value: Json): ElementKey {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  if (value && typeof value === 'object' && !Array.isArray(value)) {
    if ('elem' in value) return parseElement((value['elem'] as { val: Json }).val);
    if ('concat' in value) return (value['concat'] as Json[]).flatMap(parseElement);
    if ('range' in value) return [(value['range'] as Json[]).flatMap(parseElement).join('-')];
    if ('prefix' in value) {
      const { addr, len } = value['prefix'] as { addr: string; len: number };
      return [`${addr}/${len}`];
    }
  }
  throw new TypeError(`an element of an unknown shape: ${JSON.stringify(value)}`);
}

/** The entry that `entryJson` made, as libnftables prints it. Throws TypeError for a shape that it does not know. */
export function parseEntry(entry: Json): MapEntry {
  if (!Array.isArray(entry) || entry.length !== 2) throw new TypeError(`a map entry of an unknown shape: ${JSON.stringify(entry)}`);
  const [key = null, value = null] = entry;
  return { key: parseElement(key), value: parseVerdict(value) ?? parseElement(value).join(' . ') };
}

function parseVerdict(value: Json): Verdict | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  for (const verdict of ['accept', 'drop', 'return'] as const) if (verdict in value) return { verdict };
  for (const verdict of ['jump', 'goto'] as const)
    if (verdict in value) return { verdict, chain: (value[verdict] as { target: string }).target };
  return undefined;
}
