import type { Desired } from '@netyard/contracts';
import { deleteNamespace } from '@netyard/netlink';
import { outcome } from '@netyard/testing';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dualStackNetwork, endpoint, networkId, policy, port, router, routerId, sandbox } from '../testing/desired';
import { TestHost } from '../testing/test-host';

let host: TestHost;
beforeEach(async () => {
  host = await TestHost.start();
});
afterEach(() => host.close());

const both = (number: number): string[] => [`198.18.1.${number + 1}/24`, `2001:db8:1::${number + 1}/64`];
const all: Desired[] = [
  router(1),
  dualStackNetwork(1, { routerId: routerId(1) }),
  sandbox(1),
  sandbox(2),
  endpoint(1, 1, { addresses: both(1) }),
  endpoint(2, 1, { addresses: both(2) }),
  port(1, 2, { routerPort: 20_000 }),
  policy(1, 1, { rules: [] }),
];
const name = 'ny-r00000001';
const path = (): string => join(host.netnsDirectory, name);
const inRouter = (...command: string[]): string => outcome(['nsenter', `--net=${path()}`, ...command]);

async function stands(): Promise<void> {
  await expect.poll(() => host.pings(1, '198.18.1.3')).toBe(true);
  expect([host.pings(1, '2001:db8:1::3'), host.pings(1, '100.64.0.2'), host.pings(1, '2001:db8:64::2')]).toEqual([true, true, true]);
  expect(host.namespace.run('nft', 'list', 'map', 'inet', 'netyard', 'ports4')).toContain('100.64.0.3 . 20000');
  expect(inRouter('nft', 'list', 'map', 'inet', 'netyard', 'ports4')).toContain('198.18.1.3 . 80');
  expect(inRouter('nft', 'list', 'set', 'bridge', 'netyard', 'macs')).toContain('nyv00000001');
}

const onHost = (...command: [string, ...string[]]) => ({
  what: `${command.join(' ')} on the host`,
  break: () => host.namespace.run(...command),
});
const within = (...command: string[]) => ({ what: `${command.join(' ')} in the router`, break: () => inRouter(...command) });

describe('what somebody breaks of a router is repaired as soon as the kernel tells of it, and told', () => {
  it.each([
    onHost('ip', 'link', 'del', 'nyr00000001'),
    onHost('ip', 'link', 'set', 'nyr00000001', 'down'),
    onHost('ip', 'addr', 'flush', 'dev', 'nyr00000001'),
    onHost('nft', 'flush', 'ruleset'),
    within('ip', 'link', 'set', 'uplink', 'down'),
    within('ip', 'addr', 'flush', 'dev', 'uplink'),
    within('ip', 'route', 'del', 'default'),
    within('nft', 'flush', 'ruleset'),
    within('nft', 'flush', 'set', 'inet', 'netyard', 'masquerade4'),
    within('ip', 'link', 'del', 'ny-00000001'),
    within('ip', 'link', 'set', 'ny-00000001', 'down'),
    within('ip', 'link', 'del', 'nyv00000001'),
    within('ip', 'link', 'set', 'nyv00000001', 'nomaster'),
    { what: 'ip route flush table main in the sandbox', break: () => host.runInSandbox(1, 'ip', 'route', 'flush', 'table', 'main') },
  ])('$what', async ({ break: breakIt }) => {
    host.snapshot(...all);
    await host.ready(...all);
    const before = host.events.length;
    breakIt();
    await host.until('an event', () => host.events.slice(before).some(({ reason }) => reason === 'DriftRepaired'));
    await stands();
  });
});

describe('a router', () => {
  it('outlives its worker, and the next one finds it in order', async () => {
    host.snapshot(...all);
    await host.ready(...all);
    const rules = inRouter('nft', '-s', '-t', 'list', 'ruleset');
    await host.kill();
    expect(host.pings(1, '198.18.1.3')).toBe(true);
    host.startProcess();
    host.snapshot(...all);
    await host.ready(...all);
    await stands();
    expect(inRouter('nft', '-s', '-t', 'list', 'ruleset')).toBe(rules);
    expect(host.events).toEqual([]);
  });

  it('is made anew with all that is in it when its namespace has gone while there was no worker', async () => {
    host.snapshot(...all);
    await host.ready(...all);
    await host.kill();
    deleteNamespace(path());
    await host.linksBecome([]);
    host.startProcess();
    host.snapshot(...all);
    await host.ready(...all);
    await stands();
  });

  it('gets its name back when somebody has taken it away, and nothing is interrupted', async () => {
    host.snapshot(...all);
    await host.ready(...all);
    deleteNamespace(path());
    expect(host.pings(1, '198.18.1.3', 1)).toBe(true);
    host.upsert(router(1));
    await host.until('told', () => host.events.some(({ kind, reason }) => kind === 'router' && reason === 'DriftRepaired'));
    await stands();
  });

  it('that nobody wants any more goes, with what belongs to it on the host', async () => {
    host.snapshot(...all, router(2), dualStackNetwork(2, { routerId: routerId(2) }));
    await host.ready(...all, router(2));
    await host.kill();
    host.startProcess();
    host.snapshot(router(2), dualStackNetwork(2, { routerId: routerId(2) }));
    await host.linksBecome(['nyr00000002']);
    await host.until('no orphan', () => host.events.some(({ message }) => message.includes(`network namespace ${name}`)));
    expect(existsSync(path())).toBe(false);
    expect(host.namespace.run('nft', 'list', 'ruleset')).not.toContain('nyr00000001');
    expect(existsSync(join(host.netnsDirectory, 'ny-r00000002'))).toBe(true);
  });

  it('has links of nobody taken away', async () => {
    host.snapshot(router(1), dualStackNetwork(1, { routerId: routerId(1) }));
    await host.ready(router(1), dualStackNetwork(1, { routerId: routerId(1) }));
    await host.kill();
    inRouter('ip', 'link', 'add', 'ny-0000dead', 'type', 'bridge');
    inRouter('ip', 'link', 'set', 'ny-0000dead', 'alias', `netyard:network:${networkId(7)}`);
    host.startProcess();
    host.snapshot(router(1), dualStackNetwork(1, { routerId: routerId(1) }));
    await host.until('told', () => host.events.some(({ id, reason }) => id === networkId(7) && reason === 'OrphanRemoved'));
    await expect.poll(() => inRouter('ip', '-br', 'link')).not.toContain('ny-0000dead');
  });

  it('goes with its last network, and leaves nothing', async () => {
    host.snapshot(...all);
    await host.ready(...all);
    const going = all.map((object) => ({ ...object, generation: 2, deleted: true }));
    host.upsert(...going);
    await host.gone(...going);
    await host.linksBecome([]);
    expect(existsSync(path())).toBe(false);
    expect(host.namespace.run('nft', 'list', 'ruleset')).not.toContain('comment');
  });
});
