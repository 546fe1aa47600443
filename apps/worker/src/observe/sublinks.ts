import type { DesiredNetwork, DesiredSandbox } from '@netyard/contracts';
import { driverFor, inSandbox, type IpvlanObject, type KernelObject, type MacvlanObject } from '@netyard/drivers';
import type { Link } from '@netyard/netlink';

/** A link as it stands, where the other is wanted; what is left to the kernel is taken as it is. */
export function standingSublink(wanted: MacvlanObject | IpvlanObject, link: Link, isOnParent: boolean): KernelObject {
  const { sublink, alias = '' } = link;
  const common = {
    place: wanted.place,
    name: link.name,
    alias,
    parent: isOnParent ? wanted.parent : '',
    mtuBytes: wanted.mtuBytes === null ? null : link.mtuBytes,
    ipv6: wanted.ipv6,
  };
  if (sublink?.kind === 'ipvlan') return { kind: 'ipvlan', ...common, mode: sublink.mode, flag: sublink.flag };
  const macAddress = wanted.kind === 'macvlan' && wanted.macAddress !== null ? (link.macAddress ?? '') : null;
  return { kind: 'macvlan', ...common, mode: sublink?.kind === 'macvlan' ? sublink.mode : 'vepa', macAddress };
}

/** Enough of a link for it to be removed. */
export const bareSublink = ({ name, alias = '' }: Link, sandboxId: DesiredSandbox['id']): KernelObject => ({
  kind: 'macvlan',
  place: inSandbox(sandboxId),
  name,
  alias,
  parent: '',
  mtuBytes: null,
  ipv6: false,
  mode: 'bridge',
  macAddress: null,
});

/** Whether endpoints of the network are links in their sandboxes, with nothing of theirs on the host that leads there. */
export const isOnWire = ({ driver }: Pick<DesiredNetwork, 'driver'>): boolean => {
  const { hasSubnets, passesHost } = driverFor(driver).description;
  return hasSubnets && !passesHost;
};
