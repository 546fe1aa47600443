import type { RuleElementObject, RuleSetName } from '@netyard/drivers';
import { parseElement, type Json } from '@netyard/nftables';

/** The elements of a listed set or map (libnftables-json(5)); those without an owner are somebody else's, and `owner` is empty. */
export function parseListedElements(set: RuleSetName, listing: Record<string, Json>[]): RuleElementObject[] {
  const found = listing
    .flatMap((entry) => Object.values(entry))
    .find((object) => object !== null && typeof object === 'object' && 'elem' in object);
  const elements = (found as { elem?: Json[] } | undefined)?.elem ?? [];
  return elements.map((element): RuleElementObject => {
    const [key = null, value] = isEntry(element) ? element : [element];
    return {
      kind: 'rule-element',
      set,
      key: [...parseElement(key)],
      ...(value === undefined ? {} : { value: [...parseElement(value)] }),
      owner: ownerOf(key),
    };
  });
}

/** Entries of maps are pairs; keys alone are texts, numbers or objects. */
const isEntry = (element: Json): element is [Json, Json] => Array.isArray(element) && element.length === 2;

function ownerOf(key: Json): string {
  if (key === null || typeof key !== 'object' || Array.isArray(key) || !('elem' in key)) return '';
  const { comment } = key['elem'] as { comment?: string };
  return comment ?? '';
}
