import { shaperLinkName, vethLinkName, type EndpointLimits } from '@netyard/contracts';
import { outcome, Server } from '@netyard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { endpoint, endpointId, network, sandbox, sandboxId } from '../testing/desired';
import { TestHost } from '../testing/test-host';

let host: TestHost;
beforeEach(async () => {
  host = await TestHost.start();
});
afterEach(() => host.close());

const veth = vethLinkName(endpointId(1));
const ifb = shaperLinkName(endpointId(1));
const limited = (generation: number, limits: Partial<EndpointLimits>) =>
  endpoint(1, 1, { generation, limits: { ingressMbps: null, egressMbps: null, ...limits } });
const others = [network(1), sandbox(1), sandbox(2), endpoint(2, 1)];

interface Qdisc {
  kind: string;
  dev: string;
  options: { rate?: number };
}
const buckets = (): Record<string, number | undefined> =>
  Object.fromEntries(
    (JSON.parse(host.namespace.run('tc', '-j', 'qdisc', 'show')) as Qdisc[])
      .filter(({ kind }) => kind === 'tbf')
      .map(({ dev, options }) => [dev, (options.rate ?? 0) / 125_000]),
  );

/**
 * Megabits a second that sandbox 1 sends to sandbox 2, or receives from it, by this process's clock: what arrives while the receiver is kept from running is not all of its first
 * moment.
 */
async function throughput(direction: 'send' | 'receive'): Promise<number> {
  const enter = (number: number): string[] => ['nsenter', `--net=${host.sandboxPath(sandboxId(number))}`];
  const server = await Server.run([...enter(2), 'iperf3', '--server', '--one-off', '--forceflush'], /listening/);
  const began = performance.now();
  try {
    const text = outcome([
      ...enter(1),
      'iperf3',
      '--client',
      '198.18.1.3',
      '--time',
      '2',
      '--json',
      ...(direction === 'receive' ? ['--reverse'] : []),
    ]);
    const { end } = JSON.parse(text) as { end: { sum_received: { bytes: number } } };
    return (end.sum_received.bytes * 8) / 1e3 / (performance.now() - began);
  } finally {
    await server.close();
  }
}

describe('a limit', () => {
  it('holds in each direction, and is lifted live', async () => {
    await host.realise(...others, limited(1, { ingressMbps: 20, egressMbps: 10 }));
    expect(buckets()).toEqual({ [veth]: 20, [ifb]: 10 });
    expect(await throughput('send')).toBeLessThan(11.5);
    expect(await throughput('receive')).toBeLessThan(23);
    await host.realise(limited(2, {}));
    expect(buckets()).toEqual({});
    expect(host.links()).not.toContain(ifb);
    expect(await throughput('send')).toBeGreaterThan(100);
  });

  it('is changed live, without touching the links', async () => {
    await host.realise(...others, limited(1, { egressMbps: 10 }));
    const indexes = (): number[] =>
      [veth, ifb].flatMap((link) => host.namespace.ip<{ ifindex: number }[]>('link', 'show', link)).map(({ ifindex }) => ifindex);
    const before = indexes();
    await host.realise(limited(2, { ingressMbps: 40, egressMbps: 30 }));
    expect(buckets()).toEqual({ [veth]: 40, [ifb]: 30 });
    expect(indexes()).toEqual(before);
    await host.realise(limited(3, { ingressMbps: 40 }));
    expect(buckets()).toEqual({ [veth]: 40 });
  });

  it('goes with the endpoint', async () => {
    await host.realise(...others, limited(1, { ingressMbps: 20, egressMbps: 10 }));
    const gone = { ...limited(2, { ingressMbps: 20, egressMbps: 10 }), deleted: true };
    host.upsert(gone);
    await host.gone(gone);
    expect(host.links()).not.toContain(ifb);
    expect(buckets()).toEqual({});
  });

  it.each([
    ['the queue of the host’s end', ['tc', 'qdisc', 'del', 'dev', veth, 'root']],
    ['the queue of what the sandbox sends', ['tc', 'qdisc', 'del', 'dev', ifb, 'root']],
    ['the way there', ['tc', 'qdisc', 'del', 'dev', veth, 'ingress']],
    ['the filter that leads there', ['tc', 'filter', 'del', 'dev', veth, 'ingress']],
    ['the link that shapes', ['ip', 'link', 'del', ifb]],
    ['the up of the link that shapes', ['ip', 'link', 'set', ifb, 'down']],
  ] as [string, [string, ...string[]]][])('is put back when somebody takes away %s', async (_, command) => {
    const objects = [...others, limited(1, { ingressMbps: 20, egressMbps: 10 })];
    host.snapshot(...objects);
    await host.ready(...objects);
    host.namespace.run(...command);
    await host.until('an event', () => host.events.some(({ reason, id }) => reason === 'DriftRepaired' && id === endpointId(1)));
    await expect.poll(buckets).toEqual({ [veth]: 20, [ifb]: 10 });
    expect(host.pings(1, '198.18.1.3')).toBe(true);
    expect(await throughput('send')).toBeLessThan(11.5);
  });

  it('to what is sent alone is put back with the link that shapes', async () => {
    const objects = [...others, limited(1, { egressMbps: 10 })];
    host.snapshot(...objects);
    await host.ready(...objects);
    host.namespace.run('ip', 'link', 'del', ifb);
    await host.until('an event', () => host.events.some(({ reason }) => reason === 'DriftRepaired'));
    expect(host.pings(1, '198.18.1.3')).toBe(true);
    await expect.poll(buckets).toEqual({ [ifb]: 10 });
  });

  it('is nothing that the sandbox’s root could take away', async () => {
    await host.realise(...others, limited(1, { egressMbps: 10 }));
    expect(outcome(['nsenter', `--net=${host.sandboxPath(sandboxId(1))}`, 'tc', 'qdisc', 'del', 'dev', 'eth0', 'root'])).toContain(
      'failed',
    );
    expect(await throughput('send')).toBeLessThan(11.5);
  });
});
