import type { CutFlow, DesiredPolicy, PolicyPreview } from '@netyard/contracts';
import { Address, Prefix } from '@netyard/inet';
import { listAddresses, listFlows, RouteSocket, type TrackedFlow } from '@netyard/netlink';
import {
  decide,
  memberAddresses,
  orderPolicies,
  protocolClass,
  type Flow,
  type PolicyBook,
  type PolicyMember,
  type Side,
} from '@netyard/policy';
import type { Firewall } from '../firewall/firewall';

/** A flow of the host's connection tracking, as policies see it. */
export interface PresentFlow {
  tracked: TrackedFlow;
  flow: Flow;
}

/** How many flows a preview names. */
const cutFlowsShown = 1_000;

/** The flows of the thread's namespace that pass policies: those of the host's own making do not. Throws KernelError. */
export function readFlows(firewall: Firewall, members: readonly PolicyMember[]): PresentFlow[] {
  const places = new Places(firewall, members, hostAddresses());
  const socket = RouteSocket.openNetfilter();
  try {
    return listFlows(socket).flatMap((tracked) => places.flowOf(tracked) ?? []);
  } finally {
    socket.close();
  }
}

function hostAddresses(): Set<string> {
  const socket = RouteSocket.open();
  try {
    return new Set(listAddresses(socket).map(({ address }) => canonical(address.slice(0, address.indexOf('/')))));
  } finally {
    socket.close();
  }
}

const canonical = (text: string): string => Address.parse(text)?.toString() ?? text;

/** What denies a flow: a rule or default; or that it lies between two networks, and no policy lets it in any more. */
export type Denial = { policy: DesiredPolicy | null; rule: number | null };

/** Finds what denies flows, each kind of them once. */
export class Denials {
  readonly #book: PolicyBook;
  readonly #known = new Map<string, Denial | null>();

  constructor(policies: Iterable<DesiredPolicy>) {
    this.#book = orderPolicies(policies);
  }

  of({ tracked, flow }: PresentFlow): Denial | null {
    const { source, destination, protocol, destinationPort } = flow;
    const key = [
      source.networkId,
      source.address,
      destination.networkId,
      destination.address,
      protocol,
      destinationPort,
      tracked.isDestinationTranslated,
    ].join(' ');
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const denial = this.#find(flow, tracked.isDestinationTranslated);
    this.#known.set(key, denial);
    return denial;
  }

  #find(flow: Flow, isPublished: boolean): Denial | null {
    const decision = decide(flow, this.#book);
    switch (decision.outcome) {
      case 'drop':
        return decision;
      case 'isolated':
        return isPublished ? null : { policy: null, rule: null };
      case 'accept':
      case 'pass':
        return null;
    }
  }
}

/** What the policies would cut of the flows; `policy` is the one that is asked about. */
export function previewOf(policy: DesiredPolicy, policies: readonly DesiredPolicy[], flows: readonly PresentFlow[]): PolicyPreview {
  const denials = new Denials(policies);
  const cut = flows.flatMap((present) => {
    const denial = denials.of(present);
    return denial ? [{ present, denial }] : [];
  });
  return {
    flowCount: flows.length,
    cutCount: cut.length,
    cut: cut.slice(0, cutFlowsShown).map(({ present, denial }) => cutFlow(present, denial, policy)),
  };
}

const cutFlow = ({ tracked, flow }: PresentFlow, denial: Denial, asked: DesiredPolicy): CutFlow => ({
  protocol: protocolName(flow.protocol),
  source: String(flow.source.address),
  sourcePort: tracked.original.sourcePort,
  destination: String(flow.destination.address),
  destinationPort: flow.destinationPort,
  sourceEndpoint: flow.source.member?.name ?? null,
  destinationEndpoint: flow.destination.member?.name ?? null,
  policy: (denial.policy ?? asked).name,
  rule: denial.rule,
});

/** The number where the protocol has no name here. */
export function protocolName(number: number): string {
  const name = protocolClass(number);
  if (name === 'other') return String(number);
  return name === 'icmp' && number === 58 ? 'icmpv6' : name;
}

/** Tells whose an address is. Addresses are unique in a router namespace, link-local ones on a bridge. */
class Places {
  readonly #byAddress = new Map<string, PolicyMember[]>();
  readonly #subnets: { prefix: Prefix; networkId: string }[];

  constructor(
    firewall: Firewall,
    members: readonly PolicyMember[],
    private readonly hostAddresses: ReadonlySet<string>,
  ) {
    for (const member of members)
      for (const address of memberAddresses(member)) {
        const known = this.#byAddress.get(String(address));
        if (known) known.push(member);
        else this.#byAddress.set(String(address), [member]);
      }
    const networkIds = new Map(members.map(({ bridge, networkId }) => [bridge, networkId]));
    this.#subnets = firewall.owners().flatMap((bridge) =>
      firewall.elementsOf(bridge).flatMap(({ set, key }) => {
        const prefix = set === 'subnets4' || set === 'subnets6' ? Prefix.parse(key[0] ?? '') : undefined;
        return prefix ? [{ prefix, networkId: networkIds.get(bridge) ?? bridge }] : [];
      }),
    );
  }

  /** Undefined for flows that no policy is asked about: what the host itself begins. */
  flowOf(tracked: TrackedFlow): PresentFlow | undefined {
    const { original, reply } = tracked;
    const from = Address.parse(original.source);
    // Where the flow leads after translation is where its answers come from.
    const to = Address.parse(reply.source);
    if (!from || !to || this.hostAddresses.has(String(from))) return undefined;
    const between = this.#networkOfLink(from, to);
    const source = this.#side(from, between);
    const isOnLink = isMulticast(to) || between !== undefined;
    const destination = this.#side(to, isOnLink ? (source.networkId ?? undefined) : undefined);
    return { tracked, flow: { protocol: original.protocol, destinationPort: reply.sourcePort, source, destination } };
  }

  /** The network on whose bridge link-local addresses meet. */
  #networkOfLink(from: Address, to: Address): string | undefined {
    if (!isLinkLocal(from) && !isLinkLocal(to)) return undefined;
    const [sources, destinations] = [from, to].map((address) =>
      (this.#byAddress.get(String(address)) ?? []).map(({ networkId }) => networkId),
    );
    return sources?.find((networkId) => destinations?.includes(networkId)) ?? sources?.[0] ?? destinations?.[0];
  }

  /** `networkId`: where it has to be, if that is known. */
  #side(address: Address, networkId: string | undefined): Side {
    if (this.hostAddresses.has(String(address))) return { networkId: null, member: null, address };
    const owners = this.#byAddress.get(String(address)) ?? [];
    const member = owners.find((owner) => networkId === undefined || owner.networkId === networkId) ?? null;
    const subnet = this.#subnets.find(({ prefix }) => prefix.contains(address))?.networkId;
    return { networkId: member?.networkId ?? networkId ?? subnet ?? null, member, address };
  }
}

const linkLocal = Prefix.parse('fe80::/10');
const multicast = ['224.0.0.0/4', '255.255.255.255/32', 'ff00::/8'].flatMap((text) => Prefix.parse(text) ?? []);
const isLinkLocal = (address: Address): boolean => linkLocal?.contains(address) ?? false;
const isMulticast = (address: Address): boolean => multicast.some((prefix) => prefix.contains(address));
