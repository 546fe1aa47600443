import type { DesiredEndpoint, DesiredNetwork, DesiredPort } from '@netyard/contracts';
import { describe, expect, it } from 'vitest';
import { bridgeDriver } from '.';
import { driverConforms } from '../conformance';
import { describeObjects } from '../describe';
import { aNetwork, anEndpoint, aPort, aSandbox } from '../fixture';

const dualStack = [
  { cidr: '192.0.2.0/24', gateway: '192.0.2.1' },
  { cidr: '2001:db8::/64', gateway: '2001:db8::1' },
];
const joined = { network: aNetwork(), sandbox: aSandbox(), endpoint: anEndpoint() };
const sandboxId = joined.sandbox.id;

describe('bridge driver', () => {
  driverConforms(
    bridgeDriver,
    { ...joined, network: aNetwork({ subnets: dualStack }) },
    { ...joined, sandbox: aSandbox({ name: 'own-stack', namespace: { type: 'host' } }) },
  );
});

const networks: { name: string; in: Partial<DesiredNetwork>; want: string[] }[] = [
  {
    name: 'IPv4 with masquerade',
    in: {},
    want: [
      'sysctl -w net.ipv4.ip_forward=1',
      'nft add element inet netyard bridges { "ny-00000001" }',
      'nft add element inet netyard same-bridge { "ny-00000001" . "ny-00000001" }',
      'nft add element inet netyard subnets4 { 192.0.2.0/24 . "ny-00000001" }',
      'nft add element inet netyard masquerade4 { 192.0.2.0/24 . "ny-00000001" }',
      'ip link add ny-00000001 mtu 1500 address 0a:00:00:00:00:01 type bridge; ' +
        'ip link set ny-00000001 alias netyard:network:0192d3a0-0000-7000-8000-0a0000000001 addrgenmode none; ip link set ny-00000001 up',
      'ip addr add 192.0.2.1/24 dev ny-00000001',
    ],
  },
  {
    name: 'dual stack, isolated endpoints, no masquerade',
    in: { subnets: dualStack, options: { mtuBytes: 1450, masquerade: false, isolateEndpoints: true } },
    want: [
      'sysctl -w net.ipv4.ip_forward=1',
      'sysctl -w net.ipv6.conf.all.forwarding=1',
      'nft add element inet netyard bridges { "ny-00000001" }',
      'nft add element inet netyard same-bridge { "ny-00000001" . "ny-00000001" }',
      'nft add element inet netyard isolated { "ny-00000001" . "ny-00000001" }',
      'nft add element inet netyard subnets4 { 192.0.2.0/24 . "ny-00000001" }',
      'nft add element inet netyard subnets6 { 2001:db8::/64 . "ny-00000001" }',
      'ip link add ny-00000001 mtu 1450 address 0a:00:00:00:00:01 type bridge; ' +
        'ip link set ny-00000001 alias netyard:network:0192d3a0-0000-7000-8000-0a0000000001 addrgenmode none; ip link set ny-00000001 up',
      'ip addr add 192.0.2.1/24 dev ny-00000001',
      'ip addr add 2001:db8::1/64 dev ny-00000001 nodad',
      'ip addr add fe80::800:ff:fe00:1/64 dev ny-00000001 nodad',
    ],
  },
  {
    name: 'internal: no forwarding, no masquerade',
    in: { internal: true },
    want: [
      'nft add element inet netyard bridges { "ny-00000001" }',
      'nft add element inet netyard same-bridge { "ny-00000001" . "ny-00000001" }',
      'nft add element inet netyard subnets4 { 192.0.2.0/24 . "ny-00000001" }',
      'nft add element inet netyard internal { "ny-00000001" }',
      'ip link add ny-00000001 mtu 1500 address 0a:00:00:00:00:01 type bridge; ' +
        'ip link set ny-00000001 alias netyard:network:0192d3a0-0000-7000-8000-0a0000000001 addrgenmode none; ip link set ny-00000001 up',
      'ip addr add 192.0.2.1/24 dev ny-00000001',
    ],
  },
];

describe('a bridge network is', () => {
  it.each(networks)('$name', ({ in: over, want }) => {
    expect(describeObjects(bridgeDriver.network(aNetwork(over)))).toEqual(want);
  });

  it('refused when its MTU is too small for IPv6', () => {
    const network = aNetwork({ subnets: dualStack, options: { mtuBytes: 1000 } });
    expect(() => bridgeDriver.network(network)).toThrow('2001:db8::/64, which needs an MTU of at least 1280 bytes; 1000 is less');
  });
});

const joins: { name: string; network: Partial<DesiredNetwork>; endpoint: Partial<DesiredEndpoint>; want: string[] }[] = [
  {
    name: 'IPv4',
    network: {},
    endpoint: {},
    want: [
      `ip link add nyv00000001 mtu 1500 master ny-00000001 type veth peer name eth0 mtu 1500 address 02:00:c0:00:02:02 netns ${sandboxId}; ` +
        'ip link set nyv00000001 alias netyard:endpoint:0192d3a0-0000-7000-8000-0c0000000001 addrgenmode none; ip link set nyv00000001 up; ' +
        `ip netns exec ${sandboxId} sysctl -w net.ipv6.conf.eth0.disable_ipv6=1; ip -n ${sandboxId} link set eth0 up`,
      `ip -n ${sandboxId} addr add 192.0.2.2/24 dev eth0`,
      `ip -n ${sandboxId} route add 0.0.0.0/0 via 192.0.2.1 dev eth0`,
    ],
  },
  {
    name: 'dual stack, isolated, hairpin',
    network: { subnets: dualStack, options: { mtuBytes: 1450, isolateEndpoints: true, hairpin: true } },
    endpoint: { addresses: ['192.0.2.2/24', '2001:db8::2/64'], interfaceName: 'web0' },
    want: [
      `ip link add nyv00000001 mtu 1450 master ny-00000001 type veth peer name web0 mtu 1450 address 02:00:c0:00:02:02 netns ${sandboxId}; ` +
        'ip link set nyv00000001 alias netyard:endpoint:0192d3a0-0000-7000-8000-0c0000000001 addrgenmode none; ' +
        'bridge link set dev nyv00000001 isolated on hairpin on; ip link set nyv00000001 up; ' +
        `ip -n ${sandboxId} link set web0 up`,
      `ip -n ${sandboxId} addr add 192.0.2.2/24 dev web0`,
      `ip -n ${sandboxId} addr add 2001:db8::2/64 dev web0 nodad`,
      `ip -n ${sandboxId} route add 0.0.0.0/0 via 192.0.2.1 dev web0`,
      `ip -n ${sandboxId} route add ::/0 via 2001:db8::1 dev web0`,
    ],
  },
];

it('gives no default route of a family that the endpoint has no address of', () => {
  const routes = bridgeDriver.defaultRoutes({ ...joined, network: aNetwork({ subnets: dualStack }) });
  expect(describeObjects(routes)).toEqual([`ip -n ${sandboxId} route add 0.0.0.0/0 via 192.0.2.1 dev eth0`]);
});

describe('joining a bridge network is', () => {
  it.each(joins)('$name', ({ network, endpoint, want }) => {
    const join = { network: aNetwork(network), sandbox: aSandbox(), endpoint: anEndpoint({ spoofingGuard: false, ...endpoint }) };
    expect(describeObjects([...bridgeDriver.join(join), ...bridgeDriver.defaultRoutes(join)])).toEqual(want);
  });
});

it('lets an endpoint use its own addresses alone, before it has a link', () => {
  const join = {
    network: aNetwork({ subnets: dualStack }),
    sandbox: aSandbox(),
    endpoint: anEndpoint({ addresses: ['192.0.2.2/24', '2001:db8::2/64'] }),
  };
  expect(describeObjects(bridgeDriver.join(join)).slice(0, 7)).toEqual([
    'nft add element bridge netyard guarded { "nyv00000001" }',
    'nft add element bridge netyard macs { "nyv00000001" . 02:00:c0:00:02:02 }',
    'nft add element bridge netyard senders4 { "nyv00000001" . 02:00:c0:00:02:02 . 192.0.2.2 }',
    'nft add element bridge netyard senders6 { "nyv00000001" . 02:00:c0:00:02:02 . 2001:db8::2 }',
    'nft add element bridge netyard senders6 { "nyv00000001" . 02:00:c0:00:02:02 . fe80::c0ff:fe00:202 }',
    'nft add element bridge netyard targets6 { "nyv00000001" . 0x20010db8000000000000000000000002 }',
    'nft add element bridge netyard targets6 { "nyv00000001" . 0xfe800000000000000000c0fffe000202 }',
  ]);
});

const localhost = 'sysctl -w net.ipv4.conf.ny-00000001.route_localnet=1';
const hairpin = 'bridge link set dev nyv00000001 hairpin on';
const ports: { name: string; in: Partial<DesiredPort>; want: string[] }[] = [
  {
    name: 'for all addresses of the host',
    in: {},
    want: [localhost, hairpin, 'nft add element inet netyard ports4 { tcp . 8080 : 192.0.2.2 . 80 }'],
  },
  {
    name: 'for one address, over IPv6',
    in: { hostAddress: '2001:db8::9', protocol: 'udp' },
    want: [hairpin, 'nft add element inet netyard host-ports6 { 2001:db8::9 . udp . 8080 : 2001:db8::2 . 80 }'],
  },
  {
    name: 'in a row',
    in: { port: 80, hostPort: 9000, count: 2 },
    want: [
      localhost,
      hairpin,
      'nft add element inet netyard ports4 { tcp . 9000 : 192.0.2.2 . 80 }',
      'nft add element inet netyard ports4 { tcp . 9001 : 192.0.2.2 . 81 }',
    ],
  },
  {
    name: 'for some, those that others contain left out',
    in: { allowedSources: ['10.0.0.0/8', '10.1.0.0/16', '192.0.2.7/32'] },
    want: [
      localhost,
      hairpin,
      'nft add element inet netyard restricted4 { tcp . 8080 }',
      'nft add element inet netyard sources4 { tcp . 8080 . 10.0.0.0/8 }',
      'nft add element inet netyard sources4 { tcp . 8080 . 192.0.2.7 }',
      'nft add element inet netyard ports4 { tcp . 8080 : 192.0.2.2 . 80 }',
    ],
  },
];

describe('a port is published', () => {
  const endpoint = anEndpoint({ addresses: ['192.0.2.2/24', '2001:db8::2/64'] });

  it.each(ports)('$name', ({ in: over, want }) => {
    expect(describeObjects(bridgeDriver.publish({ ...joined, endpoint }, aPort(over)))).toEqual(want);
  });

  it('without a way back where endpoints are kept from each other', () => {
    const network = aNetwork({ options: { isolateEndpoints: true } });
    expect(describeObjects(bridgeDriver.publish({ ...joined, network }, aPort({ hostAddress: '192.0.2.254' })))).toEqual([
      'nft add element inet netyard host-ports4 { 192.0.2.254 . tcp . 8080 : 192.0.2.2 . 80 }',
    ]);
  });

  it('not on ::1', () => {
    expect(() => bridgeDriver.publish({ ...joined, endpoint }, aPort({ hostAddress: '::1' }))).toThrow(
      'port http of endpoint a-web on network web cannot be published on ::1',
    );
  });

  it('not where the endpoint has no address of the family', () => {
    expect(() => bridgeDriver.publish(joined, aPort({ hostAddress: '::' }))).toThrow(
      'endpoint a-web has no IPv6 address that :: could lead to',
    );
  });
});
