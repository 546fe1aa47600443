import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiObject, briefly, Deployment, outcome, pings, Server } from '@netyard/testing';

/** Where an endpoint is met from the other host: its own addresses, or those of its host where it has none or hides behind them. */
const [ipv4OfH2, ipv6OfH2] = ['198.51.100.2', '2001:db8:51::2'];

/** Two hosts, and for each driver that passes them a sandbox on either. Those on the wire are in wire-modes.spec.ts. */
describe('across hosts, by both versions of IP,', () => {
  let deployment: Deployment;
  const sandboxes = new Map<string, ApiObject>();

  /** A sandbox on either host, `NAME-1` and `NAME-2`, each with an endpoint of the same name. */
  async function join(network: string, prefixes: [string, string] | null, sandboxSpec: Record<string, unknown> = {}): Promise<void> {
    for (const number of [1, 2]) {
      const name = `${network}-${number}`;
      sandboxes.set(name, await deployment.create('sandboxes', name, { host: `h${number}`, ...sandboxSpec }));
      const addresses = prefixes ? { addresses: prefixes.map((prefix) => `${prefix}${number}`) } : {};
      await deployment.create('endpoints', name, { network, sandbox: name, ...addresses });
    }
  }

  beforeAll(async () => {
    deployment = await Deployment.start({ hosts: 2 });
    const overlays = [
      ['over4', 'fd00:71', '10.71.0', {}],
      ['over6', 'fd00:72', '10.72.0', { options: { underlay: 'ipv6' } }],
      ['inner', 'fd00:73', '10.73.0', { internal: true }],
      ['apart', 'fd00:74', '10.74.0', { options: { isolateEndpoints: true } }],
    ] as const;
    for (const [name, ipv6, ipv4, spec] of overlays) {
      await deployment.create('networks', name, {
        driver: 'overlay',
        subnets: [{ cidr: `${ipv4}.0/24` }, { cidr: `${ipv6}::/64` }],
        ...spec,
      });
      await join(name, [`${ipv4}.1`, `${ipv6}::1`]);
    }
    for (const number of [1, 2]) {
      const name = `bridge-${number}`;
      await deployment.create('networks', name, {
        driver: 'bridge',
        subnets: [{ cidr: `10.7${number + 4}.0.0/24` }, { cidr: `fd00:7${number + 4}::/64` }],
      });
      sandboxes.set(name, await deployment.create('sandboxes', name, { host: `h${number}` }));
      await deployment.create('endpoints', name, { network: name, sandbox: name });
    }
    for (const hostAddress of ['0.0.0.0', '::'])
      await deployment.publish('bridge-2', { protocol: 'tcp', port: 5201, hostPort: 5299, hostAddress });
    await deployment.create('networks', 'stack', { driver: 'host' });
    await join('stack', null, { namespace: { type: 'host' } });
    await deployment.create('networks', 'alone', { driver: 'none' });
    await join('alone', null);
  });
  afterAll(() => deployment.close());

  const enter = (name: string): string[] =>
    name.startsWith('stack')
      ? ['ip', 'netns', 'exec', deployment.underlay.host(`h${name.slice(-1)}`).name]
      : deployment.enter(sandboxes.get(name) as ApiObject);

  /** How many bytes had arrived where iperf3 serves when a megabyte was sent. */
  async function carried(from: string, to: string, target: string, port = 5201): Promise<number> {
    const server = await Server.run([...enter(to), 'iperf3', '-s', '-1', '--forceflush'], /Server listening/);
    const said = outcome([...enter(from), 'iperf3', '-c', target, '-p', String(port), '-n', '1M', '-J']);
    await server.close();
    return said.startsWith('failed') ? 0 : (JSON.parse(said) as { end: { sum_received: { bytes: number } } }).end.sum_received.bytes;
  }

  it.each([
    { name: 'overlay over IPv4', network: 'over4', targets: ['10.71.0.12', 'fd00:71::12'] },
    { name: 'overlay over IPv6', network: 'over6', targets: ['10.72.0.12', 'fd00:72::12'] },
    { name: 'an internal overlay', network: 'inner', targets: ['10.73.0.12', 'fd00:73::12'] },
    { name: 'driver host', network: 'stack', targets: [ipv4OfH2, ipv6OfH2] },
    { name: 'bridge, by what is published,', network: 'bridge', targets: [ipv4OfH2, ipv6OfH2], port: 5299 },
  ])('$name carries echo requests and iperf3', async ({ network, targets, port }) => {
    for (const target of targets) {
      expect([target, pings(enter(`${network}-1`), target)]).toEqual([target, true]);
      expect(await carried(`${network}-1`, `${network}-2`, target, port)).toBeGreaterThan(100_000);
    }
  });

  it.each([
    { name: 'an internal overlay does not lead out', from: 'inner-1', targets: [ipv4OfH2, ipv6OfH2] },
    { name: 'an overlay whose endpoints are isolated does not join them', from: 'apart-1', targets: ['10.74.0.12', 'fd00:74::12'] },
    { name: 'one overlay does not lead to another', from: 'over4-1', targets: ['10.72.0.12', 'fd00:72::12'] },
    { name: 'a bridge is not reached behind its host', from: 'bridge-1', targets: ['10.76.0.2', 'fd00:76::2'] },
    { name: 'driver none leads nowhere', from: 'alone-1', targets: [ipv4OfH2, ipv6OfH2] },
  ])('$name', ({ from, targets }) => {
    for (const target of targets) expect([target, pings(enter(from), target, briefly)]).toEqual([target, false]);
  });

  it('driver none leaves a sandbox its own loopback', () => {
    for (const target of ['127.0.0.1', '::1']) expect(pings(enter('alone-1'), target)).toBe(true);
  });
});
