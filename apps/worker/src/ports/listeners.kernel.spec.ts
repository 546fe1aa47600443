import type { DesiredPort } from '@netyard/contracts';
import { Server, TestNamespace } from '@netyard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { port, portId } from '../testing/desired';
import { findListeners } from './listeners';

let host: TestNamespace;
const servers: Server[] = [];

/** Listens on an address; `udp6` and `::` take both families unless they are told otherwise. */
async function listen(protocol: 'tcp' | 'udp4' | 'udp6', address: string, number: number): Promise<void> {
  const program =
    protocol === 'tcp'
      ? `require('node:net').createServer().listen(${number}, '${address}', () => console.log('listening'))`
      : `require('node:dgram').createSocket('${protocol}').bind(${number}, '${address}', () => console.log('listening'))`;
  servers.push(await Server.run(['nsenter', `--net=${host.path}`, process.execPath, '-e', program], /listening/));
}

beforeAll(async () => {
  host = new TestNamespace('listen');
  host.run('ip', 'addr', 'add', '192.0.2.1/32', 'dev', 'lo');
  host.run('ip', 'addr', 'add', '2001:db8::1/128', 'dev', 'lo', 'nodad');
  await listen('tcp', '0.0.0.0', 1001);
  await listen('tcp', '192.0.2.1', 1002);
  await listen('tcp', '::', 1003);
  await listen('tcp', '2001:db8::1', 1004);
  await listen('udp4', '192.0.2.1', 1005);
  await listen('udp6', '2001:db8::1', 1006);
});
afterAll(async () => {
  for (const server of servers) await server.close();
  host.close();
});

describe('what listens on the host', () => {
  it.each<{ what: string; in: Partial<DesiredPort>; by?: string; number?: number }>([
    { what: 'on all addresses clashes with the same', in: { hostPort: 1001 }, by: 'tcp 0.0.0.0:1001', number: 0 },
    {
      what: 'on all addresses clashes with any of them',
      in: { hostPort: 1001, hostAddress: '192.0.2.9' },
      by: 'tcp 0.0.0.0:1001',
      number: 0,
    },
    { what: 'on all addresses of IPv4 leaves IPv6', in: { hostPort: 1001, hostAddress: '::' } },
    { what: 'on one address clashes with the wildcard', in: { hostPort: 1002 }, by: 'tcp 192.0.2.1:1002', number: 1 },
    { what: 'on one address clashes with itself', in: { hostPort: 1002, hostAddress: '192.0.2.1' }, by: 'tcp 192.0.2.1:1002', number: 1 },
    { what: 'on one address leaves others', in: { hostPort: 1002, hostAddress: '192.0.2.9' } },
    {
      what: 'within a range clashes with it',
      in: { hostPort: 990, count: 13, hostAddress: '192.0.2.1' },
      by: 'tcp 0.0.0.0:1001',
      number: 0,
    },
    { what: 'beyond a range leaves it', in: { hostPort: 990, count: 11 } },
    { what: 'for both families clashes with IPv4', in: { hostPort: 1003 }, by: 'tcp [::]:1003', number: 2 },
    { what: 'for both families clashes with IPv6', in: { hostPort: 1003, hostAddress: '2001:db8::9' }, by: 'tcp [::]:1003', number: 2 },
    {
      what: 'on an IPv6 address clashes with the wildcard',
      in: { hostPort: 1004, hostAddress: '::' },
      by: 'tcp [2001:db8::1]:1004',
      number: 3,
    },
    { what: 'on an IPv6 address leaves IPv4', in: { hostPort: 1004 } },
    { what: 'over UDP clashes with UDP', in: { hostPort: 1005, protocol: 'udp' }, by: 'udp 192.0.2.1:1005', number: 4 },
    {
      what: 'over UDP and IPv6 clashes with it',
      in: { hostPort: 1006, protocol: 'udp', hostAddress: '::' },
      by: 'udp [2001:db8::1]:1006',
      number: 5,
    },
    { what: 'over UDP leaves TCP', in: { hostPort: 1005 } },
    { what: 'over TCP leaves UDP and SCTP', in: { hostPort: 1001, protocol: 'sctp' } },
  ])('$what', ({ in: over, by, number }) => {
    const error = host.inside(() => findListeners([port(1, 1, over), port(2, 1, { hostPort: 7 })])).get(portId(1));
    if (by === undefined || number === undefined) {
      expect(error).toBeUndefined();
      return;
    }
    expect(error?.name).toBe('PortInUse');
    expect(error?.message).toBe(
      `node (pid ${servers[number]?.process.pid}) listens on ${by} of the host already; it is published as soon as that has ended`,
    );
  });

  it('is found once it has come, and not any more once it has gone', async () => {
    const find = (): number => host.inside(() => findListeners([port(1, 1, { hostPort: 1010 })])).size;
    expect(find()).toBe(0);
    await listen('tcp', '127.0.0.1', 1010);
    expect(find()).toBe(1);
    await servers.pop()?.close();
    expect(find()).toBe(0);
  });
});
