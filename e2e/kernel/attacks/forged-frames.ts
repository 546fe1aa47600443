import {
  arp,
  ethernet,
  hex,
  icmpv6,
  ipv4,
  ipv6,
  ipv6Address,
  linkLayerOption,
  protocols,
  udp,
  udpOverIpv6,
  withChecksum,
} from '@netyard/testing';
import { forgedMac, forgedPort, type LabNetwork, type Station } from './lab';

const broadcast = 'ff:ff:ff:ff:ff:ff';
const allNodes = { mac: '33:33:00:00:00:01', address: 'ff02::1' };
/** Override, and what asked for it or not (RFC 4861 section 4.4). */
const override = hex('20000000');
const packet = udp(1_000, forgedPort);

/** `86 …`: a router for half an hour with a prefix to make addresses of (RFC 4861 sections 4.2 and 4.6.2). */
const routerBody = (mac: string): Buffer =>
  Buffer.concat([
    hex('4000 0708 00000000 00000000'),
    linkLayerOption(1, mac),
    hex('03 04 40 c0 00000708 00000708 00000000'),
    ipv6Address('2001:db8:666::'),
  ]);

/** BOOTP's fixed part and an offer's first options (RFC 2131, RFC 2132). */
const offer = Buffer.concat([hex('02010600 00000666'), Buffer.alloc(228), hex('63825363 350102 ff')]);

/**
 * What an attacker says on its network that is not its own to say: about the gateway, a neighbour, or everything. Each would arrive if nobody stopped it, which is tried too.
 */
export function forgedFrames(attacker: Station, victim: Station, { gateway }: LabNetwork): { name: string; frames: Buffer[] }[] {
  const own = attacker.mac;
  const to = (type: 'ipv4' | 'ipv6' | 'arp', payload: Buffer, source = own): Buffer => ethernet(source, victim.mac, type, payload);
  const toAll = (payload: Buffer): Buffer => ethernet(own, allNodes.mac, 'ipv6', payload);
  const tagged = (tag: string, payload: Buffer): Buffer => ethernet(own, victim.mac, hex(tag), payload);
  const advertisement = (source: string, target: string): Buffer =>
    icmpv6(source, victim.ipv6, 136, Buffer.concat([override, ipv6Address(target), linkLayerOption(2, own)]));
  const router = icmpv6(attacker.linkLocal, allNodes.address, 134, routerBody(own));
  const hidden = (header: Buffer, body: Buffer): Buffer => ipv6(attacker.linkLocal, allNodes.address, 44, Buffer.concat([header, body]));
  const redirect = (source: string): Buffer =>
    icmpv6(source, victim.ipv6, 137, Buffer.concat([Buffer.alloc(4), ipv6Address(attacker.linkLocal), ipv6Address('2001:db8::1')]));
  const redirect4 = (source: string): Buffer => {
    const about = ipv4(victim.ipv4, '192.0.2.9', protocols.udp, packet);
    return ipv4(source, victim.ipv4, protocols.icmp, Buffer.concat([hex('0501 0000 c0000266'), about]));
  };
  const one = (name: string, ...frames: Buffer[]): { name: string; frames: Buffer[] } => ({ name, frames });
  return [
    one('an ARP answer for the gateway', to('arp', arp('answer', own, gateway.ipv4, victim.ipv4))),
    one('an ARP question in the gateway’s name', ethernet(own, broadcast, 'arp', arp('question', own, gateway.ipv4, victim.ipv4))),
    one('a gratuitous ARP of the neighbour’s address', ethernet(own, broadcast, 'arp', arp('answer', own, victim.ipv4, victim.ipv4))),
    one('an ARP answer of another kind of hardware', to('arp', arp('answer', own, gateway.ipv4, victim.ipv4, 6))),
    one('an ARP answer with a made-up MAC address inside', to('arp', arp('answer', forgedMac, attacker.ipv4, victim.ipv4))),
    one('a neighbour advertisement for the gateway', to('ipv6', advertisement(attacker.ipv6, gateway.ipv6))),
    one('one for the gateway’s link-local address', to('ipv6', advertisement(attacker.linkLocal, gateway.linkLocal))),
    one('one in the gateway’s name', to('ipv6', advertisement(gateway.ipv6, gateway.ipv6))),
    one(
      'one behind an extension header',
      to(
        'ipv6',
        ipv6(
          attacker.ipv6,
          victim.ipv6,
          60,
          Buffer.concat([hex('3a00 0104 00000000'), advertisement(attacker.ipv6, gateway.ipv6).subarray(40)]),
        ),
      ),
    ),
    one(
      'a solicitation for the neighbour’s address, as if to have it',
      toAll(icmpv6('::', allNodes.address, 135, Buffer.concat([Buffer.alloc(4), ipv6Address(victim.ipv6)]))),
    ),
    one('a router advertisement', toAll(router)),
    one(
      'one behind an extension header',
      toAll(ipv6(attacker.linkLocal, allNodes.address, 0, Buffer.concat([hex('3a00 0104 00000000'), router.subarray(40)]))),
    ),
    one(
      'one whose header is in the second fragment (RFC 7113)',
      toAll(hidden(hex('3c00 0001 00000666'), hex('3a00 0104 00000000'))),
      toAll(hidden(hex('3c00 0008 00000666'), router.subarray(40))),
    ),
    one('a redirect', to('ipv6', redirect(attacker.linkLocal))),
    one('a redirect in the gateway’s name', to('ipv6', redirect(gateway.linkLocal))),
    one('an ICMP redirect in the gateway’s name', to('ipv4', redirect4(gateway.ipv4))),
    one(
      'an offer of a DHCP server',
      ethernet(own, broadcast, 'ipv4', ipv4(attacker.ipv4, '255.255.255.255', protocols.udp, udp(67, 68, offer))),
    ),
    one('an offer of a DHCP server to one alone', to('ipv4', ipv4(attacker.ipv4, victim.ipv4, protocols.udp, udp(67, 68, offer)))),
    one('an advertisement of a DHCPv6 server', to('ipv6', udpOverIpv6(attacker.linkLocal, victim.linkLocal, [547, 546], hex('02000666')))),
    one('a packet with the neighbour’s address', to('ipv4', ipv4(victim.ipv4, victim.ipv4, protocols.udp, packet))),
    one('a packet with the gateway’s address', to('ipv4', ipv4(gateway.ipv4, victim.ipv4, protocols.udp, packet))),
    one('a packet with a loopback address', to('ipv4', ipv4('127.0.0.1', victim.ipv4, protocols.udp, packet))),
    one('a packet with no address', to('ipv4', ipv4('0.0.0.0', victim.ipv4, protocols.udp, packet))),
    one('a packet with the gateway’s IPv6 address', to('ipv6', udpOverIpv6(gateway.ipv6, victim.ipv6, [1_000, forgedPort]))),
    one(
      'a packet with the gateway’s link-local address',
      to(
        'ipv6',
        ipv6(gateway.linkLocal, victim.ipv6, protocols.udp, withChecksum(gateway.linkLocal, victim.ipv6, protocols.udp, packet, 6)),
      ),
    ),
    one('a frame with the gateway’s MAC address', to('ipv4', ipv4(attacker.ipv4, victim.ipv4, protocols.udp, packet), gateway.mac)),
    one('a frame with a made-up MAC address', to('ipv4', ipv4(attacker.ipv4, victim.ipv4, protocols.udp, packet), forgedMac)),
    one('a packet behind a tag of VLAN 0', tagged('8100 0000 0800', ipv4(gateway.ipv4, victim.ipv4, protocols.udp, packet))),
    one('a packet behind a VLAN tag', tagged('8100 0005 0800', ipv4(gateway.ipv4, victim.ipv4, protocols.udp, packet))),
    one('a packet behind two tags', tagged('88a8 0005 8100 0005 0800', ipv4(gateway.ipv4, victim.ipv4, protocols.udp, packet))),
    one(
      'what bridges say to each other (STP)',
      ethernet(own, '01:80:c2:00:00:00', hex('0026'), hex('424203 0000 00 00 00', '00'.repeat(32))),
    ),
    one('another protocol', ethernet(own, broadcast, hex('88b5'), hex('6666'))),
    one('MPLS', ethernet(own, victim.mac, hex('8847'), hex('00010140'))),
  ];
}
