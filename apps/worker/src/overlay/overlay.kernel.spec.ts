import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DesiredEndpoint, DesiredNetwork } from '@netyard/contracts';
import { addAddress, addVeth, getLink, listForwarding, listNeighbours, setLink } from '@netyard/netlink';
import { endpoint, networkId, overlay, peerOf, sandbox } from '../testing/desired';
import { TestHost } from '../testing/test-host';

const run = promisify(execFile);
const dualEndpoint = (number: number): DesiredEndpoint =>
  endpoint(number, 1, { addresses: [`198.18.1.${number + 1}/24`, `2001:db8:1::${number + 1}/64`] });
const one = dualEndpoint(1);
const two = dualEndpoint(2);

/** Two hosts, a wire between them, and one overlay network over it; endpoint 1 on the first host, endpoint 2 on the second. */
describe.each([
  { version: 'IPv4', addresses: ['198.51.100.1', '198.51.100.2'], prefixLength: 24 },
  { version: 'IPv6', addresses: ['2001:db8:51::1', '2001:db8:51::2'], prefixLength: 64 },
])('an overlay over $version', ({ addresses, prefixLength }) => {
  const [here = '', there = ''] = addresses;
  const networkHere = (over: Partial<DesiredNetwork> = {}): DesiredNetwork => overlay(1, 1, here, over);
  let hosts: [TestHost, TestHost];

  beforeAll(async () => {
    hosts = [await TestHost.start(), await TestHost.start()];
    const [first, second] = hosts;
    first.namespace.netlink((socket) =>
      socket.request(addVeth({ name: 'eth0', mtuBytes: 1500, peer: { name: 'eth0', namespace: second.namespace.namespace } })),
    );
    for (const [index, host] of hosts.entries())
      host.namespace.netlink((socket) => {
        const link = getLink(socket, 'eth0')?.index ?? 0;
        socket.request(addAddress(link, `${addresses[index]}/${prefixLength}`));
        socket.request(setLink(link, { up: true }));
      });
    first.snapshot(networkHere(), sandbox(1), one, peerOf(two, there));
    second.snapshot(overlay(1, 2, there), sandbox(2), two, peerOf(one, here));
    await first.ready(networkHere(), sandbox(1), one);
    await second.ready(overlay(1, 2, there), sandbox(2), two);
  });
  afterAll(async () => {
    for (const host of hosts) await host.close();
  });

  let generation = 1;
  /** What was sent before is done when this resolves: nobody tells of a peer that has gone. */
  const settled = (host: TestHost): Promise<void> => host.realise(sandbox(host === hosts[0] ? 1 : 2, { generation: ++generation }));

  const entriesOf = (host: TestHost) =>
    host.namespace.netlink((socket) => ({
      forwarding: listForwarding(socket, getLink(socket, 'nyx00000001')?.index ?? 0),
      neighbours: listNeighbours(socket, getLink(socket, 'ny-00000001')?.index ?? 0)
        .filter(({ state }) => state === 'permanent')
        .map(({ address }) => address)
        .sort(),
    }));
  const known = {
    forwarding: [{ macAddress: two.macAddress, destination: there, onBridge: true, isExternal: false }],
    neighbours: ['198.18.1.3', '2001:db8:1::3'],
  };

  it('connects endpoints on different hosts, of both versions of IP, at full size', () => {
    const [first, second] = hosts;
    expect(first.pings(1, '198.18.1.3')).toBe(true);
    expect(first.pings(1, '2001:db8:1::3')).toBe(true);
    expect(second.pings(2, '198.18.1.2')).toBe(true);
    expect(first.runInSandbox(1, 'ping', '-c1', '-W30', '-M', 'do', '-s', String(1430 - 28), '198.18.1.3')).toContain('1 received');
    expect(entriesOf(first)).toEqual(known);
  });

  it('loses no packet while the worker is killed and started again', async () => {
    const [first] = hosts;
    const pinging = run('nsenter', [`--net=${first.sandboxPath(sandbox(1).id)}`, 'ping', '-q', '-c1000', '-i0.003', '-W30', '198.18.1.3']);
    await first.kill();
    first.startProcess();
    first.snapshot(networkHere(), sandbox(1), one, peerOf(two, there));
    await first.ready(networkHere(), sandbox(1), one);
    expect((await pinging).stdout).toContain(' 1000 received');
  });

  it('lets a host reach endpoints of others by an address of its own', async () => {
    const [first, second] = hosts;
    const hostItself = peerOf(one, here, {
      id: networkId(99) as never,
      macAddress: '0a:00:00:00:00:01',
      addresses: ['198.18.1.251'],
      names: [],
    });
    second.upsert(hostItself);
    await second.ready(hostItself);
    expect(first.namespace.run('ping', '-c1', '-W30', '198.18.1.3')).toContain('1 received');
    second.send({ type: 'delete', kind: 'peer', id: hostItself.id });
    await settled(second);
    expect(entriesOf(second).neighbours).toEqual(['198.18.1.2', '2001:db8:1::2']);
  });

  it('answers for names of endpoints on other hosts', () => {
    const [first] = hosts;
    expect(first.runInSandbox(1, 'dig', '+short', '+tries=1', '@127.0.0.11', 'endpoint-2').trim()).toBe('198.18.1.3');
    expect(first.runInSandbox(1, 'dig', '+short', '+tries=1', '@127.0.0.11', '-x', '198.18.1.3').trim()).toBe('endpoint-2.net-1.');
  });

  it('withdraws a peer, and takes it back', async () => {
    const [first] = hosts;
    first.send({ type: 'delete', kind: 'peer', id: two.id });
    await settled(first);
    expect(entriesOf(first)).toEqual({ forwarding: [], neighbours: [] });
    expect(first.pings(1, '198.18.1.3', 1)).toBe(false);
    expect(first.runInSandbox(1, 'dig', '+short', '+tries=1', '@127.0.0.11', 'endpoint-2').trim()).toBe('');
    first.upsert(peerOf(two, there));
    await first.ready(peerOf(two, there));
    expect(first.pings(1, '198.18.1.3')).toBe(true);
  });

  it('follows a peer to another host', async () => {
    const [first] = hosts;
    const elsewhere = there.replace(/2$/, '9');
    await first.realise(peerOf(two, elsewhere, { generation: 2 }));
    expect(entriesOf(first).forwarding).toEqual([
      { macAddress: two.macAddress, destination: elsewhere, onBridge: true, isExternal: false },
    ]);
    await first.realise(peerOf(two, there, { generation: 3 }));
    expect(first.pings(1, '198.18.1.3')).toBe(true);
  });

  it('makes a tunnel anew that somebody deletes, with all of its entries', async () => {
    const [first] = hosts;
    const before = first.events.length;
    first.namespace.run('ip', 'link', 'del', 'nyx00000001');
    await first.until('drift is told', () => first.events.length > before);
    expect(first.events[before]).toMatchObject({
      kind: 'network',
      reason: 'DriftRepaired',
      message: expect.stringContaining('type vxlan'),
    });
    expect(entriesOf(first)).toEqual(known);
    expect(first.pings(1, '198.18.1.3')).toBe(true);
  });

  it('begins again with what stands, without the entries of those who left meanwhile', async () => {
    const [first] = hosts;
    await first.kill();
    const bridgeIndex = first.namespace.netlink((socket) => getLink(socket, 'ny-00000001')?.index ?? 0);
    first.namespace.run('bridge', 'fdb', 'add', '02:00:00:00:00:77', 'dev', 'nyx00000001', 'dst', there, 'self', 'static');
    first.namespace.run('ip', 'neigh', 'add', '198.18.1.77', 'lladdr', '02:00:00:00:00:77', 'dev', 'ny-00000001', 'nud', 'permanent');
    first.startProcess();
    first.snapshot(networkHere(), sandbox(1, { generation }), one, peerOf(two, there, { generation: 3 }));
    await first.ready(networkHere(), sandbox(1, { generation }), one, peerOf(two, there, { generation: 3 }));
    await settled(first);
    expect(entriesOf(first)).toEqual(known);
    expect(first.namespace.netlink((socket) => getLink(socket, 'ny-00000001')?.index)).toBe(bridgeIndex);
    expect(first.pings(1, '198.18.1.3')).toBe(true);
  });

  it('leaves what a routing daemon has learned, beside its own entries and in their place', async () => {
    const [first] = hosts;
    const run = (program: string, ...args: string[]): string => first.namespace.run(program, ...args);
    const destination = there.replace(/2$/, '9');
    const fdb = ['dev', 'nyx00000001', 'dst', destination];
    run('bridge', 'fdb', 'add', '02:00:00:00:00:88', ...fdb, 'self', 'dynamic', 'extern_learn');
    run('bridge', 'fdb', 'add', '02:00:00:00:00:88', 'dev', 'nyx00000001', 'master', 'dynamic', 'extern_learn');
    for (const [address, macAddress] of [
      ['198.18.1.88', '02:00:00:00:00:88'],
      ['198.18.1.3', two.macAddress ?? ''],
    ] as const)
      run('ip', 'neigh', 'replace', address, 'lladdr', macAddress, 'dev', 'ny-00000001', 'nud', 'noarp', 'extern_learn');
    const before = run('ip', 'neigh', 'show', 'dev', 'ny-00000001', 'nud', 'noarp');
    run('bridge', 'fdb', 'add', '02:00:00:00:00:77', ...fdb, 'self', 'static');
    // What makes the worker look at all entries.
    const told = first.events.length;
    run('bridge', 'fdb', 'del', two.macAddress ?? '', 'dev', 'nyx00000001', 'self');
    await first.until('drift is told', () => first.events.length > told);
    await settled(first);
    const forwarding = entriesOf(first).forwarding.sort((a, b) => a.macAddress.localeCompare(b.macAddress));
    expect(forwarding).toEqual([...known.forwarding, { macAddress: '02:00:00:00:00:88', destination, onBridge: true, isExternal: true }]);
    expect(run('ip', 'neigh', 'show', 'dev', 'ny-00000001', 'nud', 'noarp')).toBe(before);
    expect(before).toContain('198.18.1.3');
    run('bridge', 'fdb', 'del', '02:00:00:00:00:88', 'dev', 'nyx00000001', 'self');
    run('bridge', 'fdb', 'del', '02:00:00:00:00:88', 'dev', 'nyx00000001', 'master');
    for (const address of ['198.18.1.88', '198.18.1.3']) run('ip', 'neigh', 'del', address, 'dev', 'ny-00000001');
    await settled(first);
  });

  it('takes another MTU over without a break', async () => {
    const [first] = hosts;
    const smaller = networkHere({ generation: 2, options: { ...networkHere().options, mtuBytes: 1400 } });
    const indexOf = () => first.inSandbox<{ ifname: string; ifindex: number; mtu: number }>(1, 'link', 'show', 'eth0')[0];
    const before = indexOf();
    first.runInSandbox(1, 'ip', 'route', 'add', '203.0.113.0/24', 'via', '198.18.1.3');
    first.upsert(smaller);
    await first.ready(smaller);
    await settled(first);
    expect(indexOf()?.mtu).toBe(1400);
    expect(indexOf()?.ifindex).toBe(before?.ifindex);
    expect(first.runInSandbox(1, 'ip', 'route', 'show', '203.0.113.0/24')).toContain('via 198.18.1.3');
    expect(first.pings(1, '198.18.1.3')).toBe(true);
  });

  it('lets nobody in a sandbox speak to the tunnels', () => {
    const [first, second] = hosts;
    const counter = (host: TestHost): number =>
      host.namespace.ip<{ stats64: { rx: { packets: number } } }[]>('-s', 'link', 'show', 'nyx00000001')[0]?.stats64.rx.packets ?? 0;
    const before = [counter(first), counter(second)];
    // A VXLAN header with the network's number, and no frame of sense after it.
    const send = `
      const socket = require('node:dgram').createSocket('udp${here.includes(':') ? 6 : 4}');
      const packet = Buffer.concat([Buffer.of(8, 0, 0, 0, 0, 16, 1, 0), Buffer.alloc(60)]);
      let left = 2;
      for (const host of ['${here}', '${there}']) socket.send(packet, 4789, host, () => --left === 0 && socket.close());`;
    first.runInSandbox(1, process.execPath, '-e', send);
    expect([counter(first), counter(second)]).toEqual(before);
  });

  it('leaves nothing behind', async () => {
    const [first] = hosts;
    const going = [networkHere({ generation: 3, deleted: true }), { ...one, generation: 2, deleted: true }];
    first.upsert(...going);
    await first.gone(...going);
    expect(first.links()).toEqual([]);
    expect(first.namespace.run('nft', 'list', 'set', 'inet', 'netyard', 'bridges')).not.toContain('ny-00000001');
  });
});
