import { sandboxNamespaceName, vethLinkName } from '@netyard/contracts';
import { ethernet, hex, ipv4, ipv4Bytes, outcome, patiently, protocols, Server, udp, vxlan } from '@netyard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgedFrames } from './attacks/forged-frames';
import { forgedMac, forgedPort, Lab, type LabNetwork, type Station } from './attacks/lab';

const tunnelPort = 4_789;
const packet = udp(1_000, forgedPort);

/** docs/security.md says of each what stops it. */
describe('an attacker who is root in a sandbox', () => {
  let lab: Lab;
  const networks = new Map<string, LabNetwork>();
  const attackers = new Map<string, Station>();
  const servers: Server[] = [];

  const network = (name: string): LabNetwork => networks.get(name) as LabNetwork;
  const attackerIn = (name: string): Station => attackers.get(name) as Station;
  const underlay = (host: string) => lab.deployment.underlay.host(host);
  const enterHost = (host: string): string[] => ['ip', 'netns', 'exec', underlay(host).name];

  beforeAll(async () => {
    lab = await Lab.start(3);
    const [ours, theirs] = [await lab.deployment.tenant('ours'), await lab.deployment.tenant('theirs')];
    for (const [name, number, spec, host, client] of [
      ['plain', 70, { driver: 'bridge' }, 'h1', lab.deployment],
      ['wide', 71, { driver: 'overlay' }, 'h1', lab.deployment],
      ['closed', 72, { driver: 'bridge', internal: true }, 'h1', lab.deployment],
      ['far', 73, { driver: 'bridge' }, 'h3', lab.deployment],
      ['rented', 74, { driver: 'bridge' }, 'h1', ours],
      ['hidden', 75, { driver: 'bridge' }, 'h1', theirs],
    ] as const) {
      const made = await lab.network(name, number, spec, host, client);
      networks.set(name, made);
      attackers.set(name, await lab.station(`mallory-${name}`, made, host, 66));
      lab.watch(made.first, attackerIn(name));
    }
    const onOther = await lab.station('wide-other', network('wide'), 'h2', 10);
    lab.watch(onOther, attackerIn('wide'));
    attackers.set('victim on h2', onOther);
    // Root goes by whatever way there is.
    for (const [name, { gateway }] of networks) {
      lab.in(attackerIn(name), 'ip', 'route', 'replace', 'default', 'via', gateway.ipv4);
      lab.in(attackerIn(name), 'ip', '-6', 'route', 'replace', 'default', 'via', gateway.ipv6);
    }
  });
  afterAll(async () => {
    for (const server of servers) await server.close();
    await lab.close();
  });

  describe.each(['plain', 'wide', 'rented'])('on a network (%s)', (name) => {
    const arrivals = async (): Promise<Record<string, number>> => {
      const { first } = network(name);
      const attacker = attackerIn(name);
      const counted: Record<string, number> = {};
      for (const { name: what, frames } of forgedFrames(attacker, first, network(name)))
        counted[what] = (counted[what] ?? 0) + (await lab.arrivals(attacker, first, frames));
      return counted;
    };

    it('says nothing that is not its own to say', async () => {
      const counted = await arrivals();
      expect(Object.entries(counted).filter(([, arrived]) => arrived > 0)).toEqual([]);
      expect(Object.keys(counted).length).toBeGreaterThan(25);
    });

    it('would say all of it without the guard', async () => {
      const path = `/v1/endpoints/mallory-${name}`;
      const { first } = network(name);
      await network(name).client.patch(path, { spec: { spoofingGuard: false } });
      for (const { name: what, frames } of forgedFrames(attackerIn(name), first, network(name)))
        // Where br_netfilter is loaded, another wall stops this one.
        if (what !== 'a packet with a loopback address') await lab.arrives(what, attackerIn(name), first, frames);
      await network(name).client.patch(path, { spec: { spoofingGuard: true } });
      lab.in(first, 'sh', '-c', 'ip neigh flush all; ip -6 route flush proto ra');
    });
  });

  it.each(['plain', 'wide'])('fills no bridge with 10,000 MAC addresses, on %s', async (name) => {
    const known = (): number => lab.onHost('h1', 'bridge', 'fdb', 'show').split('\n').length;
    const before = known();
    const { first } = network(name);
    const macs = Array.from(
      { length: 10_000 },
      (_, index) => `02:66:66:66:${(index >> 8).toString(16).padStart(2, '0')}:${(index & 255).toString(16).padStart(2, '0')}`,
    );
    const arrived = await lab.arrivals(
      attackerIn(name),
      first,
      macs.map((mac) => ethernet(mac, first.mac, 'ipv4', ipv4(first.ipv4, first.ipv4, protocols.udp, packet))),
    );
    expect(arrived).toBe(0);
    expect(known()).toBeLessThan(before + 100);
  });

  describe('with packets for tunnels', () => {
    const groups = Array.from({ length: 16 }, (_, last) => `01:80:c2:00:00:0${last.toString(16)}`);
    const forged = (): number => lab.count(network('wide').first, 'forged') + lab.count(attackerIn('victim on h2'), 'forged');
    /** A frame of the overlay network for each of its endpoints. */
    const payloads = (): Buffer[] =>
      [network('wide').first, attackerIn('victim on h2')].map((victim) => {
        const frame = ethernet(forgedMac, victim.mac, 'ipv4', ipv4('10.71.0.99', victim.ipv4, protocols.udp, packet));
        return vxlan(Number(network('wide').object.status['vni']), frame);
      });

    it.each(['plain', 'closed', 'wide', 'far', 'rented'])(
      'gets no frame into an overlay network from %s, by whatever way',
      async (name) => {
        const attacker = attackerIn(name);
        const { gateway } = network(name);
        const targets = [gateway.ipv4, underlay('h1').address, underlay('h2').address, underlay('h3').address];
        const before = forged();
        for (const payload of payloads())
          for (const target of targets)
            for (const mac of [gateway.mac, ...groups])
              for (const source of [attacker.ipv4, '198.51.100.2'])
                lab.send(attacker, [
                  ethernet(attacker.mac, mac, 'ipv4', ipv4(source, target, protocols.udp, udp(1_000, tunnelPort, payload))),
                ]);
        expect(lab.pings(attacker, gateway.ipv4)).toBe(true);
        expect(lab.pings(network('wide').first, '10.71.0.10')).toBe(true);
        expect(forged()).toBe(before);
      },
    );

    it('would get one there from the underlay, which is trusted', async () => {
      const before = forged();
      const [first, second] = payloads().map((payload) => payload.toString('hex'));
      const script = `
        const socket = require('node:dgram').createSocket('udp4');
        let left = 2;
        for (const [payload, host] of [['${first}', '${underlay('h1').address}'], ['${second}', '${underlay('h2').address}']])
          socket.send(Buffer.from(payload, 'hex'), ${tunnelPort}, host, () => --left || socket.close());`;
      outcome([...enterHost('h4'), process.execPath, '-e', script]);
      await lab.deployment.until('both arrive', async () => forged() === before + 2);
    });
  });

  describe('towards the host and beyond', () => {
    const port = 9_090;
    const urls = (addresses: string[], at = port): string[] =>
      addresses.map((address) => `http://${address.includes(':') ? `[${address}]` : address}:${at}/`);
    const addressesOf = (host: string): string[] =>
      underlay(host)
        .ip<{ addr_info: { local: string; scope: string }[] }[]>('addr')
        .flatMap(({ addr_info }) => addr_info.filter(({ scope }) => scope !== 'link').map(({ local }) => local));
    const loopback = ['127.0.0.1', '::1'];
    const walled = ['plain', 'wide', 'closed', 'rented', 'hidden'];

    beforeAll(async () => {
      const hidden = `
        const { createServer } = require('node:http');
        const answer = (_, response) => response.end('hidden');
        createServer(answer).listen(9091, '127.0.0.1', () => createServer(answer).listen(9091, '::1', () => console.log('listening')));`;
      servers.push(
        await Server.start(enterHost('h1'), { port }),
        await Server.run([...enterHost('h1'), process.execPath, '-e', hidden], /listening/),
      );
      for (const name of walled) servers.push(await Server.start(lab.deployment.enter(network(name).first.sandbox), { port: 80 }));
      underlay('h4').run('ip', 'addr', 'add', '169.254.169.254/32', 'dev', 'lo');
      underlay('h4').run('ip', 'addr', 'add', 'fd00:ec2::254/128', 'dev', 'lo');
      servers.push(await Server.start(enterHost('h4'), { port: 80 }));
      underlay('h1').run('ip', 'route', 'add', '169.254.169.254', 'via', underlay('h4').address);
      underlay('h1').run('ip', '-6', 'route', 'add', 'fd00:ec2::254', 'via', underlay('h4').ipv6Address);
      await lab.deployment.publish('plain-first', { protocol: 'tcp', port: 80, hostPort: 18_080, hostAddress: '127.0.0.1' });
    });

    it.each(['closed', 'rented', 'hidden'])('reaches no service of the host at any address, from %s', (name) => {
      const addresses = addressesOf('h1');
      expect(addresses.filter((address) => address.startsWith('100.64.'))).toHaveLength(2);
      expect(lab.reached(enterHost('h1'), urls(addresses), patiently)).toEqual(urls(addresses));
      expect(lab.reached(lab.deployment.enter(attackerIn(name).sandbox), urls(addresses))).toEqual([]);
      const { linkLocal } = network(name).gateway;
      expect(lab.in(attackerIn(name), 'curl', '-sS', '-g', '--max-time', '1', `http://[${linkLocal}%eth0]:${port}/`)).toMatch(/^failed/);
    });

    it.each(walled)('reaches nothing that listens on the host’s loopback, from %s', (name) => {
      const addresses = addressesOf('h1').filter((address) => !loopback.includes(address));
      const wanted = [...urls(addresses, 9_091), ...urls(addresses, 18_080)];
      expect(lab.reached(lab.deployment.enter(attackerIn(name).sandbox), wanted)).toEqual([]);
      expect(lab.reached(enterHost('h1'), [...urls(loopback, 9_091), ...urls(['127.0.0.1'], 18_080)], patiently)).toHaveLength(3);
    });

    it.each(walled)('does not reach 127.0.0.1 of the host with packets of its own making, from %s', (name) => {
      const { gateway } = network(name);
      const counter = (): number =>
        Number(/packets (\d+)/.exec(lab.onHost('h1', 'nft', 'list', 'counter', 'inet', 'watch', 'loopback'))?.[1]);
      lab.onHost(
        'h1',
        'nft',
        'table inet watch { counter loopback { }; chain in { type filter hook input priority 10; iifname != "lo" ip daddr 127.0.0.0/8 counter name loopback; }; }',
      );
      const before = counter();
      lab.send(attackerIn(name), [
        ethernet(attackerIn(name).mac, gateway.mac, 'ipv4', ipv4(attackerIn(name).ipv4, '127.0.0.1', protocols.udp, udp(1_000, 9_091))),
      ]);
      expect(lab.pings(attackerIn(name), gateway.ipv4)).toBe(true);
      expect(counter()).toBe(before);
    });

    it.each(walled)('reaches no metadata of the cloud from %s', (name) => {
      const metadata = urls(['169.254.169.254', 'fd00:ec2::254'], 80);
      expect(lab.reached(enterHost('h1'), metadata, patiently)).toEqual(metadata);
      expect(lab.reached(lab.deployment.enter(attackerIn(name).sandbox), metadata)).toEqual([]);
    });

    it.each(walled)('reaches no other network from %s, by routes or source routes', async (name) => {
      const others = walled.filter((other) => other !== name).map((other) => network(other).first);
      const urlsOf = (stations: Station[]): string[] =>
        urls(
          stations.flatMap(({ ipv4: address, ipv6 }) => [address, ipv6]),
          80,
        );
      const reached = (stations: Station[], seconds?: number): string[] =>
        lab.reached(lab.deployment.enter(attackerIn(name).sandbox), urlsOf(stations), seconds);
      expect(reached([network(name).first], patiently)).toEqual(urlsOf([network(name).first]));
      expect(reached(others)).toEqual([]);
      const { gateway } = network(name);
      for (const other of others) {
        const before = lab.count(other, 'forged');
        const { mac, ipv4: own } = attackerIn(name);
        // Loose source and record route (RFC 791 section 3.1).
        const route = hex('830704', ipv4Bytes(other.ipv4), '00');
        lab.send(attackerIn(name), [
          ethernet(mac, gateway.mac, 'ipv4', ipv4(own, gateway.ipv4, protocols.udp, packet, route)),
          ethernet(mac, gateway.mac, 'ipv4', ipv4(own, other.ipv4, protocols.udp, packet)),
        ]);
        expect(lab.pings(attackerIn(name), gateway.ipv4)).toBe(true);
        expect(lab.count(other, 'forged')).toBe(before);
      }
    });
  });

  describe('with its own interface', () => {
    const enter = (): string[] => lab.deployment.enter(attackerIn('plain').sandbox);
    const others = (): boolean =>
      lab.pings(network('plain').first, network('plain').gateway.ipv4) && lab.pings(network('wide').first, '10.71.0.10');
    const isBack = (): Promise<void> =>
      lab.deployment.until('the interface is as it should be', async () => lab.pings(attackerIn('plain'), network('plain').gateway.ipv4));

    it.each([
      ['deletes it', 'ip link del eth0'],
      ['takes it down', 'ip link set eth0 down'],
      ['flushes its addresses', 'ip addr flush dev eth0'],
      ['calls it otherwise', 'ip link set eth0 down; ip link set eth0 name mine; ip link set mine up'],
      ['makes it too small for IPv6', 'ip link set eth0 mtu 68; ip link set eth0 mtu 1500'],
      ['calls it another’s', 'ip link set eth0 alias netyard:endpoint:0192d3a0-0000-7000-8000-0c0000000001; ip link del eth0'],
      [
        'stacks links on it',
        'ip link add link eth0 name v5 type vlan id 5 2>/dev/null; ip link add link eth0 name m0 type macvlan; ip link set eth0 promisc on; ip link set m0 up',
      ],
    ])('harms nobody else when it %s', async (_, command) => {
      outcome([...enter(), 'sh', '-c', command]);
      expect(others()).toBe(true);
      await isBack();
    });

    it('harms nobody else when it moves it away', async () => {
      const holder = await Server.run([...enter(), 'unshare', '--net', 'sh', '-c', 'echo $$; exec sleep 600'], /^\d+$/);
      try {
        outcome([...enter(), 'ip', 'link', 'set', 'eth0', 'netns', String(holder.process.pid)]);
        expect(others()).toBe(true);
      } finally {
        await holder.close();
      }
      await isBack();
    });

    it('harms nobody else when it puts another in its place', async () => {
      outcome([...enter(), 'sh', '-c', 'ip link del eth0; ip link add eth0 type dummy; ip link add eth0 type dummy; ip link set eth0 up']);
      expect(others()).toBe(true);
      outcome([...enter(), 'ip', 'link', 'del', 'eth0']);
      await isBack();
    });

    it('leaves nothing behind, whatever it called its namespace', async () => {
      const { sandbox, name } = attackerIn('plain');
      outcome([...enter(), 'ip', 'link', 'set', 'lo', 'alias', 'mine']);
      const { body } = await lab.deployment.get(`/v1/endpoints/${name}`);
      await lab.deployment.remove(`/v1/endpoints/${name}`);
      await lab.deployment.remove(`/v1/sandboxes/${name}`);
      expect(outcome(['ip', 'netns', 'list'])).not.toContain(sandboxNamespaceName(sandbox.metadata.id));
      expect(lab.onHost('h1', 'ip', 'link')).not.toContain(vethLinkName(body.metadata.id));
    });
  });
});
