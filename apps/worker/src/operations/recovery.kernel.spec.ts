import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { bridgeLinkName, ownerAlias, vethLinkName, type HostId } from '@netyard/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { endpoint, endpointId, network, networkId, sandbox, sandboxId } from '../testing/desired';
import { TestHost } from '../testing/test-host';

let host: TestHost;
beforeEach(async () => {
  host = await TestHost.start();
});
afterEach(() => host.close());

const bridge = (number: number): string => bridgeLinkName(networkId(number));
const veth = (number: number): string => vethLinkName(endpointId(number));
const pair = [network(1), sandbox(1), sandbox(2), endpoint(1, 1), endpoint(2, 1)];

describe('after a restart', () => {
  it('what stands is adopted without a change', async () => {
    host.snapshot(...pair);
    await host.ready(...pair);
    await host.kill();
    const monitor = spawn('ip', ['netns', 'exec', host.namespace.name, 'ip', 'monitor', 'link', 'address', 'route'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let seen = '';
    monitor.stdout.setEncoding('utf8').on('data', (text: string) => (seen += text));
    const heard = async (name: string): Promise<void> => {
      host.namespace.run('ip', 'link', 'add', name, 'type', 'bridge');
      while (!seen.includes(name)) await once(monitor.stdout, 'data');
    };
    // The kernel tells of the bridge's first carrier in its own time.
    await expect
      .poll(() => host.namespace.ip<{ operstate: string }[]>('link', 'show', bridge(1)).map(({ operstate }) => operstate))
      .toEqual(['UP']);
    // The monitor hears nothing of what came before it.
    let number = 0;
    await expect.poll(() => seen || host.namespace.run('ip', 'link', 'set', 'lo', 'alias', `heard ${++number}`)).not.toBe('');
    await heard('begin0');
    seen = '';
    host.startProcess();
    host.snapshot(...pair);
    await host.ready(...pair);
    await host.until('orphans looked for', () => host.messages.some(({ type }) => type === 'facts'));
    await heard('end0');
    expect(seen.split('\n').filter((line) => line.includes('ny'))).toEqual([]);
    expect(host.events).toEqual([]);
    monitor.kill();
  });

  it('in the middle of 200 joins, all become ready and nothing is leaked', async () => {
    const numbers = Array.from({ length: 200 }, (_, index) => index + 1);
    const objects = [network(1), ...numbers.flatMap((number) => [sandbox(number), endpoint(number, 1)])];
    host.snapshot(...objects);
    await host.until('the first joins', () => [...host.reports.values()].some(({ kind }) => kind === 'endpoint'));
    await host.kill('SIGKILL');
    host.startProcess();
    host.snapshot(...objects);
    await host.ready(...objects);
    expect(host.links()).toEqual([bridge(1), ...numbers.map(veth)].sort());
    expect(host.pings(1, '198.18.1.201')).toBe(true);
    const gone = objects.map((object) => ({ ...object, deleted: true, generation: 2 }));
    host.upsert(...gone);
    await host.gone(...gone);
    expect(host.links()).toEqual([]);
    expect(numbers.filter((number) => host.hasSandbox(sandboxId(number)))).toEqual([]);
  });

  it('removes what nobody wants any more, once it is in sync and not before', async () => {
    host.snapshot(...pair);
    await host.ready(...pair);
    host.namespace.run('ip', 'link', 'add', 'other0', 'type', 'bridge');
    host.namespace.run('ip', 'link', 'add', 'nyvdead', 'type', 'bridge');
    host.namespace.run('ip', 'link', 'set', 'nyvdead', 'alias', ownerAlias('endpoint', endpointId(99)));
    await host.kill();
    host.startProcess();
    host.upsert(network(1), sandbox(2), endpoint(2, 1));
    await host.ready(network(1), sandbox(2), endpoint(2, 1));
    expect(host.links()).toEqual([bridge(1), 'nyvdead', veth(1), veth(2)].sort());
    host.snapshot(network(1), sandbox(2), endpoint(2, 1));
    await host.until('orphans removed', () => host.events.length >= 3);
    expect(host.events.map(({ reason }) => reason)).toEqual(['OrphanRemoved', 'OrphanRemoved', 'OrphanRemoved']);
    await host.realise(sandbox(3), endpoint(3, 1));
    await host.linksBecome([bridge(1), veth(2), veth(3)]);
    expect(host.hasSandbox(sandboxId(1))).toBe(false);
    expect(host.namespace.ip<{ ifname: string }[]>('link').map(({ ifname }) => ifname)).toContain('other0');
  });
});

describe('drift', () => {
  /** What is taken away in two steps may be put back, in vain, between them: that is told as a failure, and not as drift. */
  const whilePaused = (work: () => void): void => {
    host.pause();
    work();
    host.resume();
  };
  const drifts: [name: string, make: () => void][] = [
    ['a deleted link', () => host.namespace.run('ip', 'link', 'del', veth(1))],
    ['a bridge that is down', () => host.namespace.run('ip', 'link', 'set', bridge(1), 'down')],
    ['a lost gateway address', () => host.namespace.run('ip', 'addr', 'flush', 'dev', bridge(1))],
    ['an interface that is down', () => host.runInSandbox(1, 'ip', 'link', 'set', 'eth0', 'down')],
    ['a changed address', () => host.runInSandbox(1, 'ip', 'addr', 'replace', '203.0.113.1/24', 'dev', 'eth0')],
    ['flushed rules', () => host.namespace.run('nft', 'flush', 'ruleset')],
    ['a port taken from its bridge', () => host.namespace.run('ip', 'link', 'set', veth(1), 'nomaster')],
    ['a deleted namespace', () => whilePaused(() => host.deleteSandbox(1))],
  ];

  it.each(drifts)('%s is repaired by a full round, and told', async (_, make) => {
    // What is found before the host knows its own id is told to nobody.
    host.send({ type: 'resume', hostId: networkId(77) as string as HostId });
    await host.realise(...pair);
    make();
    host.snapshot(...pair);
    await host.until('the repair', () => host.events.some(({ reason }) => reason === 'DriftRepaired'));
    await host.realise(sandbox(3), endpoint(3, 1));
    expect(host.pings(1, '198.18.1.3')).toBe(true);
    expect(host.pings(1, '198.18.1.1')).toBe(true);
    await expect.poll(() => host.namespace.run('nft', 'list', 'set', 'inet', 'netyard', 'bridges')).toContain(bridge(1));
  });
});

describe('a join that fails half way', () => {
  it('is undone, names the culprit, and is made when that is away; others go on', async () => {
    await host.realise(network(1), sandbox(1), sandbox(2));
    host.runInSandbox(1, 'ip', 'link', 'add', 'eth0', 'type', 'bridge');
    host.upsert(endpoint(1, 1), endpoint(2, 1));
    await host.ready(endpoint(2, 1));
    await host.until('a failure', () => host.reports.has(endpointId(1)));
    const [link] = host.reports.get(endpointId(1))?.conditions ?? [];
    expect([link?.type, link?.status, link?.reason]).toEqual(['LinkReady', 'False', 'EEXIST']);
    expect(link?.message).toContain('eth0');
    expect(host.links()).toEqual([bridge(1), veth(2)].sort());
    host.runInSandbox(1, 'ip', 'link', 'del', 'eth0');
    await host.ready(endpoint(1, 1));
    expect(host.pings(1, '198.18.1.3')).toBe(true);
  });

  it('after its link was made leaves no link behind', async () => {
    host.upsert(network(1), sandbox(1), endpoint(1, 1, { addresses: ['198.18.7.2/24'] }));
    await host.until('a failure', () => host.reports.has(endpointId(1)));
    const conditions = host.reports.get(endpointId(1))?.conditions ?? [];
    expect(conditions.map(({ type, reason }) => `${type} ${reason}`)).toEqual([
      'LinkReady Undone',
      'AddressesReady Undone',
      'RoutesReady ENETUNREACH',
      'NamesReady Undone',
    ]);
    // It is tried again all the time, and the link is there meanwhile.
    await expect.poll(() => host.links()).toEqual([bridge(1)]);
    await expect.poll(() => host.inSandbox<{ ifname: string }>(1, 'link').map(({ ifname }) => ifname)).toEqual(['lo']);
  });
});
