import { datagramAnswer, Server, outcome, TestNamespace } from '@netyard/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DesiredEndpoint, DesiredPeer, DesiredPort } from '@netyard/contracts';
import { endpoint, overlay, peerOf, port, sandbox, sandboxId } from '../testing/desired';
import { TestHost } from '../testing/test-host';

const wire = { here: '198.51.100.1', there: '198.51.100.2', outside: '198.51.100.3' };
const own = { four: '198.18.1.251', six: '2001:db8:1::fff1' };
const dual = (number: number, over: Partial<DesiredEndpoint> = {}): DesiredEndpoint =>
  endpoint(number, 1, { addresses: [`198.18.1.${number + 1}/24`, `2001:db8:1::${number + 1}/64`], ...over });
const remote = dual(2);
const peer = peerOf(remote, wire.there);
/** The other host itself, and this one as that knows it. */
const hostPeer = (number: number, tunnelAddress: string): DesiredPeer =>
  peerOf(dual(10 + number), tunnelAddress, {
    macAddress: `0a:00:00:00:00:0${number}`,
    addresses: [`198.18.1.${250 + number}`, `2001:db8:1::fff${number}`],
    names: [],
  });

/** A host that publishes ports of an endpoint on another one, and a client outside. */
let here: TestHost;
let there: TestHost;
let outside: TestNamespace;
let switchboard: TestNamespace;
const servers: Server[] = [];

const inside = (namespace: TestNamespace, ...command: string[]): string => outcome(['nsenter', `--net=${namespace.path}`, ...command]);
/** Where nobody is to answer, a second will do. */
const curl = (address: string, seconds = 30): string[] => ['curl', '-sS', '-g', '--max-time', String(seconds), `http://${address}/`];
/** Without the sources whose flows are being counted, which come and go with packets. */
const elements = (): string =>
  inside(here.namespace, 'nft', 'list', 'table', 'inet', 'netyard').replaceAll(/\n\t+elements = \{[^}]*ct count over[^}]*\}/g, '');
const published: DesiredPort[] = [
  port(1, 2, { hostPort: 8080 }),
  port(2, 2, { hostPort: 8080, hostAddress: '::' }),
  port(3, 2, { hostPort: 5353, port: 53, protocol: 'udp' }),
  port(4, 2, { hostPort: 8090, hostAddress: '127.0.0.1' }),
  port(5, 2, { hostPort: 9079, port: 79, count: 3, allowedSources: [`${wire.outside}/32`] }),
];

beforeAll(async () => {
  [here, there] = [await TestHost.start(), await TestHost.start()];
  [outside, switchboard] = [new TestNamespace('outside'), new TestNamespace('wire')];
  switchboard.run('ip', 'link', 'add', 'wire', 'up', 'type', 'bridge');
  for (const [namespace, address] of [
    [here.namespace, wire.here],
    [there.namespace, wire.there],
    [outside, wire.outside],
  ] as const) {
    switchboard.run(
      'ip',
      'link',
      'add',
      `to-${address.at(-1)}`,
      'master',
      'wire',
      'up',
      'type',
      'veth',
      'peer',
      'name',
      'eth0',
      'netns',
      namespace.name,
    );
    namespace.run('ip', 'addr', 'add', `${address}/24`, 'dev', 'eth0');
    namespace.run('ip', 'addr', 'add', `2001:db8:51::${address.at(-1)}/64`, 'dev', 'eth0', 'nodad');
    namespace.run('ip', 'link', 'set', 'eth0', 'up');
  }
  there.snapshot(overlay(1, 2, wire.there), sandbox(2), remote, hostPeer(1, wire.here));
  await there.ready(overlay(1, 2, wire.there), sandbox(2), remote);
  here.snapshot(overlay(1, 1, wire.here), peer, hostPeer(2, wire.there), ...published);
  await here.ready(overlay(1, 1, wire.here), ...published);
  const enter = ['nsenter', `--net=${there.sandboxPath(sandboxId(2))}`];
  servers.push(await Server.start(enter, { port: 80 }), await Server.start(enter, { port: 53, protocol: 'udp' }));
});
afterAll(async () => {
  for (const server of servers) await server.close();
  for (const host of [here, there]) await host.close();
  for (const namespace of [outside, switchboard]) namespace.close();
});

it('leads to an endpoint on another host, which sees this host’s own address in the network', () => {
  expect(inside(outside, ...curl(`${wire.here}:8080`))).toBe(own.four);
  expect(inside(outside, ...curl('[2001:db8:51::1]:8080'))).toBe(own.six);
  expect(datagramAnswer(['nsenter', `--net=${outside.path}`], wire.here, 5353)).toBe(own.four);
});

it('leads the host itself there, by its addresses and by localhost', () => {
  for (const address of [`${wire.here}:8080`, '127.0.0.1:8080', '127.0.0.1:8090'])
    expect(inside(here.namespace, ...curl(address))).toBe(own.four);
  expect(inside(outside, ...curl(`${wire.here}:8090`, 1))).toMatch(/^failed/);
});

it('lets in whom the port allows, by the client’s own address', () => {
  expect(inside(outside, ...curl(`${wire.here}:9080`))).toBe(own.four);
  expect(inside(there.namespace, ...curl(`${wire.here}:9080`, 1))).toMatch(/^failed/);
});

it('knows each address that takes a client’s place, and whose it is', () => {
  expect(elements()).toContain(`"ny-00000001" . tcp . 8080 comment "${published[0]?.id}" : ${own.four}`);
  expect(elements()).toContain(`"ny-00000001" . tcp . 8080 comment "${published[1]?.id}" : ${own.six}`);
});

it('changes nothing when the worker starts again, and puts back what is taken away', async () => {
  const before = elements();
  await here.kill();
  here.startProcess();
  here.snapshot(overlay(1, 1, wire.here), peer, hostPeer(2, wire.there), ...published);
  await here.ready(overlay(1, 1, wire.here), ...published);
  expect(elements()).toBe(before);
  expect(here.events).toEqual([]);
  inside(here.namespace, 'ip', 'link', 'del', 'ny-00000001');
  const newer = overlay(1, 1, wire.here, { generation: 2 });
  await here.realise(newer);
  const again = port(4, 2, { hostPort: 8090, hostAddress: '127.0.0.1', generation: 2 });
  await here.realise(again);
  expect(inside(here.namespace, ...curl('127.0.0.1:8090'))).toBe(own.four);
  expect(inside(outside, ...curl(`${wire.here}:8080`))).toBe(own.four);
});

it('waits for a process that listens on the port, and names it', async () => {
  const listener = await Server.start(['nsenter', `--net=${here.namespace.path}`], { port: 7070 });
  const wanted = port(6, 2, { hostPort: 7070 });
  here.upsert(wanted);
  await here.until('it is told', () => here.reports.get(wanted.id)?.conditions[0]?.reason === 'PortInUse');
  expect(here.reports.get(wanted.id)?.conditions[0]?.message).toContain(`node (pid ${listener.process.pid}) listens on tcp`);
  await listener.close();
  await here.ready(wanted);
  expect(inside(outside, ...curl(`${wire.here}:7070`))).toBe(own.four);
  here.upsert({ ...wanted, deleted: true, generation: 2 });
  await here.gone({ ...wanted, generation: 2 });
});

it('waits for a network that cannot stand', async () => {
  const failing = overlay(1, 1, wire.here, { generation: 3, tunnel: null });
  here.upsert(failing, { ...(published[0] as DesiredPort), generation: 3 });
  await here.until('both are told', () =>
    [failing.id, published[0]?.id ?? ''].every((id) => here.reports.get(id)?.observedGeneration === 3),
  );
  expect(here.reports.get(published[0]?.id ?? '')?.conditions[0]).toMatchObject({
    status: 'False',
    reason: 'MissingPart',
    message: 'network net-1, by which endpoint endpoint-2 is reached, does not stand on this host',
  });
  await here.realise(overlay(1, 1, wire.here, { generation: 4 }), { ...(published[0] as DesiredPort), generation: 4 });
  expect(inside(outside, ...curl(`${wire.here}:8080`))).toBe(own.four);
});

it('leads to the endpoint itself when it comes here, whose server sees the client', async () => {
  const ids = published.map(({ id }) => id);
  here.send({ type: 'delete', kind: 'peer', id: peer.id }, ...ids.map((id) => ({ type: 'delete', kind: 'port', id }) as const));
  await here.realise(sandbox(3), dual(3));
  for (const id of ids) expect(elements()).not.toContain(id);
  const moved = { ...remote, generation: 5, sandboxId: sandbox(3).id, interfaceName: 'eth1' };
  const led = { ...(published[0] as DesiredPort), generation: 5 };
  await here.realise(moved, led);
  const server = await Server.start(['nsenter', `--net=${here.sandboxPath(sandboxId(3))}`], { port: 80 });
  expect(elements()).not.toMatch(/relayed4 \{[^}]*elements/);
  expect(inside(outside, ...curl(`${wire.here}:8080`))).toBe(wire.outside);
  await server.close();
});

it('goes with its network', async () => {
  const gone = overlay(1, 1, wire.here, { generation: 6, deleted: true });
  here.send({ type: 'delete', kind: 'endpoint', id: remote.id }, { type: 'delete', kind: 'endpoint', id: dual(3).id });
  await here.realise(sandbox(4));
  here.upsert({ ...peer, generation: 6 }, { ...(published[0] as DesiredPort), generation: 6 });
  await here.ready({ ...(published[0] as DesiredPort), generation: 6 });
  here.upsert(gone);
  await here.gone(gone);
  expect(here.links()).toEqual([]);
  expect(elements()).not.toContain(published[0]?.id);
});
