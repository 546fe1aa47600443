import { describe, expect, it } from 'vitest';
import { bridgeDriver } from '../bridge';
import { describeObjects } from '../describe';
import { aNetwork, aPort, aRouter } from '../fixture';
import { objectKey } from '../kernel-object';
import { innerPort, outerLeg } from './port';
import { routerInside, routerOutside, uplinkPrefixes } from './router';

const router = aRouter();

describe('a router', () => {
  it('has its rules on the host before there is a way to it', () => {
    expect(describeObjects(routerOutside(router))).toEqual([
      'sysctl -w net.ipv4.ip_forward=1',
      'sysctl -w net.ipv6.conf.all.forwarding=1',
      'nft add element inet netyard bridges { "nyr00000001" }',
      'nft add element inet netyard routers { "nyr00000001" }',
      'nft add element inet netyard subnets4 { 100.64.0.2/31 . "nyr00000001" }',
      'nft add element inet netyard masquerade4 { 100.64.0.2/31 . "nyr00000001" }',
      'nft add element inet netyard subnets6 { 2001:db8:64::2/127 . "nyr00000001" }',
      'nft add element inet netyard masquerade6 { 2001:db8:64::2/127 . "nyr00000001" }',
      'ip netns add ny-r00000001; ip -n ny-r00000001 link set lo up',
      `ip link add nyr00000001 mtu 65535 address 06:00:00:00:00:01 type veth peer name uplink mtu 65535 address 0e:00:00:00:00:01 netns ${router.id}; ` +
        `ip link set nyr00000001 alias netyard:router:${router.id} addrgenmode none; ip link set nyr00000001 up; ip -n ${router.id} link set uplink up addrgenmode none`,
      'ip addr add 100.64.0.2/31 dev nyr00000001',
      'ip addr add 2001:db8:64::2/127 dev nyr00000001 nodad',
      'ip addr add fe80::400:ff:fe00:1/64 dev nyr00000001 nodad',
    ]);
  });

  it('goes to everywhere by the host', () => {
    expect(describeObjects(routerInside(router))).toEqual([
      'sysctl -w net.ipv4.ip_forward=1',
      'sysctl -w net.ipv6.conf.all.forwarding=1',
      'ip addr add 100.64.0.3/31 dev uplink',
      'ip addr add 2001:db8:64::3/127 dev uplink nodad',
      'ip addr add fe80::c00:ff:fe00:1/64 dev uplink nodad',
      'ip route add 0.0.0.0/0 via 100.64.0.2 dev uplink',
      'ip route add ::/0 via 2001:db8:64::2 dev uplink',
    ]);
  });

  it('plans nothing twice', () => {
    for (const objects of [routerOutside(router), routerInside(router)]) {
      const keys = objects.map(objectKey);
      expect(keys).toEqual([...new Set(keys)]);
    }
  });

  it('takes the prefixes of its pair', () => {
    expect(uplinkPrefixes(router).map(String)).toEqual(['100.64.0.2/31', '2001:db8:64::2/127']);
  });

  it('hides its networks, whatever they ask for', () => {
    const options = { ...aNetwork().options, masquerade: false };
    const hidden = describeObjects(bridgeDriver.network(aNetwork({ options, routerId: router.id })));
    expect(hidden).toContain('nft add element inet netyard masquerade4 { 192.0.2.0/24 . "ny-00000001" }');
    expect(describeObjects(bridgeDriver.network(aNetwork({ options })))).not.toContain(hidden[4]);
  });
});

describe('a port behind a router', () => {
  it.each([
    {
      name: 'of all addresses',
      in: { count: 2 },
      want: [
        'sysctl -w net.ipv4.conf.nyr00000001.route_localnet=1',
        'nft add element inet netyard ports4 { tcp . 8080 : 100.64.0.3 . 20000 }',
        'nft add element inet netyard ports4 { tcp . 8081 : 100.64.0.3 . 20001 }',
      ],
    },
    {
      name: 'of one address, for some',
      in: { hostAddress: '2001:db8::1', allowedSources: ['2001:db8:2::/48'] },
      want: [
        'nft add element inet netyard host-restricted6 { 2001:db8::1 . tcp . 8080 }',
        'nft add element inet netyard host-sources6 { 2001:db8::1 . tcp . 8080 . 2001:db8:2::/48 }',
        'nft add element inet netyard host-ports6 { 2001:db8::1 . tcp . 8080 : 2001:db8:64::3 . 20000 }',
      ],
    },
  ])('$name is led to the uplink by the host', ({ in: over, want }) => {
    expect(describeObjects(outerLeg(aPort({ routerPort: 20_000, ...over }), router))).toEqual(want);
  });

  it('is published at the uplink, for those whom the host lets in', () => {
    const port = aPort({ routerPort: 20_000, hostAddress: '192.0.2.7', allowedSources: ['198.51.100.0/24'] });
    expect(innerPort(port, router)).toEqual({
      ...port,
      hostAddress: '0.0.0.0',
      hostPort: 20_000,
      allowedSources: ['198.51.100.0/24', '100.64.0.2'],
    });
  });

  it('is refused without a place there', () => {
    expect(() => outerLeg(aPort(), router)).toThrow('port http was given no place at the uplink of router acme');
    const ipv4Only = aRouter({ uplink: { hostAddresses: ['100.64.0.2/31'], addresses: ['100.64.0.3/31'] } });
    expect(() => outerLeg(aPort({ routerPort: 20_000, hostAddress: '::' }), ipv4Only)).toThrow('no place at the uplink of router acme');
  });
});
