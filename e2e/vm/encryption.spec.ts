import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { vxlanLinkName } from '@netyard/contracts';
import { type ApiObject, Capture, Deployment, outcome, Server } from '@netyard/testing';

const run = promisify(execFile);

interface KeyStatus {
  underlay: string;
  publicKey: string;
  rotation: unknown;
}

/** Two hosts that share two encrypted networks, one over each version of IP, and a plain one; a sandbox on each host with an endpoint of all three. */
describe('encrypted networks across hosts', () => {
  let deployment: Deployment;
  const networks = new Map<string, ApiObject>();
  const sandboxes: ApiObject[] = [];
  const encrypted = [
    { name: 'four', underlay: 'ipv4', prefix: '10.60.4', link: 'nyw4', port: 51820, mtuBytes: 1370 },
    { name: 'six', underlay: 'ipv6', prefix: '10.60.6', link: 'nyw6', port: 51821, mtuBytes: 1350 },
  ];
  const plain = { name: 'plain', underlay: 'ipv6', prefix: '10.60.1' };

  beforeAll(async () => {
    deployment = await Deployment.start({ hosts: 2 });
    for (const { name, underlay, prefix } of [...encrypted, plain])
      networks.set(
        name,
        await deployment.create('networks', name, {
          driver: 'overlay',
          subnets: [{ cidr: `${prefix}.0/24` }],
          options: { underlay, encrypted: name !== 'plain' },
        }),
      );
    for (const number of [1, 2]) {
      sandboxes.push(await deployment.create('sandboxes', `s${number}`, { host: `h${number}` }));
      for (const { name, prefix } of [...encrypted, plain])
        await deployment.create('endpoints', `${name}-${number}`, {
          network: name,
          sandbox: `s${number}`,
          addresses: [`${prefix}.1${number}`],
        });
    }
  });
  afterAll(() => deployment.close());

  const enter = (number: number): string[] => deployment.enter(sandboxes[number - 1] as ApiObject);
  const on = (host: string): string[] => ['ip', 'netns', 'exec', deployment.underlay.host(host).name];
  const onWire = (): string[] => ['ip', 'netns', 'exec', deployment.underlay.wire.name];
  /** Besides what is asked for there are, at any moment, echo requests by which workers measure the underlay, and hosts' reports of the multicast groups that they are in. */
  const ofNetworks = 'not arp and not icmp6 and not ip6 multicast and not (icmp and net 198.51.100.0/24)';
  const keysOf = async (host: string): Promise<KeyStatus[]> =>
    (await deployment.get(`/v1/hosts/${host}`)).body.status['keys'] as unknown as KeyStatus[];

  it.each(encrypted)('$name connect at once and at full size, and say so', async ({ name, prefix, mtuBytes }) => {
    expect(outcome([...enter(1), 'ping', '-c1', '-W60', `${prefix}.12`])).toContain(' 1 received');
    expect(outcome([...enter(1), 'ping', '-c1', '-W60', '-M', 'do', '-s', String(mtuBytes - 28), `${prefix}.12`])).toContain(' 1 received');
    expect((await deployment.get(`/v1/networks/${name}`)).body.status).toMatchObject({ mtuBytes });
  });

  it.each(encrypted)('$name are nothing but WireGuard to who listens on the wire', async ({ prefix }) => {
    const capture = await Capture.start(onWire(), 'to-h1', ofNetworks, { count: 6 });
    await run('ip', [
      ...enter(1).slice(1),
      'ping',
      '-c3',
      '-i0.2',
      '-W60',
      '-p',
      Buffer.from('plainmarker').toString('hex'),
      `${prefix}.12`,
    ]);
    const seen = await capture.text;
    // The other network's tunnel may have a word to say, too.
    expect(seen.split(/\.5182[01] > /)).toHaveLength(7);
    for (const word of ['VXLAN', '.4789', 'plainmar', prefix]) expect(seen).not.toContain(word);
  });

  it('stand beside plain ones, which can be read', async () => {
    const capture = await Capture.start(onWire(), 'to-h1', 'udp port 4789', { count: 2 });
    expect(outcome([...enter(1), 'ping', '-c2', '-W60', '-p', Buffer.from('plainmarker').toString('hex'), `${plain.prefix}.12`])).toContain(
      ' 2 received',
    );
    const seen = await capture.text;
    expect(seen).toContain('VXLAN');
    expect(seen).toContain(`${plain.prefix}.12`);
  });

  it.each(encrypted)('$name carry a stream', async ({ prefix }) => {
    const server = await Server.run([...enter(2), 'iperf3', '--server', '--one-off', '--forceflush'], /listening/);
    const { stdout } = await run('ip', [
      ...enter(1).slice(1),
      'iperf3',
      '--client',
      `${prefix}.12`,
      '--bytes',
      '4M',
      '--window',
      '128K',
      '--json',
    ]);
    await server.close();
    const { end } = JSON.parse(stdout) as { end: { sum_received: { bytes: number; bits_per_second: number } } };
    process.stdout.write(`${prefix}: ${Math.round(end.sum_received.bits_per_second / 1e6)} Mbit/s in the emulated machine\n`);
    // What is on its way when the client has sent its last byte is not counted: as much as the window is.
    expect(end.sum_received.bytes).toBeGreaterThan(1024 * 1024);
  });

  it('take nothing from who is on the wire, though it knows their numbers', async () => {
    const names = ['plain', 'four', 'six'];
    // By the address that is made up here: endpoints may have something to say at any moment.
    const rules = names.map((name) => {
      const link = vxlanLinkName(networks.get(name)?.metadata.id ?? '');
      return `counter ${name} { }; chain ${name} { type filter hook prerouting priority -299; iifname "${link}" ether saddr 02:00:00:00:99:02 counter name ${name}; };`;
    });
    deployment.underlay.host('h1').run('nft', `table bridge seen { ${rules.join(' ')} }`);
    const received = (): number[] =>
      names.map((name) => Number(/packets (\d+)/.exec(outcome([...on('h1'), 'nft', 'list', 'counter', 'bridge', 'seen', name]))?.[1]));
    const wire = deployment.underlay.wire;
    wire.run('ip', 'addr', 'add', '198.51.100.99/24', 'dev', 'underlay');
    wire.run('ip', 'addr', 'add', '2001:db8:51::99/64', 'dev', 'underlay', 'nodad');
    const inject = (name: string, to: string): void => {
      const vni = Number(networks.get(name)?.status['vni']).toString(16).padStart(6, '0');
      const packet = `08000000${vni}00020000000001020000009902${'0800'}${'00'.repeat(50)}`;
      const script = `const socket = require('node:dgram').createSocket('udp${to.includes(':') ? 6 : 4}'); socket.send(Buffer.from('${packet}', 'hex'), 4789, '${to}', () => socket.close());`;
      wire.run(process.execPath, '-e', script);
    };
    for (const { name } of encrypted) for (const to of ['198.51.100.1', '2001:db8:51::1']) inject(name, to);
    inject('plain', '2001:db8:51::1');
    // A plain network believes it, so the packets are right; and it comes after the others.
    await expect.poll(received).toEqual([1, 0, 0]);
    deployment.underlay.host('h1').run('nft', 'delete', 'table', 'bridge', 'seen');
  });

  it('go on while a host’s keys are replaced, which are forgotten everywhere', async () => {
    const before = await keysOf('h1');
    const pinging = encrypted.map(({ prefix }) =>
      run('ip', [...enter(1).slice(1), 'ping', '-q', '-c1500', '-i0.01', '-W60', `${prefix}.12`]),
    );
    const answer = await deployment.request('POST', '/v1/hosts/h1/key-rotations', undefined, { prefer: 'wait=60' });
    expect(answer.status).toBe(200);
    const after = await keysOf('h1');
    expect(after.map(({ underlay, rotation }) => ({ underlay, rotation }))).toEqual([
      { underlay: 'ipv4', rotation: null },
      { underlay: 'ipv6', rotation: null },
    ]);
    for (const { publicKey } of after) expect(before.map((key) => key.publicKey)).not.toContain(publicKey);
    for (const [index, { stdout }] of (await Promise.all(pinging)).entries()) {
      const count = Number(/(\d+) received/.exec(stdout)?.[1]);
      process.stdout.write(`rotation of ${encrypted[index]?.name}: ${1500 - count} of 1500 echo requests at 10 ms lost\n`);
      expect(count).toBeGreaterThan(1400);
    }
    for (const [index, { link }] of encrypted.entries())
      await deployment.until(`h2 forgets the former key of ${link}`, () =>
        Promise.resolve(outcome([...on('h2'), 'wg', 'show', link, 'peers']).trim() === after[index]?.publicKey),
      );
    for (const { link, prefix } of encrypted) {
      await expect
        .poll(() =>
          outcome([...on('h1'), 'ip', '-o', '-6', 'addr', 'show', 'dev', link])
            .trim()
            .split('\n'),
        )
        .toHaveLength(1);
      expect(outcome([...enter(2), 'ping', '-c1', '-W60', `${prefix}.11`])).toContain(' 1 received');
    }
  });

  it('go on while a worker is away, and with the same keys when it is back', async () => {
    const before = await keysOf('h1');
    const pinging = run('ip', [...enter(1).slice(1), 'ping', '-q', '-c500', '-i0.02', '-W60', `${encrypted[0]?.prefix}.12`]);
    await deployment.kill('worker-h1');
    deployment.startWorker('h1');
    // A tunnel that is torn down for a fifth of a second costs ten; an emulated machine may lose a packet by itself.
    expect(Number(/(\d+) received/.exec((await pinging).stdout)?.[1])).toBeGreaterThan(490);
    await deployment.patch('/v1/endpoints/four-1', { spec: { aliases: ['again'] } });
    expect(await keysOf('h1')).toEqual(before);
  });

  it('leave no link behind', async () => {
    for (const { name } of encrypted) await deployment.remove(`/v1/networks/${name}?cascade=true`);
    for (const host of ['h1', 'h2']) await expect.poll(() => outcome([...on(host), 'ip', '-br', 'link'])).not.toContain('nyw');
    expect(outcome([...enter(1), 'ping', '-c1', '-W60', `${plain.prefix}.12`])).toContain(' 1 received');
  });
});
