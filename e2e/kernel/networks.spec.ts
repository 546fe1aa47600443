import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { briefly, curl, Deployment, outcome, pings, Server, TestNamespace } from '@netyard/testing';

describe('networks keep their promises', () => {
  let deployment: Deployment;

  beforeAll(async () => {
    deployment = await Deployment.start({ hosts: 2 });
    // The way to the other host; masquerading makes the way back.
    await deployment.create('networks', 'open', { driver: 'bridge', subnets: [{ cidr: '10.20.0.0/24' }] });
    await deployment.create('networks', 'other', { driver: 'bridge', subnets: [{ cidr: '10.21.0.0/24' }] });
    await deployment.create('networks', 'closed', { driver: 'bridge', internal: true, subnets: [{ cidr: '10.22.0.0/24' }] });
    await deployment.create('networks', 'walled', {
      driver: 'bridge',
      options: { isolateEndpoints: true },
      subnets: [{ cidr: '10.23.0.0/24' }],
    });
    for (const [sandbox, network, address] of [
      ['o1', 'open', '10.20.0.11'],
      ['o2', 'open', '10.20.0.12'],
      ['x1', 'other', '10.21.0.11'],
      ['c1', 'closed', '10.22.0.11'],
      ['c2', 'closed', '10.22.0.12'],
      ['w1', 'walled', '10.23.0.11'],
      ['w2', 'walled', '10.23.0.12'],
    ] as const) {
      await deployment.create('sandboxes', sandbox, { host: 'h1' });
      await deployment.create('endpoints', sandbox, { network, sandbox, addresses: [address] });
    }
  });
  afterAll(() => deployment.close());

  it.each([
    { name: 'within a network', from: 'o1', target: '10.20.0.12', received: 1 },
    { name: 'to the gateway', from: 'o1', target: '10.20.0.1', received: 1 },
    { name: 'to another host, masqueraded', from: 'o1', target: '198.51.100.2', received: 1 },
    { name: 'not to another network', from: 'o1', target: '10.21.0.11', received: 0 },
    { name: 'not back from it', from: 'x1', target: '10.20.0.11', received: 0 },
    { name: 'within an internal network', from: 'c1', target: '10.22.0.12', received: 1 },
    { name: 'not between isolated endpoints', from: 'w1', target: '10.23.0.12', received: 0 },
    { name: 'out of a network with isolated endpoints', from: 'w1', target: '198.51.100.2', received: 1 },
  ])('$name: $from → $target', async ({ from, target, received }) => {
    expect(await deployment.probe({ sandbox: from, kind: 'ping', target, count: 1, timeoutMs: 2000 })).toMatchObject({ sent: 1, received });
  });

  it('has no way out of an internal network', async () => {
    const { body } = await deployment.request<{ status: { error: string } }>('POST', '/v1/probes', {
      spec: { sandbox: 'c1', kind: 'ping', target: '198.51.100.2', count: 1 },
    });
    expect(body.status.error).toContain('Network is unreachable');
  });

  it('lets nobody in an internal network reach the host’s services, whatever route its root makes', async () => {
    const h1 = deployment.underlay.hosts.find(({ hostName }) => hostName === 'h1');
    const server = await Server.start(['ip', 'netns', 'exec', h1?.name ?? ''], { port: 8099 });
    const within = async (sandbox: string) => deployment.enter((await deployment.get(`/v1/sandboxes/${sandbox}`)).body);
    const [inside, outside] = [await within('c1'), await within('o1')];
    try {
      outcome([...inside, 'ip', 'route', 'add', 'default', 'via', '10.22.0.1']);
      expect(curl(outside, '198.51.100.1:8099')).toBe('10.20.0.11');
      expect(curl(inside, '10.22.0.1:8099', briefly)).toMatch(/^failed/);
      expect(curl(inside, '198.51.100.1:8099', briefly)).toMatch(/^failed/);
      expect(pings(inside, '10.22.0.1')).toBe(true);
      expect(pings(inside, '198.51.100.1', briefly)).toBe(false);
    } finally {
      outcome([...inside, 'ip', 'route', 'del', 'default']);
      await server.close();
    }
  });

  it('joins an adopted namespace and leaves it in place', async () => {
    const container = new TestNamespace('container');
    try {
      await deployment.create('sandboxes', 'adopted', { host: 'h1', namespace: { type: 'adopted', path: container.path } });
      await deployment.create('endpoints', 'adopted', {
        network: 'open',
        sandbox: 'adopted',
        interfaceName: 'net0',
        addresses: ['10.20.0.50'],
      });
      expect(container.run('ping', '-c1', '-W30', '10.20.0.11')).toContain('1 received');
      await deployment.remove('/v1/sandboxes/adopted');
      expect(container.ip<{ ifname: string }[]>('link').map(({ ifname }) => ifname)).toEqual(['lo']);
    } finally {
      container.close();
    }
  });

  it('gives an endpoint that names no network the host’s default one', async () => {
    await deployment.create('sandboxes', 'plain', { host: 'h2' });
    const endpoint = await deployment.create('endpoints', 'plain', { sandbox: 'plain' });
    expect(endpoint.spec['network']).toBe('default-h2');
    expect(await deployment.probe({ sandbox: 'plain', kind: 'ping', target: '198.51.100.1', count: 1 })).toMatchObject({ received: 1 });
  });

  it('lets the default route pass to the next endpoint when the one that gave it leaves', async () => {
    await deployment.create('sandboxes', 'two', { host: 'h1' });
    await deployment.create('endpoints', 'two-open', { network: 'open', sandbox: 'two', gatewayPriority: 10 });
    await deployment.create('endpoints', 'two-other', { network: 'other', sandbox: 'two' });
    const hop = async (): Promise<string | null | undefined> => {
      const { hops } = await deployment.probe<{ hops: { address: string | null }[] }>({
        sandbox: 'two',
        kind: 'trace',
        target: '198.51.100.2',
        maxHops: 3,
      });
      return hops[0]?.address;
    };
    expect(await hop()).toBe('10.20.0.1');
    await deployment.remove('/v1/endpoints/two-open');
    expect(await hop()).toBe('10.21.0.1');
  });
});
