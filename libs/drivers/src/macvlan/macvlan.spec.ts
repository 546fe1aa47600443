import { describe, expect, it } from 'vitest';
import { macvlanDriver } from '.';
import { driverConforms } from '../conformance';
import { describeObjects } from '../describe';
import { aNetwork, anEndpoint, aSandbox } from '../fixture';

const options = { parent: 'eth1', mode: 'bridge', hostShim: false };
const joined = { network: aNetwork({ driver: 'macvlan', options }), sandbox: aSandbox(), endpoint: anEndpoint() };
const shimmed = aNetwork({
  driver: 'macvlan',
  options: { ...options, parent: 'eth1.50', hostShim: true },
  hostAddresses: ['192.0.2.250/24'],
  hostMac: '0a:11:22:33:44:55',
});
const sandboxId = joined.sandbox.id;

describe('macvlan driver', () => {
  driverConforms(
    macvlanDriver,
    { ...joined, network: shimmed },
    { ...joined, sandbox: aSandbox({ name: 'own-stack', namespace: { type: 'host' } }) },
  );

  it('asks for the parent, and no more, on the host', () => {
    expect(describeObjects(macvlanDriver.network(joined.network))).toEqual(['ip link show eth1 up']);
  });

  it('makes a VLAN of the parent and a link of the host’s own where they are asked for', () => {
    expect(describeObjects(macvlanDriver.network(shimmed))).toEqual([
      'ip link show eth1 up',
      'ip link add eth1.50 link eth1 type vlan id 50; ip link set eth1.50 up alias netyard:vlan:eth1.50',
      'ip link add nys00000001 link eth1.50 address 0a:11:22:33:44:55 type macvlan mode bridge; sysctl -w net.ipv6.conf.nys00000001.disable_ipv6=1; ' +
        'ip link set nys00000001 up alias netyard:network:0192d3a0-0000-7000-8000-0a0000000001',
      'ip addr add 192.0.2.250/32 dev nys00000001',
    ]);
  });

  it('joins by a link made in the sandbox, and a route of the host by its shim', () => {
    expect(describeObjects(macvlanDriver.join({ ...joined, network: shimmed }))).toEqual([
      `ip link add eth0 link eth1.50 address 02:00:c0:00:02:02 netns ${sandboxId} type macvlan mode bridge; ` +
        `ip netns exec ${sandboxId} sysctl -w net.ipv6.conf.eth0.disable_ipv6=1; ip -n ${sandboxId} link set eth0 up alias netyard:endpoint:0192d3a0-0000-7000-8000-0c0000000001`,
      `ip -n ${sandboxId} addr add 192.0.2.2/24 dev eth0`,
      'ip route add 192.0.2.2/32 dev nys00000001',
    ]);
    expect(describeObjects(macvlanDriver.defaultRoutes(joined))).toEqual([`ip -n ${sandboxId} route add 0.0.0.0/0 via 192.0.2.1 dev eth0`]);
  });

  it('stands on a link that leads nowhere when it is internal and names no parent, and else refuses', () => {
    const network = aNetwork({ driver: 'macvlan', options: { mode: 'bridge' }, internal: true });
    expect(describeObjects(macvlanDriver.network(network))).toEqual([
      'ip link add ny-00000001 mtu 1500 type veth peer name nyp00000001; ip link set ny-00000001 up alias netyard:network:0192d3a0-0000-7000-8000-0a0000000001; ip link set nyp00000001 up',
    ]);
    expect(() => macvlanDriver.network({ ...network, internal: false })).toThrow('network web names no parent');
  });
});
