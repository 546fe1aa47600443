import { ruleSets, type RuleElementObject, type RuleSetName } from '@netyard/drivers';
import type { Element, ElementChange, ElementPlace, ElementType } from '@netyard/nftables';
import { tableName } from './script';

/** What keys of a set are made of, and whether parts of them may be prefixes; as the script declares it. */
function keyOf(set: RuleSetName): { keyTypes: ElementType[]; interval: boolean } {
  const address: ElementType = set.endsWith('6') ? 'ipv6_addr' : 'ipv4_addr';
  switch (set) {
    case 'bridges':
    case 'routers':
    case 'internal':
    case 'guarded':
      return { keyTypes: ['ifname'], interval: false };
    case 'same-bridge':
    case 'isolated':
      return { keyTypes: ['ifname', 'ifname'], interval: false };
    case 'tunnel-ports':
      return { keyTypes: ['inet_service'], interval: false };
    case 'inner':
      return { keyTypes: ['ipv6_addr'], interval: false };
    case 'encrypted-vnis':
      return { keyTypes: ['raw24'], interval: false };
    case 'macs':
      return { keyTypes: ['ifname', 'ether_addr'], interval: false };
    case 'senders4':
    case 'senders6':
      return { keyTypes: ['ifname', 'ether_addr', address], interval: false };
    case 'targets6':
      return { keyTypes: ['ifname', 'raw128'], interval: false };
    case 'masquerade4':
    case 'masquerade6':
    case 'subnets4':
    case 'subnets6':
      return { keyTypes: [address, 'ifname'], interval: true };
    case 'ports4':
    case 'ports6':
    case 'restricted4':
    case 'restricted6':
      return { keyTypes: ['inet_proto', 'inet_service'], interval: false };
    case 'host-ports4':
    case 'host-ports6':
    case 'host-restricted4':
    case 'host-restricted6':
      return { keyTypes: [address, 'inet_proto', 'inet_service'], interval: false };
    case 'relayed4':
    case 'relayed6':
      return { keyTypes: ['ifname', 'inet_proto', 'inet_service'], interval: false };
    case 'sources4':
    case 'sources6':
      return { keyTypes: ['inet_proto', 'inet_service', address], interval: true };
    case 'host-sources4':
    case 'host-sources6':
      return { keyTypes: [address, 'inet_proto', 'inet_service', address], interval: true };
  }
}

/** Maps lead to an address and a port, or give an address. */
function valueOf(set: RuleSetName): ElementType[] | undefined {
  const address: ElementType = set.endsWith('6') ? 'ipv6_addr' : 'ipv4_addr';
  if (/ports[46]$/.test(set)) return [address, 'inet_service'];
  return /^relayed[46]$/.test(set) ? [address] : undefined;
}

/** Where the elements of a set are, and what they are made of. */
export function placeOf(set: RuleSetName): ElementPlace & { interval: boolean } {
  const valueTypes = valueOf(set);
  return { in: { family: ruleSets[set], table: tableName }, set, ...keyOf(set), ...(valueTypes ? { valueTypes } : {}) };
}

/** The change of each set that the elements belong to. */
export function elementChanges(verb: 'add' | 'delete', elements: readonly RuleElementObject[]): ElementChange[] {
  const bySet = new Map<RuleSetName, Element[]>();
  for (const object of elements) {
    const known = bySet.get(object.set);
    if (known) known.push(elementOf(object));
    else bySet.set(object.set, [elementOf(object)]);
  }
  return [...bySet].map(([set, own]) => ({ verb, ...placeOf(set), elements: own }));
}

const elementOf = ({ set, key, value, owner }: RuleElementObject): Element => ({
  key,
  comment: owner,
  ...(value === undefined ? {} : { value: { types: valueOf(set) ?? [], parts: value } }),
});

/** What a listed element is as an object; one without an owner is somebody else's, and `owner` is empty. */
export function objectOf(set: RuleSetName, { key, value, comment = '' }: Element): RuleElementObject {
  const parts = value && 'parts' in value ? { value: [...value.parts] } : {};
  return { kind: 'rule-element', set, key: [...key], ...parts, owner: comment };
}
