import { objectKey, type RuleElementObject, type RuleSetName, type Step } from '@netyard/drivers';
import { Address, Prefix } from '@netyard/inet';
import { deleteFlows, listAddresses, listFlows, RouteSocket, type FlowTuple, type TrackedFlow } from '@netyard/netlink';
import type { Firewall } from '../firewall/firewall';

/** Numbers of protocols of IP (IANA, Protocol Numbers). */
const protocolNames = new Map([
  [6, 'tcp'],
  [17, 'udp'],
  [132, 'sctp'],
]);

/**
 * Forgets the flows that go otherwise now that ports have been changed by these steps: those that came by ports which lead there no longer, or whose source may not
 * use them any more, and UDP from before there was a port, which would never find it while it lasts. Flows of other ports are left alone. `before`: the ports'
 * elements before the change. The table of flows is read once, and not at all when TCP ports were only added. Throws KernelError.
 */
export function settleFlows(firewall: Firewall, before: readonly RuleElementObject[], steps: readonly Step[]): void {
  const places = changedPlaces(before, steps);
  if (places.size === 0) return;
  const ways = new Ways(firewall, places);
  const stale = listFlows(firewall.socket).filter((flow) => ways.isStale(flow));
  deleteFlows(firewall.socket, stale);
}

/** Protocol and port, with an address before if it is of one, as the key of its element has them. */
const placeText = (version: '4' | '6', key: readonly string[]): string => `${version} ${key.join(' ')}`;

/** Where flows that there are may go otherwise. */
function changedPlaces(before: readonly RuleElementObject[], steps: readonly Step[]): Set<string> {
  const known = new Set(before.map(placeOf));
  const changed = steps.flatMap(({ object }) => (object.kind === 'rule-element' ? [object] : []));
  return new Set(changed.filter((element) => element.key.includes('udp') || known.has(placeOf(element))).map(placeOf));
}

function placeOf({ set, key }: RuleElementObject): string {
  const version = set.endsWith('6') ? '6' : '4';
  return placeText(version, set.includes('sources') ? key.slice(0, -1) : key);
}

/** What the maps lead to now. */
class Ways {
  #hostAddresses: Set<string> | undefined;

  constructor(
    private readonly firewall: Firewall,
    private readonly places: ReadonlySet<string>,
  ) {}

  isStale({ original, reply, isDestinationTranslated }: TrackedFlow): boolean {
    const way = this.#wayOf(original);
    if (way === undefined) return false;
    const actual = isDestinationTranslated ? `${reply.source} ${reply.sourcePort}` : '';
    return actual !== way;
  }

  /** Where a new flow like this would be led to; empty: nowhere; undefined: its place has not changed. */
  #wayOf(flow: FlowTuple): string | undefined {
    const version = flow.destination.includes(':') ? '6' : '4';
    const key = [protocolNames.get(flow.protocol) ?? '', String(flow.destinationPort)];
    const ownKey = [flow.destination, ...key];
    const isConcerned = this.places.has(placeText(version, ownKey)) || this.places.has(placeText(version, key));
    if (!isConcerned || !this.#isHostAddress(flow.destination)) return undefined;
    const element = this.#find(`host-ports${version}`, ownKey) ?? this.#find(`ports${version}`, key);
    return element && this.#mayUse(flow, element) ? (element.value ?? []).join(' ') : '';
  }

  #find(set: RuleSetName, key: string[]): RuleElementObject | undefined {
    return this.firewall.find(objectKey({ kind: 'rule-element', set, key, owner: '' }));
  }

  #mayUse({ source }: FlowTuple, { key, owner }: RuleElementObject): boolean {
    const own = this.firewall.elementsOf(owner).filter((element) => placeOf(element).endsWith(` ${key.join(' ')}`));
    if (!own.some(({ set }) => set.includes('restricted'))) return true;
    const address = Address.parse(source);
    return own.some(({ set, key: sourceKey }) => {
      const allowed = set.includes('sources') ? (sourceKey.at(-1) ?? '') : '';
      return allowed === source || (address && Prefix.parse(allowed)?.contains(address));
    });
  }

  #isHostAddress(address: string): boolean {
    this.#hostAddresses ??= hostAddresses();
    return address.startsWith('127.') || this.#hostAddresses.has(address);
  }
}

function hostAddresses(): Set<string> {
  const socket = RouteSocket.open();
  try {
    return new Set(listAddresses(socket).map(({ address }) => address.slice(0, address.indexOf('/'))));
  } finally {
    socket.close();
  }
}
