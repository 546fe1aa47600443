import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Server, TestNamespace } from '@netyard/testing';
import packet from 'dns-packet';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UpstreamAnswer } from './message';
import { Upstream } from './upstream';
import { Upstreams } from './upstreams';

let namespace: TestNamespace;
let directory: string;
const servers: Server[] = [];
beforeEach(() => {
  namespace = new TestNamespace('upstream');
  directory = mkdtempSync(join(tmpdir(), 'netyard-upstream-'));
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
  namespace.close();
  rmSync(directory, { recursive: true });
});

const enter = (): string[] => ['ip', 'netns', 'exec', namespace.name];
const upstreams = (...addresses: string[]): Upstreams =>
  new Upstreams(addresses.map((address) => new Upstream(address, namespace.namespace)));
const ask = (from: Upstreams, name: string): Promise<UpstreamAnswer> =>
  from.ask(name, packet.encode({ type: 'query', questions: [{ name, type: 'A' }] }).subarray(12));
const addresses = (answer: UpstreamAnswer): unknown[] =>
  (packet.decode(answer.bytes).answers ?? []).map((one) => 'data' in one && one.data);

async function dnsmasq(address: string, hosts: string): Promise<Server> {
  const path = join(directory, address.replaceAll(':', '_'));
  writeFileSync(path, hosts);
  const options = [
    '--keep-in-foreground',
    '--conf-file=/dev/null',
    '--no-resolv',
    '--no-hosts',
    '--log-facility=-',
    '--pid-file',
    '--user=root',
  ];
  const where = ['--bind-interfaces', `--listen-address=${address}`, `--addn-hosts=${path}`, '--local-ttl=60', '--local=/example/'];
  const server = await Server.run([...enter(), 'dnsmasq', ...options, ...where], /read .*hosts|read .*netyard/);
  servers.push(server);
  return server;
}

/** A server on UDP whose answer to `message` is what the expression says; it prints `asked` each time. */
async function server(address: string, answer: string): Promise<Server> {
  const program = `const socket = require('node:dgram').createSocket('udp4');
    socket.on('message', (message, { port, address }) => {
      console.log('asked');
      const answer = ${answer};
      if (answer) socket.send(answer, port, address);
    });
    socket.bind(53, '${address}', () => console.log('listening'));`;
  const started = await Server.run([...enter(), process.execPath, '-e', program], /listening/);
  servers.push(started);
  return started;
}
const silence = 'undefined';
/** The query as a response with a code. */
const code = (number: number): string => `Buffer.from([message[0], message[1], 0x81, 0x80 | ${number}, ...message.subarray(4)])`;

describe('upstreams', () => {
  it.each(['127.0.0.1', '::1'])('at %s are asked over TCP when the answer is too long for UDP', async (address) => {
    const all = Array.from({ length: 200 }, (_, index) => `192.0.2.${index}`);
    await dnsmasq(address, all.map((one) => `${one} far.example\n`).join(''));
    expect(addresses(await ask(upstreams(address), 'far.example'))).toHaveLength(all.length);
  });

  it.each([
    { what: 'silent', answer: silence, says: /no answer within 300 ms/ },
    { what: 'failing', answer: code(2), says: /code 2/ },
    { what: 'unwilling', answer: code(5), says: /code 5/ },
  ])('lets the next one answer when the first is $what, and asks that one last from then on', async ({ answer, says }) => {
    await server('127.0.0.1', answer);
    await dnsmasq('127.0.0.2', '192.0.2.7 far.example\n192.0.2.8 near.example\n');
    const both = upstreams('127.0.0.1', '127.0.0.2');
    expect(addresses(await ask(both, 'far.example'))).toEqual(['192.0.2.7']);
    expect(addresses(await ask(both, 'near.example'))).toEqual(['192.0.2.8']);
    const [first, second] = both.states;
    expect(first).toMatchObject({ healthy: false, queries: 1, lastError: expect.stringMatching(says) });
    expect(second).toMatchObject({ healthy: true, queries: 2, failures: 0, lastError: null });
  });

  it('takes the word of a server that has been failing when no other has one', async () => {
    const first = await server('127.0.0.1', code(2));
    const one = upstreams('127.0.0.1');
    await expect(ask(one, 'far.example')).rejects.toThrow('127.0.0.1 answered with code 2');
    await first.close();
    await dnsmasq('127.0.0.1', '192.0.2.7 far.example\n');
    expect(addresses(await ask(one, 'far.example'))).toEqual(['192.0.2.7']);
    expect(one.states).toMatchObject([{ healthy: true }]);
  });

  it('asks without an option where that is taken for a mistake', async () => {
    await server('127.0.0.1', `message.readUInt16BE(10) > 0 ? ${code(1)} : ${code(3)}`);
    expect((await ask(upstreams('127.0.0.1'), 'far.example')).code).toBe(3);
  });

  it('asks again when a datagram was lost', async () => {
    await server('127.0.0.1', `globalThis.isSecond ? ${code(3)} : void (globalThis.isSecond = true)`);
    expect((await ask(upstreams('127.0.0.1'), 'far.example')).code).toBe(3);
  });

  it('does not take an answer with another id', async () => {
    await server('127.0.0.1', `Buffer.from([message[0] ^ 1, message[1], 0x81, 0x83, ...message.subarray(4)])`);
    await dnsmasq('127.0.0.2', '192.0.2.7 far.example\n');
    expect(addresses(await ask(upstreams('127.0.0.1', '127.0.0.2'), 'far.example'))).toEqual(['192.0.2.7']);
  });

  it('asks once what several want to know, and remembers it', async () => {
    await dnsmasq('127.0.0.1', '192.0.2.7 far.example\n');
    const one = upstreams('127.0.0.1');
    const answers = await Promise.all([ask(one, 'far.example'), ask(one, 'far.example'), ask(one, 'far.example')]);
    expect(answers.map(addresses)).toEqual([['192.0.2.7'], ['192.0.2.7'], ['192.0.2.7']]);
    expect(one.states).toMatchObject([{ queries: 1 }]);
    const known = one.known('far.example');
    expect(known && addresses(known)).toEqual(['192.0.2.7']);
  });

  it('gives up what is under way when it is closed, and asks nobody any more', async () => {
    await server('127.0.0.1', silence);
    const one = upstreams('127.0.0.1', '127.0.0.2');
    const waiting = ask(one, 'far.example');
    one.close();
    await expect(waiting).rejects.toThrow('the servers have changed');
    await expect(ask(one, 'other.example')).rejects.toThrow('the servers have changed');
    expect(one.states).toMatchObject([{ queries: 1 }, { queries: 0 }]);
  });

  it('says what is wrong with each when none answers', async () => {
    await expect(ask(upstreams('127.0.0.1', '192.0.2.1'), 'far.example')).rejects.toThrow(/ECONNREFUSED.*; .*ENETUNREACH/);
    await expect(ask(upstreams(), 'far.example')).rejects.toThrow('there is no server to ask');
  });
});
