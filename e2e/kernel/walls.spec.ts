import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiObject, briefly, curl, Deployment, isReady, outcome, pings, Server } from '@netyard/testing';

interface Counters {
  rules: { packets: number }[];
  defaultDenied: { packets: number };
}

describe('walls, from HTTP to packets', () => {
  let deployment: Deployment;
  const sandboxes = new Map<string, ApiObject>();
  const servers: Server[] = [];

  const enter = (name: string): string[] => {
    const sandbox = sandboxes.get(name);
    if (!sandbox) throw new Error(`no sandbox ${name}`);
    return deployment.enter(sandbox);
  };
  const policy = (name: string, spec: Record<string, unknown>): Promise<ApiObject> =>
    deployment.create('policies', name, { network: 'web', ...spec });

  beforeAll(async () => {
    deployment = await Deployment.start({ hosts: 1 });
    await deployment.create('networks', 'web', { driver: 'bridge', subnets: [{ cidr: '10.50.0.0/24' }, { cidr: 'fd00:50::/64' }] });
    await deployment.create('networks', 'back', { driver: 'bridge', subnets: [{ cidr: '10.51.0.0/24' }] });
    for (const [name, network, addresses, role] of [
      ['a', 'web', ['10.50.0.11', 'fd00:50::11'], 'front'],
      ['b', 'web', ['10.50.0.12', 'fd00:50::12'], 'db'],
      ['x', 'back', ['10.51.0.11'], 'back'],
    ] as const) {
      sandboxes.set(name, await deployment.create('sandboxes', name, { host: 'h1' }));
      const answer = await deployment.request(
        'POST',
        '/v1/endpoints',
        { metadata: { name, labels: { role } }, spec: { network, sandbox: name, addresses } },
        { prefer: 'wait=60' },
      );
      expect([answer.status, isReady(answer.body)]).toEqual([201, true]);
    }
    servers.push(
      await Server.start(enter('b'), { port: 80 }),
      await Server.start(enter('b'), { port: 8080 }),
      await Server.start(enter('a'), { port: 80 }),
    );
  });
  afterAll(async () => {
    for (const server of servers) await server.close();
    await deployment.close();
  });

  it('denies what a rule says, within one bridge, over IPv4 and IPv6, and counts it', async () => {
    await policy('p', {
      rules: [{ action: 'deny', protocol: 'tcp', ports: ['80'], from: { endpoints: ['a'] }, to: { labels: { role: 'db' } } }],
    });
    expect(curl(enter('a'), '10.50.0.12', briefly)).toMatch(/^failed/);
    expect(curl(enter('a'), '[fd00:50::12]', briefly)).toMatch(/^failed/);
    expect(curl(enter('a'), '10.50.0.12:8080')).toBe('10.50.0.11');
    expect(pings(enter('a'), '10.50.0.12')).toBe(true);
    expect(curl(enter('b'), '10.50.0.11')).toBe('10.50.0.12');
    const { body } = await deployment.get<Counters>('/v1/policies/p/counters');
    expect(body.rules[0]?.packets).toBeGreaterThanOrEqual(2);
    await deployment.remove('/v1/policies/p');
    expect(curl(enter('a'), '10.50.0.12')).toBe('10.50.0.11');
  });

  it('lets networks reach each other only by the port that a policy opens', async () => {
    expect(curl(enter('x'), '10.50.0.12', briefly)).toMatch(/^failed/);
    await policy('open', {
      rules: [{ action: 'allow', protocol: 'tcp', ports: ['80'], from: { network: 'back' }, to: { endpoints: ['b'] } }],
    });
    expect(curl(enter('x'), '10.50.0.12')).toBe('10.51.0.11');
    expect(curl(enter('x'), '10.50.0.12:8080', briefly)).toMatch(/^failed/);
    expect(curl(enter('x'), '10.50.0.11', briefly)).toMatch(/^failed/);
    await deployment.remove('/v1/policies/open');
    expect(curl(enter('x'), '10.50.0.12', briefly)).toMatch(/^failed/);
  });

  it('denies by default but for exceptions, and opens for an endpoint that is labelled later', async () => {
    await policy('closed', { defaultAction: 'deny', rules: [{ action: 'allow', from: { labels: { role: 'front' } } }] });
    expect(curl(enter('a'), '10.50.0.12')).toBe('10.50.0.11');
    expect(curl(enter('b'), '10.50.0.11', briefly)).toMatch(/^failed/);
    await deployment.patch('/v1/endpoints/b', { metadata: { labels: { role: 'front' } } });
    expect(curl(enter('b'), '10.50.0.11')).toBe('10.50.0.12');
    await deployment.patch('/v1/endpoints/b', { metadata: { labels: { role: 'db' } } });
    expect(curl(enter('b'), '10.50.0.11', briefly)).toMatch(/^failed/);
    expect((await deployment.get<Counters>('/v1/policies/closed/counters')).body.defaultDenied.packets).toBeGreaterThan(0);
    await deployment.remove('/v1/policies/closed');
  });

  it('says which present flows a policy would cut, and cuts those', async () => {
    const holder = await Server.run(
      [
        ...enter('a'),
        process.execPath,
        '-e',
        "const s = require('node:net').connect(8080, '10.50.0.12', () => console.log('connected')); s.on('error', () => undefined); setInterval(() => s.write('x'), 200)",
      ],
      /connected/,
    );
    try {
      const spec = { network: 'web', rules: [{ action: 'deny', protocol: 'tcp', ports: ['8080'], to: { endpoints: ['b'] } }] };
      const { body } = await deployment.request<{ cutCount: number; cut: { sourceEndpoint: string; destinationPort: number }[] }>(
        'POST',
        '/v1/policies/preview',
        {
          metadata: { name: 'cutting' },
          spec,
        },
      );
      expect(body.cut).toContainEqual(
        expect.objectContaining({ sourceEndpoint: 'a', destinationEndpoint: 'b', destinationPort: 8080, policy: 'cutting', rule: 0 }),
      );
      expect((await deployment.get('/v1/policies/cutting')).status).toBe(404);
      await deployment.create('policies', 'cutting', spec);
      const after = await deployment.request<{ cutCount: number }>('POST', '/v1/policies/preview', { metadata: { name: 'cutting' }, spec });
      expect(after.body.cutCount).toBe(0);
      await deployment.remove('/v1/policies/cutting');
    } finally {
      await holder.close();
    }
  });

  it('drops what carries another’s address, unless the guard is off', async () => {
    const { body } = await deployment.get<{ status: { interfaceName: string } }>('/v1/endpoints/a');
    /** Whether an answer comes to an address that is not its own, which a repair may have taken from it. */
    const spoofed = (): boolean => {
      outcome([...enter('a'), 'ip', 'addr', 'add', '10.50.0.99/24', 'dev', body.status.interfaceName]);
      return outcome([...enter('a'), 'ping', '-c1', `-W${briefly}`, '-I', '10.50.0.99', '10.50.0.12']).includes(' 1 received');
    };
    expect(spoofed()).toBe(false);
    await deployment.patch('/v1/endpoints/a', { spec: { spoofingGuard: false } });
    await deployment.until('another’s address passes', async () => spoofed());
    await deployment.patch('/v1/endpoints/a', { spec: { spoofingGuard: true } });
    expect(spoofed()).toBe(false);
  });

  it('limits bandwidth, and shows what was asked for and what is measured', async () => {
    await deployment.patch('/v1/endpoints/a', { spec: { limits: { egressMbps: 10 } } });
    const server = await Server.run([...enter('b'), 'iperf3', '--server', '--one-off', '--forceflush'], /listening/);
    // It sends until it is ended: the rate is that of half a second, whenever that is looked at.
    const client = await Server.run([...enter('a'), 'iperf3', '--client', '10.50.0.12', '--time', '600', '--forceflush'], /connected/);
    await deployment.until('traffic is measured', async () => {
      const { body } = await deployment.get<{ egress: { mbps: number; limitMbps: number } }>('/v1/endpoints/a/counters');
      expect(body.egress.limitMbps).toBe(10);
      expect(body.egress.mbps).toBeLessThan(13);
      return body.egress.mbps > 5;
    });
    await client.close();
    await server.close();
    await deployment.patch('/v1/endpoints/a', { spec: { limits: { egressMbps: null } } });
  });

  const repairs = async (): Promise<string[]> => {
    const { body } = await deployment.get<{ items: { id: string; reason: string; count: number }[] }>('/v1/events?limit=500');
    return body.items.filter(({ reason }) => reason === 'DriftRepaired').map(({ id, count }) => `${id} ${count}`);
  };

  it.each([
    ['rules flushed on the host', () => outcome(['ip', 'netns', 'exec', deployment.underlay.host('h1').name, 'nft', 'flush', 'ruleset'])],
    ['addresses flushed in a sandbox', () => outcome([...enter('a'), 'ip', 'addr', 'flush', 'dev', 'eth0'])],
    ['an interface deleted in a sandbox', () => outcome([...enter('b'), 'ip', 'link', 'del', 'eth0'])],
  ])('are put back: %s', async (_, breakIt) => {
    const before = await repairs();
    breakIt();
    await deployment.until('it works again', async () => pings(enter('a'), '10.50.0.12', briefly));
    await deployment.until('walls stand again', async () => curl(enter('x'), '10.50.0.12', briefly).startsWith('failed'));
    await deployment.until('it is told', async () => (await repairs()).some((repair) => !before.includes(repair)));
  });
});
