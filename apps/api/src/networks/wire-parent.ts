import { type DriverName, type DriverOptions, type HostLink, type HostRegistration, NetyardError } from '@netyard/contracts';
import { type Parent, parseParent } from '@netyard/drivers';
import type { Transaction } from '../database/transaction';
import { fieldError } from '../objects/object-row';

/** Drivers whose endpoints stand on a link of their host. */
export const onWire = (driver: DriverName): boolean => driver === 'macvlan' || driver === 'ipvlan';

/** As much of a network as its parent depends on. */
interface WireNetwork {
  driver: DriverName;
  options: DriverOptions;
  internal: boolean;
  gateways: (string | undefined)[];
}

/** Checks what a network on the wire asks for, without any host. Throws NetyardError. */
export function assertWire({ driver, options, internal, gateways }: WireNetwork, pointer: (path: string) => string): void {
  const { parent, mode } = options;
  if (parent === undefined && !internal)
    throw fieldError(
      'invalid-value',
      `a network of driver ${driver} needs option parent, the link of each host that it is on; only internal ones may have none`,
      pointer('/spec/options'),
    );
  if (typeof parent === 'string' && !parseParent(parent))
    throw fieldError('invalid-value', `${parent} is no VLAN: numbers are 1 to 4094`, pointer('/spec/options/parent'));
  const gateway = gateways.findIndex((address) => address !== undefined);
  if (driver === 'ipvlan' && mode !== 'l2' && gateway >= 0)
    throw fieldError(
      'invalid-value',
      `${gateways[gateway]} cannot be a gateway: in mode ${mode} there is no ARP by which it could be found, the host routes for its endpoints`,
      pointer(`/spec/subnets/${gateway}/gateway`),
    );
}

/** A network on the wire that comes to a host. */
export interface WirePlacing {
  network: { id: string; name: string; driver: DriverName; options: DriverOptions };
  /** The tenant who is told what is in the way; null: several. */
  viewerId: string | null;
  hostId: string;
  hostName: string;
  facts: Partial<HostRegistration>;
  pointer: string;
}

/** Throws NetyardError `host-unfit` when the host has no such parent, it is down or part of a bridge, or another network there uses it in a way that excludes this one. */
export async function assertParentFits(transaction: Transaction, placing: WirePlacing): Promise<void> {
  const { network, viewerId, hostId, hostName, facts, pointer } = placing;
  const text = network.options['parent'];
  const parent = typeof text === 'string' ? parseParent(text) : undefined;
  if (!parent) return;
  const unfit = (why: string): NetyardError =>
    fieldError('host-unfit', `host ${hostName} cannot take network ${network.name}: ${why}`, pointer);
  const links = facts.links ?? [];
  const base = baseOf(parent, links);
  if (!base) {
    const names = links.map(({ name }) => name).join(', ') || 'none';
    throw unfit(`it has no link ${parent.vlan?.of ?? parent.link} (its links: ${names})`);
  }
  if (!base.up) throw unfit(`its link ${base.name} is down`);
  const master = links.find(({ name }) => name === base.master);
  if (base.master !== null && master?.kind === 'bridge') throw unfit(`its link ${base.name} is a port of bridge ${base.master}`);
  if (parent.vlan && base.name === parent.vlan.of && !facts.features?.includes('vlan'))
    throw unfit(`its kernel has no VLANs (vlan), and it has no link ${parent.link}`);
  const mtu = network.options['mtuBytes'];
  if (typeof mtu === 'number' && mtu > base.mtuBytes)
    throw unfit(`an MTU of ${mtu} bytes is more than the ${base.mtuBytes} of its link ${base.name}`);
  // A link is the host's, whoever has networks on it.
  await transaction.leaveTenant();
  const others = await transaction.query<{ name: string; tenant_id: string; driver: DriverName; options: DriverOptions }>(
    `SELECT n.name, n.tenant_id, n.driver, n.options FROM network_host nh JOIN network n ON n.id = nh.network_id
     WHERE nh.host_id = $1 AND n.id <> $2 AND n.driver IN ('macvlan', 'ipvlan') AND n.options ->> 'parent' = $3`,
    [hostId, network.id, parent.link],
  );
  for (const other of others) {
    const why = exclusion(network, other);
    const whose = other.tenant_id === viewerId ? `network ${other.name}` : 'a network of another tenant';
    if (why) throw unfit(`${whose} is on its link ${parent.link} already, and ${why}`);
  }
}

/** The link itself where it is there, else the one whose VLAN it is to be. */
const baseOf = (parent: Parent, links: HostLink[]): HostLink | undefined =>
  links.find(({ name }) => name === parent.link) ?? (parent.vlan ? links.find(({ name }) => name === parent.vlan?.of) : undefined);

type Shared = { driver: DriverName; options: DriverOptions };

/** Why two networks cannot stand on one link (drivers/net/macvlan.c, drivers/net/ipvlan/ipvlan_main.c); undefined when they can. */
function exclusion(one: Shared, other: Shared): string | undefined {
  if (one.driver !== other.driver) return 'a link takes either macvlan or ipvlan';
  if (one.options['mode'] === 'passthru' || other.options['mode'] === 'passthru') return 'mode passthru shares its parent with nobody';
  const differs = one.options['mode'] !== other.options['mode'] || one.options['flag'] !== other.options['flag'];
  return one.driver === 'ipvlan' && differs ? 'all of ipvlan on one link has one mode and one flag' : undefined;
}

/** The MTU of a network's parent on a host; null when that is not known. */
export function parentMtuBytes(options: DriverOptions, links: HostLink[]): number | null {
  const parent = typeof options['parent'] === 'string' ? parseParent(options['parent']) : undefined;
  return (parent && baseOf(parent, links)?.mtuBytes) ?? null;
}
