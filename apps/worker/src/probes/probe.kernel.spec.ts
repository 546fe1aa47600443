import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sandboxNamespaceName, type DesiredProbe, type ProbeId, type ProbeReport, type ProbeSpec } from '@netyard/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { endpoint, network, sandbox, sandboxId } from '../testing/desired';
import { bundleDirectory, TestHost } from '../testing/test-host';
import { ProbeRunner } from './probe-runner';

let host: TestHost;
let server: ChildProcess | undefined;
const reports: ProbeReport[] = [];
let heard: () => void = () => undefined;
let runner: ProbeRunner;

beforeEach(async () => {
  host = await TestHost.start();
  await host.realise(network(1), network(2, { options: { masquerade: false } }), sandbox(1), sandbox(2), endpoint(1, 1), endpoint(2, 1));
  reports.length = 0;
  runner = new ProbeRunner(
    new URL('probe.js', bundleDirectory),
    (report) => {
      reports.push(report);
      heard();
    },
    () => undefined,
  );
});
afterEach(async () => {
  runner.stop();
  server?.kill();
  server = undefined;
  await host.close();
});

const probe = (id: string, spec: Omit<ProbeSpec, 'sandbox'>, over: Partial<DesiredProbe> = {}): DesiredProbe => ({
  kind: 'probe',
  id: id as ProbeId,
  generation: 1,
  name: id,
  deleted: false,
  sandboxId: sandboxId(1),
  expiresAt: new Date(Date.now() + 60_000).toISOString(),
  spec: { sandbox: 'sandbox-1', ...spec },
  ...over,
});

async function run(spec: Omit<ProbeSpec, 'sandbox'>): Promise<ProbeReport> {
  const id = `probe-${reports.length}`;
  const resolvConf = join(host.netnsEtcDirectory, sandboxNamespaceName(sandboxId(1)), 'resolv.conf');
  runner.run(probe(id, spec), host.sandboxPath(sandboxId(1)), resolvConf);
  for (;;) {
    const report = reports.find((one) => one.id === id);
    if (report) return report;
    await new Promise<void>((resolve) => (heard = resolve));
  }
}

/** Whether the user namespace has a user 65534. Source: user_namespaces(7), uid_map. */
function knowsNobody(): boolean {
  const ranges = readFileSync('/proc/self/uid_map', 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  return ranges.some(([first = 0, , count = 0]) => first <= 65_534 && 65_534 < first + count);
}

/** A program in sandbox 2 that prints a line when it listens. */
async function serve(program: string): Promise<void> {
  server = spawn('nsenter', [`--net=${host.sandboxPath(sandboxId(2))}`, process.execPath, '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (server.stdout) await once(server.stdout, 'data');
}

describe('a probe', () => {
  it('pings', async () => {
    const { result, error } = await run({ kind: 'ping', target: '198.18.1.3', count: 3 });
    expect(error).toBeNull();
    expect(result).toMatchObject({ kind: 'ping', sent: 3, received: 3, lossPercent: 0 });
    expect(
      result?.kind === 'ping' &&
        result.rttMs &&
        result.rttMs.min > 0 &&
        result.rttMs.min <= result.rttMs.avg &&
        result.rttMs.avg <= result.rttMs.max,
    ).toBe(true);
  });

  it('tells that nobody answers', async () => {
    const { result } = await run({ kind: 'ping', target: '198.18.1.99', count: 2, timeoutMs: 600 });
    expect(result).toEqual({ kind: 'ping', sent: 2, received: 0, lossPercent: 100, rttMs: null });
  });

  it('connects by TCP, and tells of a refusal', async () => {
    await serve("require('net').createServer().listen(7000, '0.0.0.0', () => console.log('up'))");
    expect((await run({ kind: 'tcp', target: '198.18.1.3', port: 7000 })).result).toMatchObject({ kind: 'tcp', connected: true });
    expect((await run({ kind: 'tcp', target: '198.18.1.3', port: 7001 })).result).toMatchObject({
      connected: false,
      error: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('asks by HTTP, without following redirects', async () => {
    await serve(
      "require('http').createServer((q, a) => a.writeHead(302, { location: '/elsewhere', 'x-asked': q.method + ' ' + q.url }).end()).listen(80, '0.0.0.0', () => console.log('up'))",
    );
    expect((await run({ kind: 'http', target: '198.18.1.3', path: '/here' })).result).toMatchObject({
      statusCode: 302,
      headers: { location: '/elsewhere', 'x-asked': 'HEAD /here' },
    });
  });

  it('asks a DNS server', async () => {
    const answer = `
      const packet = require('dns-packet'), socket = require('dgram').createSocket('udp4');
      socket.on('message', (bytes, { address, port }) => {
        const { id, questions } = packet.decode(bytes);
        const data = [['A', '192.0.2.7'], ['SRV', { priority: 1, weight: 2, port: 80, target: 'a' }], ['MX', { preference: 5, exchange: 'b' }], ['TXT', ['c', 'd"']]];
        const answers = data.map(([type, data]) => ({ type, name: questions[0].name, data }));
        socket.send(packet.encode({ type: 'response', id, questions, answers }), port, address);
      });
      socket.bind(53, '0.0.0.0', () => console.log('up'));`;
    await serve(answer);
    expect((await run({ kind: 'udp-dns', target: '198.18.1.3', query: 'web.example', queryType: 'A' })).result).toMatchObject({
      answered: true,
      responseCode: 'NOERROR',
      answers: ['A 192.0.2.7', 'SRV 1 2 80 a', 'MX 5 b', 'TXT "c" "d\\""'],
    });
  });

  it('finds names by the servers of the sandbox', async () => {
    expect((await run({ kind: 'ping', target: 'endpoint-2', count: 1 })).result).toMatchObject({ received: 1 });
    expect((await run({ kind: 'trace', target: 'sandbox-2.net-1' })).result).toMatchObject({
      reached: true,
      hops: [{ address: '198.18.1.3' }],
    });
    await serve("require('net').createServer((c) => c.end()).listen(80, '0.0.0.0', () => console.log('up'))");
    expect((await run({ kind: 'tcp', target: 'endpoint-2', port: 80 })).result).toMatchObject({ connected: true });
    expect(await run({ kind: 'ping', target: 'nobody', count: 1 })).toMatchObject({
      result: null,
      error: expect.stringContaining('nobody'),
    });
  });

  it('traces the way', async () => {
    host.namespace.run('ip', 'address', 'add', '192.0.2.1/32', 'dev', 'lo');
    expect((await run({ kind: 'trace', target: '198.18.1.3' })).result).toMatchObject({
      reached: true,
      hops: [{ ttl: 1, address: '198.18.1.3' }],
    });
    expect((await run({ kind: 'trace', target: '192.0.2.1' })).result).toMatchObject({
      reached: true,
      hops: [{ ttl: 1, address: '192.0.2.1' }],
    });
  });

  it('is run once, however often the feed brings it, and not after its time', async () => {
    const late = probe('late', { kind: 'ping', target: '198.18.1.3' }, { expiresAt: new Date(0).toISOString() });
    runner.run(late, null);
    runner.run(late, null);
    expect(reports).toEqual([{ id: 'late', result: null, error: 'the probe expired before it could run' }]);
  });

  it('says when its sandbox is gone', async () => {
    runner.run(probe('gone', { kind: 'ping', target: '198.18.1.3' }), '/run/netns/ny-test-absent');
    await new Promise<void>((resolve) => (heard = resolve));
    expect(reports[0]?.error).toContain('/run/netns/ny-test-absent');
  });

  it('has given up its privileges before it sends', async () => {
    runner.run(probe('slow', { kind: 'ping', target: '198.18.1.99', count: 20, timeoutMs: 30_000 }), host.sandboxPath(sandboxId(1)));
    // The first packet, a question for the address that nobody has, shows that the probe has come so far.
    await expect.poll(() => host.inSandbox(1, 'neigh', 'show', '198.18.1.99')).not.toEqual([]);
    const [pid] = runner.pids;
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    // An ordinary user's namespace knows root alone, who is that user outside.
    const user = knowsNobody() ? 65_534 : 0;
    expect(/^Uid:\t(.*)$/m.exec(status)?.[1]).toBe(`${user}\t${user}\t${user}\t${user}`);
    for (const set of ['CapEff', 'CapPrm', 'CapInh', 'CapBnd', 'CapAmb'])
      expect(new RegExp(`^${set}:\\t0+$`, 'm').test(status), set).toBe(true);
  });
});
