import { Prefix } from '@netyard/inet';

/** A subnet of a network, as the tree of prefixes has it. */
export interface Subnet {
  cidr: string;
  network: string;
  /** The tenant that has it. */
  owner: string;
  used: number;
  total: number;
}

/** A prefix and what lies within it. Those without a subnet hold others together. */
export interface PrefixNode {
  cidr: string;
  subnet: Subnet | null;
  used: number;
  total: number;
  children: PrefixNode[];
}

/** Private and unique local blocks (RFC 1918, RFC 6598, RFC 4193), under which subnets are gathered. */
const blocks = ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16', 'fd00::/8'].flatMap((text) => Prefix.parse(text) ?? []);

/** A gathering prefix covers this many addresses more than what it holds together, at most: 256 times for IPv4. */
const gatherLengths = { IPv4: 16, IPv6: 48 } as const;

/** Subnets by where they lie: within well-known blocks, then /16 (IPv6: /48) with several of them. Ascending. */
export function prefixTree(subnets: readonly Subnet[]): PrefixNode[] {
  const parsed = subnets
    .flatMap((subnet) => {
      const prefix = Prefix.parse(subnet.cidr);
      return prefix ? [{ prefix, subnet }] : [];
    })
    .sort((a, b) => a.prefix.first.compare(b.prefix.first) || a.prefix.length - b.prefix.length);
  const roots = group(parsed, ({ prefix }) => blocks.find((block) => block.contains(prefix)));
  return roots.flatMap(({ within, members }) => {
    const inner = group(members, ({ prefix }) =>
      prefix.length > gatherLengths[prefix.family] ? Prefix.containing(prefix.first, gatherLengths[prefix.family]) : undefined,
    ).flatMap(({ within: sixteen, members: few }) => gathered(sixteen, few.map(leaf)));
    return gathered(within, inner);
  });
}

type Parsed = { prefix: Prefix; subnet: Subnet };

/** What lies in the same prefix, in the order of the first of each; what lies in none is by itself. */
function group(
  members: readonly Parsed[],
  prefixOf: (member: Parsed) => Prefix | undefined,
): { within: Prefix | undefined; members: Parsed[] }[] {
  const groups: { within: Prefix | undefined; members: Parsed[] }[] = [];
  for (const member of members) {
    const within = prefixOf(member);
    const last = groups.at(-1);
    if (within && last?.within?.equals(within)) last.members.push(member);
    else groups.push({ within, members: [member] });
  }
  return groups;
}

const leaf = ({ prefix, subnet }: Parsed): PrefixNode => ({
  cidr: prefix.toString(),
  subnet,
  used: subnet.used,
  total: subnet.total,
  children: [],
});

/** A node around several; one needs none. */
function gathered(within: Prefix | undefined, children: PrefixNode[]): PrefixNode[] {
  if (!within || children.length < 2) return children;
  const sum = (of: 'used' | 'total'): number => children.reduce((total, child) => total + child[of], 0);
  return [{ cidr: within.toString(), subnet: null, used: sum('used'), total: sum('total'), children }];
}

export type PrefixConflict =
  | { kind: 'network'; cidr: string; network: string; otherCidr: string; otherNetwork: string }
  | { kind: 'route'; cidr: string; network: string; route: string; host: string };

/**
 * Prefixes that get in each other's way: a subnet of a network that is shared with the tenant may be one of its own as well, and a host may have
 * learned a route into a subnet since that was made.
 */
export function prefixConflicts(
  subnets: readonly Subnet[],
  hosts: readonly { name: string; routes: readonly string[] }[],
): PrefixConflict[] {
  const parsed = subnets.flatMap((subnet) => {
    const prefix = Prefix.parse(subnet.cidr);
    return prefix ? [{ prefix, subnet }] : [];
  });
  const between = parsed.flatMap((one, index) =>
    parsed
      .slice(index + 1)
      .filter((other) => one.prefix.overlaps(other.prefix) && one.subnet.owner !== other.subnet.owner)
      .map((other): PrefixConflict => ({
        kind: 'network',
        cidr: one.subnet.cidr,
        network: one.subnet.network,
        otherCidr: other.subnet.cidr,
        otherNetwork: other.subnet.network,
      })),
  );
  const routes = hosts.flatMap(({ name, routes: own }) =>
    own.flatMap((text) => {
      const route = Prefix.parse(text);
      return route && route.length > 0 ? [{ host: name, route }] : [];
    }),
  );
  const withRoutes = parsed.flatMap(({ prefix, subnet: { cidr, network } }) =>
    routes
      .filter(({ route }) => route.overlaps(prefix))
      .map(({ host, route }): PrefixConflict => ({ kind: 'route', cidr, network, route: route.toString(), host })),
  );
  return [...between, ...withRoutes];
}
