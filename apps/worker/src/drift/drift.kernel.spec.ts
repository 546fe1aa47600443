import { bridgeLinkName, vethLinkName } from '@netyard/contracts';
import { outcome } from '@netyard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dualStackNetwork, endpoint, endpointId, networkId, port, sandbox, sandboxId } from '../testing/desired';
import { Echo } from '../testing/echo';
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
const dig = (): string =>
  outcome(['nsenter', `--net=${host.sandboxPath(sandboxId(1))}`, 'dig', '@127.0.0.11', '+short', '+tries=1', '+time=2', 'endpoint-2']);

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
    await expect.poll(() => host.pings(1, '198.18.1.3'), { timeout: 10_000 }).toBe(true);
    expect(host.pings(1, '2001:db8:1::3')).toBe(true);
    expect(host.pings(1, '198.18.1.1')).toBe(true);
    expect(dig()).toBe('198.18.1.3');
    expect(host.namespace.run('nft', 'list', 'map', 'inet', 'netyard', 'ports4')).toContain('198.18.1.3 . 80');
    expect(host.namespace.run('nft', 'list', 'set', 'bridge', 'netyard', 'macs')).toContain(veth);
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
      expect([await say('after'), await neighbour('after')]).toEqual(['.', 'after']);
    } finally {
      await echo.close();
    }
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
