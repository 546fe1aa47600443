import { bridgeLinkName, vethLinkName, vxlanLinkName } from '@netyard/contracts';
import { outcome, Server } from '@netyard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dualStackNetwork, endpoint, endpointId, networkId, overlay, peerOf, port, sandbox, sandboxId } from '../testing/desired';
import { briefly, Echo } from '../testing/echo';
import { TestHost } from '../testing/test-host';

let host: TestHost;
beforeEach(async () => {
  host = await TestHost.start();
});
afterEach(() => host.close());

const two = [
  dualStackNetwork(1),
  sandbox(1),
  sandbox(2),
  endpoint(1, 1, { addresses: ['198.18.1.2/24', '2001:db8:1::2/64'] }),
  endpoint(2, 1, { addresses: ['198.18.1.3/24', '2001:db8:1::3/64'] }),
  port(1, 2),
];
const bridge = bridgeLinkName(networkId(1));
const veth = vethLinkName(endpointId(1));
const elements = (family: string, kind: 'map' | 'set', name: string): string =>
  outcome(['nsenter', `--net=${host.namespace.path}`, 'nft', 'list', kind, family, 'netyard', name]);
const dig = (): string =>
  outcome(['nsenter', `--net=${host.sandboxPath(sandboxId(1))}`, 'dig', '@127.0.0.11', '+short', '+tries=1', '+time=10', 'endpoint-2']);

const inHost = (...command: [string, ...string[]]) => ({
  what: `${command.join(' ')} on the host`,
  break: () => host.namespace.run(...command),
});
const inSandbox = (...command: [string, ...string[]]) => ({
  what: `${command.join(' ')} in the sandbox`,
  break: () => host.runInSandbox(1, ...command),
});

/** No full round comes: what is repaired was noticed by the kernel's events. */
describe('what somebody breaks is repaired as soon as the kernel tells of it, and told', () => {
  it.each([
    inHost('nft', 'flush', 'ruleset'),
    inHost('nft', 'flush', 'set', 'inet', 'netyard', 'bridges'),
    inHost('nft', 'delete', 'table', 'bridge', 'netyard'),
    inHost('ip', 'link', 'del', veth),
    inHost('ip', 'link', 'set', veth, 'down'),
    inHost('ip', 'link', 'set', veth, 'nomaster'),
    inHost('ip', 'link', 'set', bridge, 'down'),
    inHost('ip', 'link', 'del', bridge),
    inHost('ip', 'addr', 'flush', 'dev', bridge),
    inHost('ip', 'route', 'flush', 'dev', bridge),
    inSandbox('nft', 'flush', 'ruleset'),
    inSandbox('ip', 'link', 'del', 'eth0'),
    inSandbox('ip', 'link', 'set', 'eth0', 'down'),
    {
      what: 'the interface of the sandbox is moved into the host’s namespace',
      break: () => host.runInSandbox(1, 'ip', 'link', 'set', 'eth0', 'netns', host.namespace.path),
    },
    inSandbox('ip', 'link', 'set', 'lo', 'down'),
    inSandbox('ip', 'addr', 'flush', 'dev', 'eth0'),
    inSandbox('ip', 'route', 'flush', 'table', 'main'),
    inSandbox('ip', '-6', 'route', 'flush', 'table', 'main'),
  ])('$what', async ({ break: breakIt }) => {
    host.snapshot(...two);
    await host.ready(...two);
    const before = host.events.length;
    breakIt();
    await host.until('an event', () => host.events.slice(before).some(({ reason }) => reason === 'DriftRepaired'));
    // What is told first may not be all that was broken.
    for (const target of ['198.18.1.3', '2001:db8:1::3', '198.18.1.1']) await expect.poll(() => host.pings(1, target)).toBe(true);
    await expect.poll(dig).toBe('198.18.1.3');
    await expect.poll(() => elements('inet', 'map', 'ports4')).toContain('198.18.1.3 . 80');
    await expect.poll(() => elements('bridge', 'set', 'macs')).toContain(veth);
  });

  it('and what began meanwhile between networks is cut', async () => {
    host.snapshot(...two, dualStackNetwork(2), sandbox(3), endpoint(3, 2));
    await host.ready(...two, endpoint(3, 2));
    const echo = new Echo();
    try {
      await echo.serve(host.sandboxPath(sandboxId(2)), 80);
      host.pause();
      host.namespace.run('nft', 'flush', 'chain', 'inet', 'netyard', 'forward');
      const say = echo.connect(host.sandboxPath(sandboxId(3)), 'tcp', '198.18.1.3', 80);
      const neighbour = echo.connect(host.sandboxPath(sandboxId(1)), 'tcp', '198.18.1.3', 80);
      expect([await say('while walls are down'), await neighbour('hello')]).toEqual(['while walls are down', 'hello']);
      host.resume();
      await host.until('an event', () => host.events.some(({ reason }) => reason === 'DriftRepaired'));
      expect([await say('after', briefly), await neighbour('after')]).toEqual(['.', 'after']);
    } finally {
      await echo.close();
    }
  });

  it('and looked at ever more rarely when a sandbox breaks it without end', async () => {
    host.snapshot(...two);
    await host.ready(...two);
    const repairs = (): number => host.events.filter(({ id, reason }) => id === endpointId(1) && reason === 'DriftRepaired').length;
    const began = performance.now();
    const breaking = await Server.run(
      ['nsenter', `--net=${host.sandboxPath(sandboxId(1))}`, 'sh', '-c', 'echo begun; while :; do ip addr flush dev eth0; done'],
      /begun/,
    );
    await Promise.all([host.until('repairs', () => repairs() > 5), new Promise((resume) => setTimeout(resume, 4_000))]);
    await breaking.close();
    const seconds = Math.ceil((performance.now() - began) / 1_000);
    await host.realise(sandbox(3), endpoint(3, 1, { addresses: ['198.18.1.4/24', '2001:db8:1::4/64'] }));
    await expect.poll(() => host.pings(1, '198.18.1.3')).toBe(true);
    expect(repairs()).toBeLessThan(10 + 2 * (seconds + 5));
  });

  it('nothing of our own work is taken for drift', async () => {
    host.snapshot(...two);
    await host.ready(...two);
    const gone = endpoint(2, 1, { generation: 2, deleted: true });
    host.upsert(gone);
    await host.gone(gone);
    await host.realise(endpoint(2, 1, { generation: 3, addresses: ['198.18.1.3/24', '2001:db8:1::3/64'] }));
    await host.realise(sandbox(3), endpoint(3, 1, { addresses: ['198.18.1.4/24', '2001:db8:1::4/64'] }));
    expect(host.events).toEqual([]);
  });
});

describe('what an overlay knows of other hosts', () => {
  const tunnel = vxlanLinkName(networkId(1));
  const many = Array.from({ length: 2_000 }, (_, index) => {
    const address = `198.18.${2 + (index >> 8)}.${index & 0xff}`;
    const macAddress = `02:00:00:01:${[index >> 8, index & 0xff].map((byte) => byte.toString(16).padStart(2, '0')).join(':')}`;
    return peerOf(endpoint(100 + index, 1, { macAddress, addresses: [`${address}/15`] }), '198.51.100.2');
  });
  const [peer] = many;
  const entries = (): number[] => [
    host.namespace.run('bridge', 'fdb', 'show', 'brport', tunnel).match(/dst 198\.51\.100\.2/g)?.length ?? 0,
    host.namespace.run('bridge', 'fdb', 'show', 'brport', tunnel).match(/master .* static/g)?.length ?? 0,
    host.namespace.run('ip', 'neigh', 'show', 'dev', bridge, 'nud', 'permanent').match(/198\.18\./g)?.length ?? 0,
  ];

  beforeEach(async () => {
    host.namespace.run('ip', 'link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', 'wire');
    host.namespace.run('ip', 'addr', 'add', '198.51.100.1/24', 'dev', 'eth0');
    for (const name of ['eth0', 'wire']) host.namespace.run('ip', 'link', 'set', name, 'up');
    const all = [overlay(1, 1, '198.51.100.1'), sandbox(1), endpoint(1, 1), ...many];
    host.snapshot(...all);
    await host.ready(...all);
  });

  it.each([
    inHost('bridge', 'fdb', 'del', '02:00:00:01:00:00', 'dev', tunnel, 'self'),
    inHost('bridge', 'fdb', 'del', '02:00:00:01:00:00', 'dev', tunnel, 'master'),
    inHost('ip', 'neigh', 'del', '198.18.2.0', 'dev', bridge),
    inHost('ip', 'neigh', 'flush', 'dev', bridge, 'nud', 'permanent'),
  ])('is put back, and told: $what', async ({ break: breakIt }) => {
    expect(entries()).toEqual([2_000, 2_000, 2_000]);
    breakIt();
    await host.until('an event', () => host.events.some(({ kind, reason }) => kind === 'network' && reason === 'DriftRepaired'));
    await expect.poll(entries).toEqual([2_000, 2_000, 2_000]);
  });

  it('is not taken for lost when peers go, move and come again', async () => {
    if (!peer) throw new Error('there are peers');
    host.send({ type: 'delete', kind: 'peer', id: peer.id });
    await host.realise({ ...peer, generation: 2, tunnelAddress: '198.51.100.3' });
    await host.realise({ ...peer, generation: 3 });
    await host.realise(sandbox(1, { generation: 2 }));
    expect([entries(), host.events]).toEqual([[2_000, 2_000, 2_000], []]);
  });
});
