import { underlayVersions, wireguardLinkName } from '@netyard/contracts';
import { defaultTunnelPort } from '@netyard/drivers';

/**
 * Netyard's tables in the namespace of a router, in the language of nft(8), the same in the host's own and in tenants'; nobody else's are ever touched. The number of rules never grows: what networks, endpoints
 * and ports add are elements of sets and maps. `policies` and `policies-input` are filled by policies, with chains and maps whose names begin with `p-`.
 *
 * Where br_netfilter is loaded, frames within a bridge pass `forward` too, with that bridge on both sides. That the input interface can be matched in
 * postrouting came with Linux 5.8.
 *
 * Every frame within a network passes every chain here that is not of type nat, so that there are few of those, and what nearly all packets fail is asked first and is
 * no lookup.
 */
export const tableName = 'netyard';

/** Endpoints' links and tunnels on the host, by how their names begin. They are ports of bridges, and all that comes in by them is a bridge's. */
const bridgePorts = ['nyv', 'nyx'];
const fromPorts = bridgePorts.map((prefix) => `    iifname "${prefix}*" drop\n`).join('');

/** New flows that were dropped since their sender has too many are counted by this counter of the inet table. */
export const crowdedCounter = 'crowded';

/** What the guard has dropped is counted by this counter of the bridge table. */
export const spoofedCounter = 'spoofed';

/** At which clients hear their servers. */
const dhcpClientPort = { ipv4: 68, ipv6: 546 };

const perVersion = (text: (version: '4' | '6', ip: 'ip' | 'ip6', type: 'ipv4_addr' | 'ipv6_addr') => string): string =>
  text('4', 'ip', 'ipv4_addr') + text('6', 'ip6', 'ipv6_addr');

const wireguardLinks = `{ ${underlayVersions.map((version) => `"${wireguardLinkName(version)}"`).join(', ')} }`;

const sets = `
  set bridges { type ifname; }
  set routers { type ifname; }
  set same-bridge { type ifname . ifname; }
  set isolated { type ifname . ifname; }
  set internal { type ifname; }
  set tunnel-ports { type inet_service; }
  set inner { type ipv6_addr; }
  set encrypted-vnis { typeof @th,96,24; }
${perVersion(
  (version, _, type) => `
  set masquerade${version} { type ${type} . ifname; flags interval; }
  set subnets${version} { type ${type} . ifname; flags interval; }
  map ports${version} { type inet_proto . inet_service : ${type} . inet_service; }
  map host-ports${version} { type ${type} . inet_proto . inet_service : ${type} . inet_service; }
  set restricted${version} { type inet_proto . inet_service; }
  set host-restricted${version} { type ${type} . inet_proto . inet_service; }
  set sources${version} { type inet_proto . inet_service . ${type}; flags interval; }
  set host-sources${version} { type ${type} . inet_proto . inet_service . ${type}; flags interval; }
  map relayed${version} { type ifname . inet_proto . inet_service : ${type}; }
  set flows${version} { type ifname . ${type}; size 65535; flags dynamic; }`,
)}`;

/**
 * New connections to the host itself: what only passes by is none of these chains' business, whatever address a port names. Who may use a restricted port is looked at
 * before the packet is led to it; that these chains see no packet but the first makes it cost nothing afterwards. One lookup for an address of the host, one for all
 * of its addresses, however many ports there are. ::1 is left out, so that clients are refused at once and go on with 127.0.0.1: the kernel takes no answer for ::1
 * from a bridge, and has no `route_localnet` for it.
 */
const publish = `
    fib daddr type != local accept${perVersion(
      (version, ip) => `
    meta l4proto . th dport @restricted${version} meta l4proto . th dport . ${ip} saddr != @sources${version} drop
    ${ip} daddr . meta l4proto . th dport @host-restricted${version} ${ip} daddr . meta l4proto . th dport . ${ip} saddr != @host-sources${version} drop`,
    )}
    ip6 daddr ::1 accept${perVersion(
      (version, ip) => `
    dnat ${ip} to ${ip} daddr . meta l4proto . th dport map @host-ports${version}
    dnat ${ip} to meta l4proto . th dport map @ports${version}`,
    )}`;

/**
 * What is led to an endpoint on another host goes there with this host's own address in the network, so that the answers come back: they would leave by the endpoint's
 * host. The port is the one that was asked for, on this host. nft(8) knows what it is made of only after the protocol.
 */
const relay = ['tcp', 'udp', 'sctp']
  .map((protocol) =>
    perVersion(
      (version, ip) => `
    meta l4proto ${protocol} snat ${ip} to oifname . meta l4proto . ct original proto-dst map @relayed${version}`,
    ),
  )
  .join('');

/** Behind the address of a router are all networks of a tenant. */
const flowsOfRouter = 4;

/** How many flows an address of a network may have through the host or with it. Those that are gone are not counted (linux/netfilter/nf_conncount.h). */
function bound(maxFlows: number): string {
  if (maxFlows === 0) return '';
  const rule = (which: string, limit: number): string =>
    perVersion(
      (version, ip) => `
    ${which}ct state new add @flows${version} { iifname . ${ip} saddr ct count over ${limit} } counter name ${crowdedCounter} drop`,
    );
  return `${rule('iifname @routers ', flowsOfRouter * maxFlows)}
    iifname @routers return${rule('', maxFlows)}`;
}

/**
 * An internal network's endpoints reach the host for what a link needs: neighbour discovery, and to see whether the gateway answers. Its services, and its other
 * addresses by whatever route, are outside.
 * Inner addresses are reached by WireGuard links and no others, and for VXLAN alone, so that neither a sandbox nor somebody on the underlay gets a frame into an encrypted network, nor a frame out
 * of it in plain. A frame is known by the VNI in its header (RFC 7348 section 5), to whichever address of the host it comes.
 * What tunnels carry is tracked inside of them, if at all: their own packets need no entry. What an endpoint sends to the tunnels' port of a host would come out of a tunnel there, as a frame of any network;
 * to the usual port it does not even from hosts that have no tunnel themselves.
 *
 * All networks of a namespace share its table of flows: `bound` sees to it that no address fills it alone. Flows from outside to published ports are not its business.
 *
 * A bridge hands most frames for the group addresses of IEEE 802.1D (01:80:c2:00:00:00 to 0f) to the host as what its port has received, past the guard and all that looks for the bridge's name: as
 * packets those end at once. Clouds tell a machine's secrets at addresses that are for that machine alone; link-local ones no router passes on (RFC 3927 section 2.7).
 *
 * What comes from the routers of other tenants has their addresses of the uplink and no others, and does not reach the host but to see whether that is there. Nothing goes to them but
 * answers and what a published port leads to, and that has the host's address of the uplink where it comes from a network here: the router may have networks with the same subnet.
 */
export const inetTable = (maxFlows: number): string => `table inet ${tableName} {
  counter ${crowdedCounter} { }
${sets}

  chain policies { }
  chain policies-input { }

  chain from-router {
    icmp type echo-request accept
    icmpv6 type { echo-request, nd-neighbor-solicit, nd-neighbor-advert } accept
    drop
  }

  chain past-router {
    ip saddr . iifname != @subnets4 drop
    ip6 saddr . iifname != @subnets6 drop
  }

  chain from-wireguard {
    udp dport @tunnel-ports return
    meta l4proto != ipv6-icmp drop
  }

  chain untracked-prerouting {
    type filter hook prerouting priority raw; policy accept;
${fromPorts}    ip6 daddr & ffff:ffff:ffff:ffff:: @inner iifname != ${wireguardLinks} drop
    udp dport @tunnel-ports @th,96,24 @encrypted-vnis iifname != ${wireguardLinks} drop
${underlayVersions.map((version) => `    iifname "${wireguardLinkName(version)}" jump from-wireguard\n`).join('')}    udp dport @tunnel-ports iifname != @bridges notrack
    ip daddr 127.0.0.0/8 iifname @bridges drop
    ip saddr 127.0.0.0/8 iifname @bridges drop
  }

  chain untracked-output {
    type filter hook output priority raw; policy accept;
    ip6 daddr & ffff:ffff:ffff:ffff:: @inner oifname != ${wireguardLinks} drop
    udp dport @tunnel-ports notrack
  }

  chain prerouting {
    type nat hook prerouting priority dstnat; policy accept;${publish}
  }

  chain output {
    type nat hook output priority -100; policy accept;${publish}
  }

  chain bound {${bound(maxFlows)}
  }

  chain input {
    type filter hook input priority filter; policy accept;
    ct state established,related accept
    iifname != @bridges accept
    udp dport @tunnel-ports drop
    iifname @routers goto from-router
    iifname @internal fib daddr . iif type != { local, multicast, broadcast } drop
    iifname @internal meta l4proto != { icmp, ipv6-icmp } drop
    jump bound
    jump policies-input
  }

  chain forward {
    type filter hook forward priority filter; policy accept;
    ct state established,related accept
    iifname @bridges oifname != @bridges udp dport @tunnel-ports drop
    iifname @bridges oifname != @bridges udp dport ${defaultTunnelPort} drop
    iifname @bridges ip daddr { 169.254.0.0/16, 100.100.100.200 } drop
    iifname @bridges ip daddr 168.63.129.16 tcp dport { 80, 32526 } drop
    iifname @bridges ip6 daddr { fd00:ec2::254, fd20:ce::254 } drop
    iifname @routers jump past-router
    iifname . oifname @isolated drop
    iifname @internal iifname . oifname != @same-bridge drop
    oifname @internal iifname . oifname != @same-bridge drop
    iifname @bridges jump bound
    jump policies
    iifname . oifname @same-bridge accept
    ct status dnat accept
    iifname @bridges oifname @bridges drop
    oifname @routers drop
  }

  chain relay {${relay}
  }

  chain postrouting {
    type nat hook postrouting priority srcnat; policy accept;
    ct status dnat oifname @bridges jump relay
    ct status dnat oifname @bridges ip saddr 127.0.0.0/8 masquerade
    ct status dnat iifname @bridges oifname @routers masquerade${perVersion(
      (version, ip) => `
    ct status dnat ${ip} saddr . oifname @subnets${version} masquerade
    oifname != @bridges ${ip} saddr . iifname @masquerade${version} masquerade`,
    )}
  }
}
`;

/** As `inetTable` for packets, for ARP: what comes in by a port, and not by its bridge, would fill the host's table of neighbours with whatever it says. */
export const arpTable = `table arp ${tableName} {
  chain input {
    type filter hook input priority filter; policy accept;
${fromPorts}  }
}
`;

/**
 * Frames of guarded ports that do not carry the endpoint's own addresses end here: MAC, IPv4, ARP (RFC 826), IPv6, and advertised neighbours (RFC 4861 section
 * 4.4) or such that look for themselves (RFC 4862 section 5.4.3). So does what only the network is to say: router advertisements and redirects (RFC 4861 sections 4.2 and 4.5), and what DHCP
 * servers answer (RFC 2131, RFC 8415: to the clients' ports). So does all that the rules cannot read: other protocols, tags, of which receivers ignore that of VLAN 0, and neighbour
 * discovery whose header is in a later fragment (RFC 7113). In a later fragment, nft(8) takes for a port what is where the first has it. What is for many does not return to its sender, though its port may send frames back.
 *
 * Packets of IP, which nearly all frames are, pass by one lookup of link, MAC and address; what it does not find, and what else there is to look at, takes the long way.
 */
export const bridgeTable = `table bridge ${tableName} {
  counter ${spoofedCounter} { }
  set guarded { type ifname; }
  set macs { type ifname . ether_addr; }
  set senders4 { type ifname . ether_addr . ipv4_addr; }
  set senders6 { type ifname . ether_addr . ipv6_addr; }
  set targets6 { typeof iifname . @th,64,128; }

  chain refuse {
    counter name ${spoofedCounter} drop
  }

  chain guard-ip {
    iifname . ether saddr . ip saddr != @senders4 goto refuse
    ip frag-off & 0x1fff == 0 udp dport ${dhcpClientPort.ipv4} goto refuse
    accept
  }

  chain guard-arp {
    iifname . arp saddr ether != @macs goto refuse
    arp saddr ip != 0.0.0.0 iifname . arp saddr ether . arp saddr ip != @senders4 goto refuse
    accept
  }

  chain guard-ip6 {
    ip6 saddr != :: iifname . ether saddr . ip6 saddr != @senders6 goto refuse
    meta l4proto != ipv6-frag frag frag-off > 0 accept
    udp dport ${dhcpClientPort.ipv6} goto refuse
    meta l4proto != ipv6-icmp accept
    icmpv6 type { nd-router-advert, nd-redirect } goto refuse
    icmpv6 type nd-neighbor-advert iifname . @th,64,128 != @targets6 goto refuse
    icmpv6 type nd-neighbor-solicit ip6 saddr :: iifname . @th,64,128 != @targets6 goto refuse
    icmpv6 type >= 0 accept
    goto refuse
  }

  chain guard {
    iifname . ether saddr != @macs goto refuse
    ether type vmap { ip : goto guard-ip, ip6 : goto guard-ip6, arp : goto guard-arp }
    goto refuse
  }

  chain prerouting {
    type filter hook prerouting priority -300; policy accept;
    ether type ip th dport != ${dhcpClientPort.ipv4} iifname . ether saddr . ip saddr @senders4 accept
    ether type ip6 meta l4proto != ipv6-icmp th dport != ${dhcpClientPort.ipv6} iifname . ether saddr . ip6 saddr @senders6 accept
    iifname @guarded jump guard
  }

  chain forward {
    type filter hook forward priority filter; policy accept;
    ether daddr & 01:00:00:00:00:00 == 01:00:00:00:00:00 oifname . ether saddr @macs drop
  }
}
`;
