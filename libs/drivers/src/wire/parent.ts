import { bridgeLinkName, type DesiredNetwork, NetyardError, ownerAlias, type OptionPropertySchema, stubPeerName } from '@netyard/contracts';
import type { KernelObject } from '../kernel-object';

/** What a network of macvlan or ipvlan links stands on, as its option `parent` names it. */
export interface Parent {
  /** The link that the endpoints' links stand on. */
  link: string;
  /** Where that is the VLAN of another link, made on demand. */
  vlan: { of: string; id: number } | null;
}

const defaultMtuBytes = 1500;
const vlanPattern = /^(.+)\.(\d{1,4})$/;
const lastVlanId = 4094;

/** Reads `eth0`, or `eth0.50`: VLAN 50 of it (IEEE 802.1Q). Undefined when the number is none of a VLAN. */
export function parseParent(text: string): Parent | undefined {
  const [, of, digits] = vlanPattern.exec(text) ?? [];
  if (of === undefined) return { link: text, vlan: null };
  const id = Number(digits);
  return id >= 1 && id <= lastVlanId ? { link: text, vlan: { of, id } } : undefined;
}

export const parentOption: OptionPropertySchema = {
  type: 'string',
  title: 'Parent',
  description:
    'The link of each host that endpoints share, such as eth1, or one VLAN of it, such as eth1.50, which is made on demand. Only internal networks may have none.',
  pattern: '^[^\\s/:]{1,15}$',
  immutable: true,
};

export const addressingOption: OptionPropertySchema = {
  type: 'string',
  title: 'Addressing',
  description:
    'Where endpoints have their addresses from: netyard, it gives them from the network’s subnets; dhcp, a server on the wire leases each an IPv4 address.',
  enum: ['netyard', 'dhcp'],
  default: 'netyard',
  immutable: true,
};

/** Whether a DHCP server on the wire gives the endpoints their addresses. */
export const usesDhcp = ({ options }: Pick<DesiredNetwork, 'options'>): boolean => options['addressing'] === 'dhcp';

export const hostShimOption: OptionPropertySchema = {
  type: 'boolean',
  title: 'Host shim',
  description:
    'Whether hosts reach their own endpoints, by one more link with an address of theirs in each subnet. The kernel keeps parent and endpoints apart otherwise.',
  default: false,
  immutable: true,
};

export const mtuOption: OptionPropertySchema = {
  type: 'integer',
  title: 'MTU',
  description: 'Largest packet in bytes, not above the parent’s, which is the default.',
  minimum: 68,
  maximum: 65535,
  immutable: true,
};

/** The parent of a network. Throws NetyardError for one that has none and is not internal. */
export function parentOf({ id, name, options, internal }: DesiredNetwork): Parent {
  const text = options['parent'];
  if (typeof text !== 'string') {
    if (internal) return { link: bridgeLinkName(id), vlan: null };
    throw new NetyardError('invalid-value', `network ${name} names no parent, which only internal networks may do without`);
  }
  const parent = parseParent(text);
  if (!parent) throw new NetyardError('invalid-value', `network ${name} has the parent ${text}, which is no VLAN from 1 to ${lastVlanId}`);
  return parent;
}

/** What has to stand before any endpoint: the parent, found fit; the VLAN link, unless somebody else has made it; for networks without a parent, a link that leads nowhere. */
export function parentObjects(network: DesiredNetwork): KernelObject[] {
  const { link, vlan } = parentOf(network);
  if (network.options['parent'] === undefined)
    return [
      {
        kind: 'stub',
        name: link,
        alias: ownerAlias('network', network.id),
        peer: stubPeerName(network.id),
        mtuBytes: typeof network.options['mtuBytes'] === 'number' ? network.options['mtuBytes'] : defaultMtuBytes,
      },
    ];
  if (!vlan) return [{ kind: 'parent', link }];
  return [
    { kind: 'parent', link: vlan.of },
    { kind: 'vlan', name: link, alias: vlanAlias(link), parent: vlan.of, vlanId: vlan.id },
  ];
}

/** VLAN links belong to all networks on them: what marks them names none. */
export const vlanAlias = (link: string): string => ownerAlias('vlan', link);
