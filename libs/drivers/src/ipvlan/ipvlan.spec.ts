import { describe, expect, it } from 'vitest';
import { ipvlanDriver } from '.';
import { driverConforms } from '../conformance';
import { describeObjects } from '../describe';
import { aNetwork, anEndpoint, aSandbox } from '../fixture';

const network = (mode: string) =>
  aNetwork({
    driver: 'ipvlan',
    options: { parent: 'eth1', mode, flag: 'private', hostShim: false },
    subnets: [{ cidr: '192.0.2.0/24', gateway: mode === 'l2' ? '192.0.2.1' : null }],
  });
const joined = { network: network('l2'), sandbox: aSandbox(), endpoint: anEndpoint({ macAddress: null }) };
const sandboxId = joined.sandbox.id;

describe('ipvlan driver', () => {
  driverConforms(ipvlanDriver, joined, { ...joined, sandbox: aSandbox({ name: 'own-stack', namespace: { type: 'host' } }) });

  it('joins by a link made in the sandbox, with the parent’s MAC address', () => {
    expect(describeObjects(ipvlanDriver.join(joined))).toEqual([
      `ip link add eth0 link eth1 netns ${sandboxId} type ipvlan mode l2 private; ` +
        `ip netns exec ${sandboxId} sysctl -w net.ipv6.conf.eth0.disable_ipv6=1; ip -n ${sandboxId} link set eth0 up alias netyard:endpoint:0192d3a0-0000-7000-8000-0c0000000001`,
      `ip -n ${sandboxId} addr add 192.0.2.2/24 dev eth0`,
    ]);
  });

  it.each([
    { mode: 'l2', route: 'via 192.0.2.1 dev eth0' },
    { mode: 'l3', route: 'dev eth0' },
    { mode: 'l3s', route: 'dev eth0' },
  ])('leads out by $route in mode $mode', ({ mode, route }) => {
    expect(describeObjects(ipvlanDriver.defaultRoutes({ ...joined, network: network(mode) }))).toEqual([
      `ip -n ${sandboxId} route add 0.0.0.0/0 ${route}`,
    ]);
  });
});
