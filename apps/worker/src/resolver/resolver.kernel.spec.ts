import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { sandboxNamespaceName } from '@netyard/contracts';
import { datagramAnswer, outcome, Server, TestNamespace } from '@netyard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { endpoint, network, port, sandbox, sandboxId } from '../testing/desired';
import { TestHost } from '../testing/test-host';

let host: TestHost;
const servers: Server[] = [];
beforeEach(async () => {
  host = await TestHost.start();
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
  await host.close();
});

const enter = (number: number): string[] => ['nsenter', `--net=${host.sandboxPath(sandboxId(number))}`];
const dig = (number: number, ...args: string[]): string =>
  outcome([...enter(number), 'dig', '@127.0.0.11', '+tries=1', '+time=20', '+short', ...args]);
const status = (number: number, ...args: string[]): string =>
  /status: (\w+)/.exec(outcome([...enter(number), 'dig', '@127.0.0.11', '+tries=1', '+time=20', ...args]))?.[1] ?? 'no answer';
const resolvConf = (number: number): string =>
  readFileSync(join(host.netnsEtcDirectory, sandboxNamespaceName(sandboxId(number)), 'resolv.conf'), 'utf8');

/** A DNS server in a namespace. */
async function dnsmasq(command: string[], ...records: string[]): Promise<void> {
  const options = [
    '--keep-in-foreground',
    '--no-resolv',
    '--no-hosts',
    '--log-facility=-',
    '--pid-file',
    '--user=root',
    '--bind-interfaces',
  ];
  servers.push(await Server.run([...command, 'dnsmasq', ...options, ...records], /started/));
}

const two = [
  network(1, { domain: 'lab.example' }),
  sandbox(1),
  sandbox(2),
  endpoint(1, 1, { aliases: ['www'] }),
  endpoint(2, 1, { aliases: ['www'] }),
];

describe('a resolver', () => {
  it('answers as soon as the endpoint is ready, over UDP and TCP, and not any more once it is gone', async () => {
    await host.realise(...two);
    expect(dig(1, 'endpoint-2')).toBe('198.18.1.3');
    expect(dig(1, '+tcp', 'sandbox-2.lab.example')).toBe('198.18.1.3');
    expect(dig(1, 'www').split('\n').sort()).toEqual(['198.18.1.2', '198.18.1.3']);
    expect(dig(2, '-x', '198.18.1.2')).toBe('endpoint-1.net-1.');
    const gone = endpoint(2, 1, { generation: 2, deleted: true });
    host.upsert(gone);
    await host.gone(gone);
    expect(dig(1, 'endpoint-2')).toBe('');
    expect(status(1, 'endpoint-2.lab.example')).toBe('NXDOMAIN');
  });

  it('follows published ports by SRV', async () => {
    const http = port(1, 2, { service: 'http' });
    await host.realise(...two, http);
    expect(dig(1, '_http._tcp.endpoint-2', 'SRV')).toBe('0 0 80 endpoint-2.net-1.');
    host.upsert({ ...http, generation: 2, deleted: true });
    await host.gone({ ...http, generation: 2 });
    expect(dig(1, '_http._tcp.endpoint-2', 'SRV')).toBe('');
  });

  it.each(['before', 'after'])('leaves a server on port 53 alone that was there %s it', async (when) => {
    const program = `const socket = require('node:dgram').createSocket('udp4');
      socket.on('message', (message, { port, address }) => socket.send('mine', port, address));
      socket.bind(53, '0.0.0.0', () => require('node:net').createServer((c) => c.end('mine')).listen(53, '0.0.0.0', () => console.log('listening')));`;
    const start = async (): Promise<unknown> => servers.push(await Server.run([...enter(1), process.execPath, '-e', program], /listening/));
    await host.realise(sandbox(1));
    if (when === 'before') await start();
    await host.realise(...two);
    if (when === 'after') await start();
    expect(dig(1, 'endpoint-2')).toBe('198.18.1.3');
    expect(dig(1, '+tcp', 'endpoint-2')).toBe('198.18.1.3');
    expect(datagramAnswer(enter(1), '127.0.0.1', 53)).toBe('mine');
    expect(outcome([...enter(2), 'sh', '-c', 'echo hello | nc -w30 198.18.1.2 53'])).toBe('mine');
  });

  it('asks servers of the network from inside the sandbox, the next one when the first is silent, and remembers', async () => {
    await host.realise(...two, sandbox(3), endpoint(3, 1));
    await dnsmasq(enter(3), '--host-record=far.example,192.0.2.77', '--listen-address=198.18.1.4', '--local-ttl=60');
    await host.realise(
      network(1, {
        generation: 2,
        domain: 'lab.example',
        dns: { search: [], options: [], servers: ['198.18.1.99', '198.18.1.4'], hosts: [] },
      }),
    );
    await expect.poll(() => dig(1, 'far.example')).toBe('192.0.2.77');
    expect(dig(1, '+tcp', 'far.example')).toBe('192.0.2.77');
    await servers.pop()?.close();
    expect(dig(1, 'far.example')).toBe('192.0.2.77');
    expect(status(1, 'other.example')).toBe('SERVFAIL');
    expect(dig(1, 'endpoint-2')).toBe('198.18.1.3');
  });

  it('asks the host’s servers from the host, and takes a changed resolv.conf in', async () => {
    await host.realise(...two);
    expect(status(1, 'far.example')).toBe('SERVFAIL');
    await dnsmasq(
      ['ip', 'netns', 'exec', host.namespace.name],
      '--host-record=far.example,192.0.2.77',
      '--listen-address=127.0.0.1',
      '--except-interface=none',
    );
    writeFileSync(host.resolvConfPath, 'nameserver 127.0.0.1\n');
    await expect.poll(() => dig(1, 'far.example')).toBe('192.0.2.77');
  });

  it('asks nobody for a sandbox of internal networks', async () => {
    await dnsmasq(
      ['ip', 'netns', 'exec', host.namespace.name],
      '--host-record=far.example,192.0.2.77',
      '--listen-address=127.0.0.1',
      '--except-interface=none',
    );
    writeFileSync(host.resolvConfPath, 'nameserver 127.0.0.1\n');
    await host.realise(network(1, { internal: true }), sandbox(1), endpoint(1, 1));
    expect(status(1, 'far.example')).toBe('NXDOMAIN');
    expect(dig(1, 'endpoint-1')).toBe('198.18.1.2');
  });

  it('gives too long an answer over TCP', async () => {
    const many = Array.from({ length: 60 }, (_, index) => index + 1);
    await host.realise(
      network(1),
      ...many.map((number) => sandbox(number)),
      ...many.map((number) => endpoint(number, 1, { aliases: ['all'] })),
    );
    expect(outcome([...enter(1), 'dig', '@127.0.0.11', '+ignore', '+noedns', 'all'])).toMatch(/flags:[^;]* tc/);
    expect(dig(1, 'all').split('\n')).toHaveLength(60);
  });

  it('puts its rules back when somebody flushes them', async () => {
    await host.realise(...two);
    host.runInSandbox(1, 'nft', 'flush', 'ruleset');
    host.snapshot(...two);
    await host.until('it is told', () => host.events.some(({ message }) => message.includes('netyard-dns')));
    expect(dig(1, 'endpoint-2')).toBe('198.18.1.3');
  });

  it('lives through whatever is sent to it', async () => {
    await host.realise(...two);
    const noise = `const { createSocket } = require('node:dgram'); const { connect } = require('node:net'); const { randomBytes } = require('node:crypto');
      const socket = createSocket('udp4'); let left = 3000;
      const next = () => left-- > 0 ? socket.send(randomBytes(Math.floor(Math.random() * 80)), 53, '127.0.0.11', next) : tcp();
      const tcp = () => { const c = connect(53, '127.0.0.11', () => c.end(randomBytes(4000))); c.on('error', done); c.on('close', done); c.resume(); };
      const done = () => { console.log('done'); process.exit(0); }; next();`;
    expect(outcome([...enter(1), process.execPath, '-e', noise])).toContain('done');
    expect(dig(1, 'endpoint-2')).toBe('198.18.1.3');
  });

  it('answers a thousand questions of one connection, though they are read late', async () => {
    const many = Array.from({ length: 40 }, (_, index) => index + 1);
    await host.realise(
      network(1),
      ...many.map((number) => sandbox(number)),
      ...many.map((number) => endpoint(number, 1, { aliases: ['all'] })),
    );
    const program = `const client = require('node:net').connect(53, '127.0.0.11');
      const question = Buffer.from([0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 3, 97, 108, 108, 0, 0, 1, 0, 1]);
      for (let id = 0; id < 1000; id++) {
        question.writeUInt16BE(id);
        client.write(Buffer.concat([Buffer.from([0, question.length]), question]));
      }
      const ids = new Set();
      let answers = 0, waiting = Buffer.alloc(0);
      client.pause();
      client.once('ready', () => setImmediate(() => client.resume()));
      client.on('data', (chunk) => {
        waiting = Buffer.concat([waiting, chunk]);
        while (waiting.length >= 2 && waiting.length >= 2 + waiting.readUInt16BE()) {
          ids.add(waiting.readUInt16BE(2));
          answers += waiting.readUInt16BE(8);
          waiting = waiting.subarray(2 + waiting.readUInt16BE());
        }
        if (ids.size === 1000) { console.log(ids.size, answers); process.exit(0); }
      });`;
    expect(outcome([...enter(1), process.execPath, '-e', program])).toBe('1000 40000');
  });

  it('goes on for others when a sandbox goes while its servers are being asked', async () => {
    await host.realise(...two);
    const program = `require('node:dgram').createSocket('udp4').on('message', () => console.log('asked')).bind(53, '127.0.0.1', () => console.log('listening'));`;
    const silent = await Server.run([...enter(1), process.execPath, '-e', program], /listening/);
    servers.push(silent);
    await host.realise(sandbox(1, { generation: 2, dns: { search: [], options: [], servers: ['127.0.0.1'], hosts: [] } }));
    const asked = once(silent.process.stdout as Readable, 'data');
    const client = spawn(enter(1)[0] as string, [...enter(1).slice(1), 'dig', '@127.0.0.11', '+tries=1', '+time=2', 'far.example'], {
      stdio: 'ignore',
    });
    const over = once(client, 'exit');
    await asked;
    host.upsert(endpoint(1, 1, { generation: 2, deleted: true }), sandbox(1, { generation: 3, deleted: true }));
    await host.gone(sandbox(1, { generation: 3 }));
    expect(dig(2, 'endpoint-2')).toBe('198.18.1.3');
    expect(status(2, 'endpoint-1.lab.example')).toBe('NXDOMAIN');
    await over;
  });
});

describe('resolv.conf', () => {
  it('names the resolver, with the settings of sandbox and network, and goes with the sandbox', async () => {
    const settings = { search: ['own.example'], options: ['timeout:1'], servers: [], hosts: [{ name: 'printer', address: '192.0.2.9' }] };
    await host.realise(
      network(1, { dns: { ...settings, search: ['lab.example'], options: [], hosts: [] } }),
      sandbox(1, { dns: settings }),
      endpoint(1, 1),
    );
    expect(resolvConf(1)).toContain('nameserver 127.0.0.11\nsearch own.example lab.example\noptions timeout:1 ndots:0\n');
    expect(dig(1, 'printer')).toBe('192.0.2.9');
    host.upsert(sandbox(1, { generation: 2, deleted: true }));
    await host.gone(sandbox(1, { generation: 2 }));
    expect(() => resolvConf(1)).toThrow('ENOENT');
  });

  it('is the host’s, but for what cannot be reached, where there is no discovery', async () => {
    writeFileSync(host.resolvConfPath, 'nameserver 127.0.0.53\nnameserver 192.0.2.53\nsearch host.example\n');
    await host.realise(network(1, { discovery: false }), sandbox(1), endpoint(1, 1));
    expect(resolvConf(1)).toContain('nameserver 192.0.2.53\nsearch host.example\n');
    expect(resolvConf(1)).not.toContain('127.0.0');
    expect(status(1, 'endpoint-1')).toBe('no answer');
  });

  it('of an adopted sandbox is written in place, and put back', async () => {
    const container = new TestNamespace('container');
    const path = join(host.resolvConfDirectory, 'c1', 'resolv.conf');
    mkdirSync(join(host.resolvConfDirectory, 'c1'));
    writeFileSync(path, 'nameserver 192.0.2.1\n');
    try {
      const adopted = sandbox(1, { namespace: { type: 'adopted', path: container.path }, resolvConfPath: path });
      await host.realise(network(1), adopted, endpoint(1, 1));
      expect(readFileSync(path, 'utf8')).toContain('nameserver 127.0.0.11');
      expect(container.run('dig', '@127.0.0.11', '+short', 'endpoint-1')).toBe('198.18.1.2\n');
      host.upsert({ ...adopted, generation: 2, deleted: true }, endpoint(1, 1, { generation: 2, deleted: true }));
      await host.gone({ ...adopted, generation: 2 });
      expect(readFileSync(path, 'utf8')).toBe('nameserver 192.0.2.1\n');
      expect(existsSync(`${path}.netyard-saved`)).toBe(false);
      expect(container.run('nft', 'list', 'tables')).toBe('');
    } finally {
      container.close();
    }
  });

  it.each([
    { what: 'elsewhere', make: () => '/etc/resolv.conf', says: 'does not lie below' },
    { what: 'that does not exist', make: () => join(host.resolvConfDirectory, 'resolv.conf'), says: 'does not exist' },
    {
      what: 'that is a link',
      make: () => {
        const path = join(host.resolvConfDirectory, 'resolv.conf');
        symlinkSync('/etc/hostname', path);
        return path;
      },
      says: 'is a symbolic link',
    },
  ])('$what is refused with the reason, and the endpoint says so', async ({ make, says }) => {
    const container = new TestNamespace('container');
    try {
      const adopted = sandbox(1, { namespace: { type: 'adopted', path: container.path }, resolvConfPath: make() });
      host.upsert(network(1), adopted, endpoint(1, 1));
      const failed = (id: string): string | undefined =>
        host.reports.get(id)?.conditions.find(({ type, status }) => type === 'NamesReady' && status === 'False')?.message;
      await host.until('a condition', () => failed(endpoint(1, 1).id) !== undefined);
      expect(failed(endpoint(1, 1).id)).toContain(says);
    } finally {
      container.close();
    }
  });
});
