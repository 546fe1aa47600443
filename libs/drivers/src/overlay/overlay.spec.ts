import type { DriverOptions } from '@netyard/contracts';
import { describe, expect, it } from 'vitest';
import { overlayDriver } from '.';
import { driverConforms } from '../conformance';
import { describeObjects } from '../describe';
import { anEncryptedOverlay, anEndpoint, anOverlay, aPeer, aPort, aRouter, aSandbox } from '../fixture';
import { overheadBytes } from './options';

const joined = { network: anOverlay(), sandbox: aSandbox(), endpoint: anEndpoint() };
const dualStack = [
  { cidr: '192.0.2.0/24', gateway: '192.0.2.1' },
  { cidr: '2001:db8::/64', gateway: '2001:db8::1' },
];

describe('overlay driver', () => {
  driverConforms(
    overlayDriver,
    { ...joined, network: anOverlay({ subnets: dualStack }) },
    { ...joined, sandbox: aSandbox({ name: 'own-stack', namespace: { type: 'host' } }) },
  );

  it('adds a tunnel to the bridge, whose own address comes before the gateway’s', () => {
    expect(describeObjects([...overlayDriver.underlay(joined.network), ...overlayDriver.network(joined.network)])).toEqual([
      'nft add element inet netyard tunnel-ports { 4789 }',
      'sysctl -w net.ipv4.ip_forward=1',
      'nft add element inet netyard bridges { "ny-00000001" }',
      'nft add element inet netyard same-bridge { "ny-00000001" . "ny-00000001" }',
      'nft add element inet netyard subnets4 { 192.0.2.0/24 . "ny-00000001" }',
      'nft add element inet netyard masquerade4 { 192.0.2.0/24 . "ny-00000001" }',
      'ip link add ny-00000001 mtu 1450 address 0a:11:22:33:44:55 type bridge; ' +
        'ip link set ny-00000001 alias netyard:network:0192d3a0-0000-7000-8000-0a0000000001 addrgenmode none; ip link set ny-00000001 up',
      'ip addr add 192.0.2.250/24 dev ny-00000001',
      'ip addr add 192.0.2.1/24 dev ny-00000001',
      'ip link add nyx00000001 mtu 1450 master ny-00000001 type vxlan id 4096 local 198.51.100.1 dstport 4789 nolearning; ' +
        'ip link set nyx00000001 alias netyard:network:0192d3a0-0000-7000-8000-0a0000000001 addrgenmode none; ' +
        'bridge link set dev nyx00000001 isolated off learning off flood off mcast_flood off bcast_flood off neigh_suppress on; ip link set nyx00000001 up',
    ]);
  });

  it('reaches a peer by its host, and knows its MAC address for each of its addresses', () => {
    expect(describeObjects(overlayDriver.reach(joined.network, aPeer({ addresses: ['192.0.2.9', '2001:db8::9'] })))).toEqual([
      'bridge fdb replace 02:00:c0:00:02:09 dev nyx00000001 dst 198.51.100.2 self static; bridge fdb replace 02:00:c0:00:02:09 dev nyx00000001 master static',
      'ip neigh replace 192.0.2.9 lladdr 02:00:c0:00:02:09 nud permanent dev ny-00000001',
      'ip neigh replace 2001:db8::9 lladdr 02:00:c0:00:02:09 nud permanent dev ny-00000001',
    ]);
  });

  it('keeps isolated endpoints from those of other hosts too', () => {
    const network = anOverlay({ options: { ...anOverlay().options, isolateEndpoints: true } });
    expect(overlayDriver.network(network).find(({ kind }) => kind === 'vxlan')).toMatchObject({ isolated: true });
  });

  it.each([
    {
      name: 'of all addresses',
      in: { count: 2 },
      want: [
        'sysctl -w net.ipv4.conf.ny-00000001.route_localnet=1',
        'nft add element inet netyard relayed4 { "ny-00000001" . tcp . 8080 : 192.0.2.250 }',
        'nft add element inet netyard relayed4 { "ny-00000001" . tcp . 8081 : 192.0.2.250 }',
        'nft add element inet netyard ports4 { tcp . 8080 : 192.0.2.9 . 80 }',
        'nft add element inet netyard ports4 { tcp . 8081 : 192.0.2.9 . 81 }',
      ],
    },
    {
      name: 'of all addresses of IPv6, for some',
      in: { protocol: 'sctp' as const, hostAddress: '::', allowedSources: ['2001:db8:f::/48'] },
      want: [
        'nft add element inet netyard relayed6 { "ny-00000001" . sctp . 8080 : 2001:db8::fa }',
        'nft add element inet netyard restricted6 { sctp . 8080 }',
        'nft add element inet netyard sources6 { sctp . 8080 . 2001:db8:f::/48 }',
        'nft add element inet netyard ports6 { sctp . 8080 : 2001:db8::9 . 80 }',
      ],
    },
    {
      name: 'for the host alone',
      in: { hostAddress: '127.0.0.1' },
      want: [
        'sysctl -w net.ipv4.conf.ny-00000001.route_localnet=1',
        'nft add element inet netyard host-ports4 { 127.0.0.1 . tcp . 8080 : 192.0.2.9 . 80 }',
      ],
    },
  ])('leads to a peer by a port $name, with an address of the host in the client’s place', ({ in: over, want }) => {
    const network = anOverlay({ subnets: dualStack, hostAddresses: ['192.0.2.250/24', '2001:db8::fa/64'] });
    const peer = aPeer({ addresses: ['192.0.2.9', '2001:db8::9'] });
    expect(describeObjects(overlayDriver.relay({ network, peer }, aPort(over)))).toEqual(want);
  });

  it('leads to no peer in whose subnet the host has no address', () => {
    const network = anOverlay({ hostAddresses: ['198.51.100.250/24'] });
    expect(() => overlayDriver.relay({ network, peer: aPeer() }, aPort())).toThrow('no address of its own in network web beside 192.0.2.9');
  });

  it('refuses to be built without an address of the host on the underlay', () => {
    expect(() => overlayDriver.network(anOverlay({ tunnel: null }))).toThrow(
      'network web is an overlay, and this host has no underlay address',
    );
  });

  describe('of an encrypted network', () => {
    driverConforms(overlayDriver, { ...joined, network: anEncryptedOverlay() });

    it('stands on a WireGuard link, behind rules that come before it', () => {
      expect(describeObjects(overlayDriver.underlay(anEncryptedOverlay())).slice(1)).toEqual([
        'nft add element inet netyard inner { 2001:db8:4:: }',
        'nft add element inet netyard encrypted-vnis { 0x001000 }',
        'ip link add nyw4 mtu 1440 type wireguard; ip link set nyw4 alias netyard:wireguard:ipv4 addrgenmode none; ' +
          'wg set nyw4 listen-port 51820 private-key <that of AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE=>; ip link set nyw4 up',
        'ip addr add 2001:db8:4::1/128 dev nyw4 nodad',
        'ip route add 2001:db8:4::/64 dev nyw4 src 2001:db8:4::1',
      ]);
      expect(describeObjects(overlayDriver.network(anEncryptedOverlay())).at(-1)).toContain(
        'type vxlan id 4096 local :: dev nyw4 dstport 4789 nolearning',
      );
    });

    it('reaches a peer by that link and no other', () => {
      const peer = aPeer({ tunnelAddress: '2001:db8:4::2', addresses: [] });
      expect(describeObjects(overlayDriver.reach(anEncryptedOverlay(), peer))).toEqual([
        'bridge fdb replace 02:00:c0:00:02:09 dev nyx00000001 dst 2001:db8:4::2 via nyw4 self static; bridge fdb replace 02:00:c0:00:02:09 dev nyx00000001 master static',
      ]);
    });

    it('leaves the way there to the route when it is in a router, which does not have the link', () => {
      const network = anEncryptedOverlay({ routerId: aRouter().id });
      const peer = aPeer({ tunnelAddress: '2001:db8:4::2', addresses: [] });
      expect(describeObjects(overlayDriver.reach(network, peer))).toEqual([
        'bridge fdb replace 02:00:c0:00:02:09 dev nyx00000001 dst 2001:db8:4::2 self static; bridge fdb replace 02:00:c0:00:02:09 dev nyx00000001 master static',
      ]);
    });

    it.each([
      { name: 'a tunnel', in: null },
      { name: 'a key', in: { vni: 4096, port: 4789, localAddress: '198.51.100.1', encryption: null } },
    ])('is never realised without $name', ({ in: tunnel }) => {
      expect(() => overlayDriver.network(anEncryptedOverlay({ tunnel }))).toThrow(
        'network web is encrypted, and this host cannot take part: it needs WireGuard',
      );
    });
  });

  it.each<{ in: DriverOptions; want: number }>([
    { in: { underlay: 'ipv4' }, want: 50 },
    { in: { underlay: 'ipv6' }, want: 70 },
    { in: { underlay: 'ipv4', encrypted: true }, want: 130 },
    { in: { underlay: 'ipv6', encrypted: true }, want: 150 },
  ])('takes $want bytes of each packet with $in', ({ in: options, want }) => {
    expect(overheadBytes(options)).toBe(want);
  });
});
