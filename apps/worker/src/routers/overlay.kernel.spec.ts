import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DesiredEndpoint, DesiredNetwork, PeerId } from '@netyard/contracts';
import { addAddress, addVeth, getLink, setLink } from '@netyard/netlink';
import { outcome, Server } from '@netyard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endpoint, networkId, overlay, peerOf, port, router, routerId, sandbox, sandboxId } from '../testing/desired';
import { TestHost } from '../testing/test-host';

const [here, there] = ['198.51.100.1', '198.51.100.2'] as const;

/** Two tenants with overlays of the same subnets over two hosts; endpoints 1 and 3 on the first, 2 and 4 on the second, 1 and 3 with the same address, and so 2 and 4. */
const networkOn = (tenant: 1 | 2, host: 1 | 2): DesiredNetwork => {
  const { subnets, hostAddresses } = overlay(1, host, here);
  return overlay(tenant, host, host === 1 ? here : there, { subnets, hostAddresses, routerId: routerId(2 * host - 2 + tenant) });
};
const member = (tenant: 1 | 2, host: 1 | 2): DesiredEndpoint =>
  endpoint(2 * tenant - 2 + host, tenant, { addresses: [`198.18.1.${host + 1}/24`, `2001:db8:1::${host + 1}/64`] });

let hosts: [TestHost, TestHost];
let server: Server;
const enter = (host: TestHost, number: number): string[] => ['nsenter', `--net=${host.sandboxPath(sandboxId(number))}`];

beforeAll(async () => {
  hosts = [await TestHost.start(), await TestHost.start()];
  const [first, second] = hosts;
  first.namespace.netlink((socket) =>
    socket.request(addVeth({ name: 'eth0', mtuBytes: 1500, peer: { name: 'eth0', namespace: second.namespace.namespace } })),
  );
  for (const [index, host] of hosts.entries()) {
    host.namespace.netlink((socket) => {
      const link = getLink(socket, 'eth0')?.index ?? 0;
      socket.request(addAddress(link, `${index === 0 ? here : there}/24`));
      socket.request(setLink(link, { up: true }));
    });
    const own = index === 0 ? 1 : 2;
    const other = own === 1 ? 2 : 1;
    const objects = ([1, 2] as const).flatMap((tenant) => [
      router(2 * own - 2 + tenant),
      networkOn(tenant, own),
      sandbox(2 * tenant - 2 + own),
      peerOf(member(tenant, other), own === 1 ? there : here),
      member(tenant, own),
    ]);
    host.snapshot(...objects);
    await host.ready(...objects);
  }
  server = await Server.start(enter(first, 1), { port: 80 });
});
afterAll(async () => {
  await server.close();
  for (const host of hosts) await host.close();
});

describe('overlays of two tenants over the same hosts, with the same subnets and addresses', () => {
  it('connect their own endpoints, and no others, at full size', () => {
    const [first, second] = hosts;
    expect([first.pings(1, '198.18.1.3'), first.pings(3, '2001:db8:1::3'), second.pings(4, '198.18.1.2')]).toEqual([true, true, true]);
    expect(first.runInSandbox(1, 'ping', '-c1', '-W30', '-M', 'do', '-s', String(1430 - 28), '198.18.1.3')).toContain('1 received');
    const curl = (number: number): string => outcome([...enter(second, number), 'curl', '-sS', '--max-time', '30', 'http://198.18.1.2/']);
    // Endpoint 3, which endpoint 4 finds at that address, serves nothing.
    expect([curl(2), curl(4).slice(0, 7)]).toEqual(['198.18.1.3', 'failed:']);
    expect(outcome([...enter(first, 3), 'dig', '@127.0.0.11', '+short', '+tries=1', 'endpoint-4'])).toBe('198.18.1.3');
  });

  it('have their tunnels in their routers, which leave by the host', () => {
    const [first] = hosts;
    expect(first.links()).toEqual(['nyr00000001', 'nyr00000002']);
    expect(outcome(['nsenter', `--net=${first.netnsDirectory}/ny-r00000001`, 'ip', '-br', 'link'])).toContain('nyx00000001');
    expect(first.namespace.run('ss', '-Huln', 'sport', '=', ':4789')).toContain('4789');
    expect(outcome(['nsenter', `--net=${first.netnsDirectory}/ny-r00000001`, 'ss', '-Huln'])).toBe('');
  });

  it.each([
    ['bridge', 'fdb', 'del', '02:00:00:00:00:02', 'dev', 'nyx00000001', 'self'],
    ['ip', 'neigh', 'del', '198.18.1.3', 'dev', 'ny-00000001'],
  ])('get back at once what somebody takes from a router: %s %s', async (...command) => {
    const [first] = hosts;
    const before = first.events.length;
    first.namespace.run('nsenter', `--net=${first.netnsDirectory}/ny-r00000001`, ...command);
    const isTold = (): boolean => first.events.slice(before).some(({ id, reason }) => id === networkId(1) && reason === 'DriftRepaired');
    await first.until('an event', isTold);
    await expect.poll(() => first.pings(1, '198.18.1.3'), { timeout: 30_000 }).toBe(true);
  });

  it('publish ports of an endpoint on the other host too, which sees an address of this one', async () => {
    const [first, second] = hosts;
    const hostItself = peerOf(member(1, 2), there, {
      id: networkId(99) as string as PeerId,
      macAddress: '0a:00:00:00:00:02',
      addresses: ['198.18.1.252'],
      names: [],
    });
    await first.realise(hostItself);
    const relayed = port(1, 1, { hostPort: 8081, routerPort: 20_000 });
    await second.realise(relayed);
    const curl = (): string => second.namespace.run('curl', '-sS', '--max-time', '30', `http://${there}:8081/`).trim();
    expect(curl()).toBe('198.18.1.252');
    await second.kill();
    second.startProcess();
    const [one, two] = [1, 2] as const;
    const objects = [one, two].flatMap((tenant) => [
      router(2 + tenant),
      networkOn(tenant, 2),
      sandbox(2 * tenant),
      peerOf(member(tenant, 1), here),
      member(tenant, 2),
    ]);
    second.snapshot(...objects, relayed);
    await second.ready(...objects, relayed);
    expect(curl()).toBe('198.18.1.252');
    expect(second.pings(2, '198.18.1.2')).toBe(true);
  });

  it('go without a trace on a host, and nothing changes for the others there', async () => {
    const [first, second] = hosts;
    const going = [networkOn(1, 2), member(1, 2), router(3)].map((object) => ({ ...object, generation: 2, deleted: true }));
    second.send({ type: 'delete', kind: 'port', id: port(1, 1).id });
    second.upsert(...going);
    await second.gone(...going);
    expect(existsSync(join(second.netnsDirectory, 'ny-r00000003'))).toBe(false);
    expect(second.namespace.run('nft', 'list', 'ruleset')).not.toContain(networkId(1).slice(-8));
    expect(second.pings(4, '198.18.1.2')).toBe(true);
    expect(first.pings(3, '198.18.1.3')).toBe(true);
  });
});
