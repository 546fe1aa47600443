import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DesiredEndpoint, DesiredKey, DesiredNetwork, HostKey, UnderlayVersion } from '@netyard/contracts';
import { addAddress, addVeth, getLink, setLink } from '@netyard/netlink';
import { Capture } from '@netyard/testing';
import { encryptedOverlay, endpoint, keyOf, peerOf, sandbox } from '../testing/desired';
import { TestHost } from '../testing/test-host';

const run = promisify(execFile);
const dualEndpoint = (number: number): DesiredEndpoint =>
  endpoint(number, 1, { addresses: [`198.18.1.${number + 1}/24`, `2001:db8:1::${number + 1}/64`] });
const one = dualEndpoint(1);
const two = dualEndpoint(2);
const vxlan = 'nyx00000001';

/** Two hosts with a wire between them, and one encrypted network over it; endpoint 1 on the first host, endpoint 2 on the second. */
describe.each<{ underlay: UnderlayVersion; link: string; port: number; inner: string; addresses: [string, string]; prefixLength: number }>([
  { underlay: 'ipv4', link: 'nyw4', port: 51820, inner: 'fd00:db8:0:4', addresses: ['198.51.100.1', '198.51.100.2'], prefixLength: 24 },
  { underlay: 'ipv6', link: 'nyw6', port: 51821, inner: 'fd00:db8:0:6', addresses: ['2001:db8:51::1', '2001:db8:51::2'], prefixLength: 64 },
])('an encrypted overlay over $underlay', ({ underlay, link, port, inner, addresses, prefixLength }) => {
  let first: TestHost;
  let second: TestHost;
  const known = new Map<string, { publicKey: string; innerAddress: string }>();

  const keysOf = (host: TestHost): HostKey | undefined =>
    host.messages
      .flatMap((message) => (message.type === 'facts' ? [message.facts] : []))
      .at(-1)
      ?.keys?.find((key) => key.underlay === underlay);
  const own = (...names: string[]) => names.flatMap((name) => known.get(name) ?? []);
  const key = (number: number, name: string, over: Partial<DesiredKey> = {}): DesiredKey => {
    const { publicKey = '', innerAddress = '' } = known.get(name) ?? {};
    return keyOf(number, { underlay, publicKey, innerAddress, endpoint: null, own: null, ...over });
  };
  const others = (number: number, name: string, over: Partial<DesiredKey> = {}): DesiredKey =>
    key(number, name, { endpoint: { address: addresses[name.startsWith('a') ? 0 : 1], port }, ...over });
  let generation = 1;
  const network = (host: 1 | 2, names: string[], over: Partial<DesiredNetwork> = {}): DesiredNetwork =>
    encryptedOverlay(1, host, own(...names), { underlay, port, generation: ++generation, ...over });
  const learn = (name: string, publicKey: string | null | undefined, number: number): void => {
    if (!publicKey) throw new Error(`host has no key ${name}`);
    known.set(name, { publicKey, innerAddress: `${inner}::${name}${number}` });
  };

  beforeAll(async () => {
    [first, second] = [await TestHost.start(), await TestHost.start()];
    first.namespace.netlink((socket) =>
      socket.request(addVeth({ name: 'eth0', mtuBytes: 1500, peer: { name: 'eth0', namespace: second.namespace.namespace } })),
    );
    for (const [index, host] of [first, second].entries()) {
      host.namespace.netlink((socket) => {
        const eth0 = getLink(socket, 'eth0')?.index ?? 0;
        socket.request(addAddress(eth0, `${addresses[index]}/${prefixLength}`));
        socket.request(setLink(eth0, { up: true }));
      });
      host.snapshot();
      await host.until('keys are told', () => keysOf(host) !== undefined);
    }
    learn('a', keysOf(first)?.publicKey, 1);
    learn('b', keysOf(second)?.publicKey, 1);
    const peers = [peerOf(two, known.get('b')?.innerAddress ?? ''), peerOf(one, known.get('a')?.innerAddress ?? '')] as const;
    await first.realise(network(1, ['a']), others(2, 'b'), peers[0], sandbox(1), one);
    await second.realise(network(2, ['b']), others(1, 'a'), peers[1], sandbox(2), two);
  });
  afterAll(async () => {
    await first.close();
    await second.close();
  });

  const wg = (host: TestHost, what: string): string => host.namespace.run('wg', 'show', link, what).trim();

  it('connects endpoints, of both versions of IP, at full size, and the first packet arrives', () => {
    expect(first.runInSandbox(1, 'ping', '-c1', '-W60', '198.18.1.3')).toContain('1 received');
    expect(first.pings(1, '2001:db8:1::3')).toBe(true);
    expect(second.pings(2, '198.18.1.2')).toBe(true);
    expect(first.runInSandbox(1, 'ping', '-c1', '-W60', '-M', 'do', '-s', String(1350 - 28), '198.18.1.3')).toContain('1 received');
  });

  it('is what `wg` shows, and tells nobody of private keys', () => {
    expect(wg(first, 'public-key')).toBe(known.get('a')?.publicKey);
    expect(wg(first, 'listen-port')).toBe(String(port));
    expect(wg(first, 'peers')).toBe(known.get('b')?.publicKey);
    expect(wg(first, 'allowed-ips').split('\t')[1]).toBe(`${inner}::b1/128`);
    const privateKey = wg(first, 'private-key');
    expect(privateKey).toMatch(/^.{43}=$/);
    expect(JSON.stringify(first.messages)).not.toContain(privateKey);
  });

  it('lets nobody on the way read a word, nor see that it is VXLAN', async () => {
    const marker = 'plainmarker';
    const enter = ['ip', 'netns', 'exec', second.namespace.name];
    const capture = await Capture.start(enter, 'eth0', 'not arp and not icmp6 and not ip6 multicast', { count: 6 });
    const pattern = Buffer.from(marker).toString('hex');
    await run('nsenter', [`--net=${first.sandboxPath(sandbox(1).id)}`, 'ping', '-c3', '-i0.2', '-W60', '-p', pattern, '198.18.1.3']);
    const seen = await capture.text;
    expect(seen.split(`.${port} > `)).toHaveLength(7);
    expect(seen).not.toContain('VXLAN');
    // As a port: the bytes of what is encrypted may well be written so.
    expect(seen).not.toContain('.4789');
    expect(seen.replaceAll(/[^0-9a-f]/g, '')).not.toContain(pattern.slice(0, 16));
    expect(seen).not.toContain('plainmar');
  });

  /** A VXLAN packet with the network's number and a frame in it, whose source is made up here, from the second host itself. */
  const inject = (to: string): void => {
    const frame = Buffer.concat([Buffer.from('0200000000010200000099020800', 'hex'), Buffer.alloc(50)]);
    const packet = Buffer.concat([Buffer.of(8, 0, 0, 0, 0, 16, 1, 0), frame]).toString('hex');
    const send = `const socket = require('node:dgram').createSocket('udp${to.includes(':') ? 6 : 4}'); socket.send(Buffer.from('${packet}', 'hex'), 4789, '${to}', () => socket.close());`;
    second.namespace.run(process.execPath, '-e', send);
  };
  /** Such frames that the first host has taken out of the tunnel, since `watch`: endpoints may have something to say at any moment. */
  const watch = (): void => {
    first.namespace.run(
      'nft',
      `table bridge seen { counter came { }; chain came { type filter hook prerouting priority -299; iifname "${vxlan}" ether saddr 02:00:00:00:99:02 counter name came; }; }`,
    );
  };
  const received = (): number => Number(/packets (\d+)/.exec(first.namespace.run('nft', 'list', 'counter', 'bridge', 'seen', 'came'))?.[1]);

  it('takes frames from nobody but hosts that have its keys', async () => {
    watch();
    // Through WireGuard it comes: what is sent below is a frame of the network indeed.
    inject(`${inner}::a1`);
    await expect.poll(received).toBe(1);
    inject(addresses[0]);
    // To the inner address as it is: a way around WireGuard, which routes of an attacker's machine have.
    second.namespace.run('ip', '-6', 'addr', 'add', '2001:db8:99::2/64', 'dev', 'eth0', 'nodad');
    first.namespace.run('ip', '-6', 'addr', 'add', '2001:db8:99::1/64', 'dev', 'eth0', 'nodad');
    inject('2001:db8:99::1');
    second.namespace.run('ip', '-6', 'route', 'add', `${inner}::a1/128`, 'via', '2001:db8:99::1', 'dev', 'eth0', 'metric', '1');
    second.namespace.run('nft', 'insert', 'rule', 'inet', 'netyard', 'untracked-output', 'accept');
    inject(`${inner}::a1`);
    second.namespace.run('ip', '-6', 'route', 'del', `${inner}::a1/128`, 'via', '2001:db8:99::1', 'dev', 'eth0', 'metric', '1');
    inject(`${inner}::a1`);
    // This one has come after the others.
    await expect.poll(received).toBe(2);
    first.namespace.run('nft', 'delete', 'table', 'bridge', 'seen');
  });

  it('lets no sandbox reach what is inside of the tunnels', () => {
    first.namespace.run(
      'nft',
      `table ip6 seen { counter came { }; chain came { type filter hook prerouting priority -400; iifname "${link}" icmpv6 type echo-request counter name came; }; }`,
    );
    expect(second.pings(2, `${inner}::a1`, 2)).toBe(false);
    expect(second.pings(2, `${inner}::b1`, 2)).toBe(false);
    expect(first.namespace.run('nft', 'list', 'counter', 'ip6', 'seen', 'came')).toContain('packets 0 ');
    first.namespace.run('nft', 'delete', 'table', 'ip6', 'seen');
  });

  it('is mended when its link is deleted, and meanwhile nothing goes in plain', async () => {
    const before = first.events.length;
    const capture = await Capture.start(['ip', 'netns', 'exec', second.namespace.name], 'eth0', 'udp port 4789 or ip6 net fd00::/8', {
      seconds: 8,
    });
    const pinging = run('nsenter', [`--net=${first.sandboxPath(sandbox(1).id)}`, 'ping', '-c100', '-i0.02', '-W1', '198.18.1.3']).catch(
      () => ({ stdout: '' }),
    );
    first.namespace.run('ip', 'link', 'del', link);
    await first.until('drift is told', () =>
      first.events
        .slice(before)
        .some(({ kind, reason, message }) => kind === 'network' && reason === 'DriftRepaired' && message.includes('type wireguard')),
    );
    await pinging;
    expect(first.pings(1, '198.18.1.3')).toBe(true);
    expect((await capture.text).trim()).toBe('');
  });

  it('is mended when somebody changes its key, its peers or its addresses', async () => {
    const intact = (): unknown => [
      wg(first, 'public-key'),
      wg(first, 'listen-port'),
      wg(first, 'allowed-ips'),
      wg(first, 'endpoints'),
      first.namespace.ip('-6', 'route', 'show', 'dev', link),
    ];
    const before = intact();
    first.namespace.run(
      'sh',
      '-c',
      `wg genkey >/run/stranger; wg set ${link} private-key /run/stranger listen-port 9999; wg genkey | wg pubkey >/run/strange`,
    );
    first.namespace.run(
      'sh',
      '-c',
      `wg set ${link} peer ${known.get('b')?.publicKey} remove; wg set ${link} peer "$(cat /run/strange)" allowed-ips 10.0.0.0/8`,
    );
    first.namespace.run('ip', '-6', 'route', 'del', `${inner}::/64`, 'dev', link);
    first.namespace.run('ip', '-6', 'addr', 'add', `${inner}::666/128`, 'dev', link);
    await first.realise(network(1, ['a']));
    await expect.poll(intact).toEqual(before);
    expect(first.pings(1, '198.18.1.3')).toBe(true);
  });

  it('goes on while the worker is away, and with the same key when it is back', async () => {
    const pinging = run('nsenter', [`--net=${first.sandboxPath(sandbox(1).id)}`, 'ping', '-q', '-c250', '-i0.02', '-W60', '198.18.1.3']);
    await first.kill();
    first.startProcess();
    first.snapshot(network(1, ['a']), others(2, 'b'), peerOf(two, known.get('b')?.innerAddress ?? ''), sandbox(1), one);
    await first.ready(sandbox(1), one, others(2, 'b'));
    expect(keysOf(first)?.publicKey).toBe(known.get('a')?.publicKey);
    // A tunnel that is torn down for a tenth of a second costs five; an emulated machine may lose a packet by itself.
    expect(Number(/(\d+) received/.exec((await pinging).stdout)?.[1])).toBeGreaterThan(245);
  });

  it('goes on while a key is replaced, which is forgotten', async () => {
    const pinging = run('nsenter', [`--net=${first.sandboxPath(sandbox(1).id)}`, 'ping', '-q', '-c1000', '-i0.01', '-W60', '198.18.1.3']);
    const former = wg(first, 'private-key');
    const order = (name: string, number: number, use: boolean, replace: boolean): DesiredKey =>
      key(number, name, { own: { use, replace } });
    first.upsert(order('a', 1, true, true));
    await first.until('another key is made', () => typeof keysOf(first)?.nextPublicKey === 'string');
    learn('aa', keysOf(first)?.nextPublicKey, 2);
    await second.realise(others(3, 'aa'));
    const both = network(1, ['aa', 'a']);
    first.upsert(order('aa', 3, true, false), both);
    await first.ready(both);
    await first.until('it is in use', () => keysOf(first)?.publicKey === known.get('aa')?.publicKey);
    expect(wg(first, 'public-key')).toBe(known.get('aa')?.publicKey);
    const moved = peerOf(one, known.get('aa')?.innerAddress ?? '', { generation: 2 });
    await second.realise(moved);
    second.send({ type: 'delete', kind: 'key', id: key(1, 'a').id });
    const alone = network(1, ['aa']);
    first.send({ type: 'delete', kind: 'key', id: key(1, 'a').id });
    await first.realise(alone);
    await second.realise(sandbox(2, { generation: 2 }));
    const { stdout } = await pinging;
    const count = Number(/(\d+) received/.exec(stdout)?.[1]);
    process.stdout.write(`rotation over ${underlay}: ${1000 - count} of 1000 echo requests at 10 ms lost\n`);
    expect(count).toBeGreaterThan(950);
    await expect.poll(() => wg(second, 'peers')).toBe(known.get('aa')?.publicKey);
    expect(wg(first, 'private-key')).not.toBe(former);
    expect(first.namespace.ip<{ addr_info: { local: string }[] }[]>('addr', 'show', link)[0]?.addr_info.map(({ local }) => local)).toEqual([
      `${inner}::aa2`,
    ]);
    expect(second.pings(2, '198.18.1.2')).toBe(true);
  });

  it('leaves nothing behind', async () => {
    const going = [network(1, ['aa'], { deleted: true }), { ...one, generation: 2, deleted: true }];
    first.upsert(...going);
    await first.gone(...going);
    expect(first.links()).toEqual([]);
  });
});
