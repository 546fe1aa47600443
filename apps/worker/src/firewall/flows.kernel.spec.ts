import { bridgeLinkName } from '@netyard/contracts';
import { ethernet, ipv4, protocols, sendFrames, TestNamespace, udp, udpOverIpv6 } from '@netyard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dualStackNetwork, endpoint, network, networkId, sandbox, sandboxId } from '../testing/desired';
import { TestHost } from '../testing/test-host';

const maxFlows = 200;
const attempts = 1_000;

/** Two sandboxes of one network, one of another, and somebody outside who answers pings. */
describe('flows of one address', () => {
  let host: TestHost;
  let outside: TestNamespace;
  let gatewayMac: string;

  beforeAll(async () => {
    host = await TestHost.start({ maxFlows });
    outside = new TestNamespace('outside');
    host.namespace.run('ip', 'link', 'add', 'out0', 'type', 'veth', 'peer', 'name', 'eth0', 'netns', outside.name);
    for (const [place, link, own] of [
      [host.namespace, 'out0', ['203.0.113.1/24', '2001:db8:113::1/64']],
      [outside, 'eth0', ['203.0.113.2/24', '2001:db8:113::2/64']],
    ] as const) {
      for (const address of own) place.run('ip', 'addr', 'add', address, 'dev', link, ...(address.includes(':') ? ['nodad'] : []));
      place.run('ip', 'link', 'set', link, 'up');
    }
    outside.run('nft', 'table inet quiet { chain input { type filter hook input priority 0; meta l4proto udp drop; }; }');
    await host.realise(
      dualStackNetwork(1),
      network(2),
      sandbox(1),
      sandbox(2),
      sandbox(3),
      endpoint(1, 1, { addresses: ['198.18.1.2/24', '2001:db8:1::2/64'] }),
      endpoint(2, 1, { addresses: ['198.18.1.3/24', '2001:db8:1::3/64'] }),
      endpoint(3, 2),
    );
    gatewayMac = host.namespace.ip<{ address: string }[]>('link', 'show', bridgeLinkName(networkId(1)))[0]?.address ?? '';
  });
  afterAll(async () => {
    await host.close();
    outside.close();
  });

  const mac = '02:00:00:00:00:01';
  const crowded = (): number =>
    Number(/packets (\d+)/.exec(host.namespace.run('nft', 'list', 'counter', 'inet', 'netyard', 'crowded'))?.[1]);
  const flowsOf = (source: string): number =>
    host.namespace
      .run('conntrack', '-L', '-f', source.includes(':') ? 'ipv6' : 'ipv4', '-s', source)
      .split('\n')
      .filter(Boolean).length;
  const ports = Array.from({ length: attempts }, (_, index) => 2_000 + index);

  it.each([
    {
      version: 'IPv4',
      source: '198.18.1.2',
      target: '203.0.113.2',
      packet: (port: number) => ethernet(mac, gatewayMac, 'ipv4', ipv4('198.18.1.2', '203.0.113.2', protocols.udp, udp(1_000, port))),
    },
    {
      version: 'IPv6',
      source: '2001:db8:1::2',
      target: '2001:db8:113::2',
      packet: (port: number) => ethernet(mac, gatewayMac, 'ipv6', udpOverIpv6('2001:db8:1::2', '2001:db8:113::2', [1_000, port])),
    },
    {
      version: 'IPv4, to the host',
      source: '198.18.1.2',
      target: '198.18.1.1',
      packet: (port: number) => ethernet(mac, gatewayMac, 'ipv4', ipv4('198.18.1.2', '203.0.113.1', protocols.udp, udp(1_000, port))),
    },
  ])('are bounded, and leave room for others: $version', async ({ source, target, packet }) => {
    const before = crowded();
    sendFrames(host.sandboxPath(sandboxId(1)), 'eth0', ports.map(packet));
    await expect.poll(crowded).toBeGreaterThanOrEqual(before + attempts - maxFlows - 1);
    expect(flowsOf(source)).toBeLessThanOrEqual(maxFlows);
    expect(host.pings(1, target, 1)).toBe(false);
    expect(host.pings(2, target.includes('.1.1') ? '203.0.113.1' : target)).toBe(true);
    if (!target.includes(':')) expect(host.pings(3, '203.0.113.2')).toBe(true);
    // As if they had ended.
    host.namespace.run('conntrack', '-D', '-f', source.includes(':') ? 'ipv6' : 'ipv4', '-s', source);
    await expect.poll(() => host.pings(1, target)).toBe(true);
  });
});
