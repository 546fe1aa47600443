import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Desired, FeedMessage, HostId, ProbeId } from '@netyard/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { endpoint, endpointId, network, networkId, sandbox, sandboxId } from './testing/desired';
import { FakeApi } from './testing/fake-api';
import { bundleDirectory, TestHost } from './testing/test-host';

let host: TestHost;
let api: FakeApi;
let stateDirectory: string;
let worker: ChildProcess | undefined;
let output = '';

beforeEach(async () => {
  host = await TestHost.start();
  await host.kill();
  api = await FakeApi.start();
  stateDirectory = mkdtempSync(join(tmpdir(), 'netyard-worker-'));
});
afterEach(async () => {
  await end('SIGKILL');
  await api.close();
  await host.close();
  rmSync(stateDirectory, { recursive: true });
});

function start(urls: string, ...args: string[]): ChildProcess {
  const program = fileURLToPath(new URL('main.js', bundleDirectory));
  const options = [
    '--api',
    urls,
    '--name',
    'h1',
    '--netns',
    host.namespace.path,
    '--netns-dir',
    host.netnsDirectory,
    '--netns-etc-dir',
    host.netnsEtcDirectory,
    '--state-dir',
    stateDirectory,
  ];
  worker = spawn(process.execPath, [program, ...options, ...args], {
    env: { NETYARD_TOKEN: 'secret', ...process.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  output = '';
  worker.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  return worker;
}

async function end(signal: NodeJS.Signals): Promise<number | null> {
  const child = worker;
  worker = undefined;
  if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
  const exited = once(child, 'exit');
  child.kill(signal);
  return (await exited)[0];
}

async function logged(text: string): Promise<void> {
  while (!output.includes(text)) if (worker?.stdout) await once(worker.stdout, 'data');
}

const upserts = (...objects: Desired[]): FeedMessage[] => objects.map((object) => ({ type: 'upsert', object }));
const snapshot = (...objects: Desired[]): FeedMessage[] => [
  { type: 'snapshot', hostId: 'h' as HostId },
  ...upserts(...objects),
  { type: 'in-sync' },
];
const pair = [network(1), sandbox(1), sandbox(2), endpoint(1, 1), endpoint(2, 1)];
const pairReady = (): boolean => pair.every(({ id }) => api.isReady(id));

describe('the worker', () => {
  it('registers, realises what the feed brings, and reports', async () => {
    start(api.url);
    await api.until('the feed', () => api.cursors.length === 1);
    expect(api.registrations[0]).toMatchObject({
      drivers: ['bridge', 'host', 'none', 'overlay', 'macvlan', 'ipvlan'],
      routes: [],
      features: expect.arrayContaining(['macvlan', 'vxlan']),
    });
    api.send(7, ...snapshot(...pair));
    await api.until('ready', pairReady);
    expect(host.pings(1, '198.18.1.3')).toBe(true);
    const spec = { sandbox: 'sandbox-1', kind: 'ping', target: '198.18.1.3', count: 1 } as const;
    const expiresAt = new Date(Date.now() + 60_000).toISOString();
    api.send(
      8,
      ...upserts({
        kind: 'probe',
        id: 'p1' as ProbeId,
        generation: 1,
        name: 'p1',
        deleted: false,
        sandboxId: sandboxId(1),
        expiresAt,
        spec,
      }),
    );
    await api.until('the probe', () => api.probes.length === 1);
    expect(api.probes[0]?.result).toMatchObject({ kind: 'ping', received: 1 });
  });

  it('moves to the next replica with its cursor, and delivers what was not accepted', async () => {
    const second = await FakeApi.start();
    start(`${api.url},${second.url}`);
    await api.until('the feed', () => api.cursors.length === 1);
    api.send(7, ...snapshot(...pair));
    await api.until('ready', pairReady);
    await api.close();
    await second.until('the feed', () => second.cursors.length === 1);
    expect(second.cursors).toEqual(['7']);
    second.refusals.push(503, 503);
    second.send(8, { type: 'resume', hostId: 'h' as HostId }, ...upserts(sandbox(3), endpoint(3, 1)), { type: 'in-sync' });
    await second.until('ready', () => second.isReady(endpointId(3)));
    await second.close();
    api = await FakeApi.start();
  });

  it('loses only what the API finds invalid', async () => {
    start(api.url);
    await api.until('the feed', () => api.cursors.length === 1);
    api.unacceptableId = endpointId(1);
    api.send(7, ...snapshot(...pair));
    await api.until('the others', () => pair.every(({ id }) => id === endpointId(1) || api.isReady(id)));
    expect(api.reports.has(endpointId(1))).toBe(false);
  });

  it('restores the network from its cache while the API is away, and reports all of it later', async () => {
    start(api.url);
    await api.until('the feed', () => api.cursors.length === 1);
    api.send(7, ...snapshot(...pair));
    await api.until('ready', pairReady);
    expect(await end('SIGTERM')).toBe(0);
    expect(JSON.parse(readFileSync(join(stateDirectory, 'h1.json'), 'utf8')).objects).toHaveLength(pair.length);
    expect(host.pings(1, '198.18.1.3')).toBe(true);
    const { port } = api;
    await api.close();
    for (const name of host.links()) host.namespace.run('ip', 'link', 'del', name);
    start(`http://127.0.0.1:${port}`);
    await logged('restoring the cached state');
    await host.linksBecome(['ny-00000001', 'nyv00000001', 'nyv00000002']);
    api = await FakeApi.start('secret', port);
    await api.until('all is reported', () => pairReady() && api.cursors.length > 0);
    expect(api.cursors).toEqual([null]);
    expect(api.untimelyReports).toBe(0);
    expect(output).not.toContain('a report could not be delivered');
    api.send(9, ...snapshot(network(1)));
    await host.linksBecome(['ny-00000001']);
    expect(api.isReady(networkId(1))).toBe(true);
  });

  it('ends with a clear line when a thread cannot work', async () => {
    const [code] = await once(start(api.url, '--netns', '/proc/version'), 'close');
    expect(code).toBe(1);
    expect(output).toContain('/proc/version');
    expect(output).toContain('it is not a network namespace');
  });

  it.each([
    ['--api', 'ftp://x', '"ftp://x" is no http or https URL'],
    ['--name', 'No_Label', '"No_Label" is no DNS label'],
    ['--metrics', '70000', '"70000" is not address:port'],
  ])('refuses %s %s', async (option, value, complaint) => {
    const program = fileURLToPath(new URL('main.js', bundleDirectory));
    const child = spawn(process.execPath, [program, '--api', api.url, option, value], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let text = '';
    child.stderr.on('data', (part) => (text += part));
    const [code] = await once(child, 'close');
    expect([code, text]).toEqual([1, expect.stringContaining(complaint)]);
  });
});
