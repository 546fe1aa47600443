import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Deployment, outcome, Server, type ApiObject } from '@netyard/testing';

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
  const curl = (from: string, address: string): string =>
    outcome([...enter(from), 'curl', '-sS', '-g', '--max-time', '1', `http://${address}/`]);
  const pings = (from: string, address: string): boolean =>
    outcome([...enter(from), 'ping', '-c1', '-W1', address]).includes(' 1 received');
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
        { prefer: 'wait=20' },
      );
      expect(answer.status).toBe(201);
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
    expect(curl('a', '10.50.0.12')).toMatch(/^failed/);
    expect(curl('a', '[fd00:50::12]')).toMatch(/^failed/);
    expect(curl('a', '10.50.0.12:8080')).toBe('10.50.0.11');
    expect(pings('a', '10.50.0.12')).toBe(true);
    expect(curl('b', '10.50.0.11')).toBe('10.50.0.12');
    const { body } = await deployment.get<Counters>('/v1/policies/p/counters');
    expect(body.rules[0]?.packets).toBeGreaterThanOrEqual(2);
    await deployment.remove('/v1/policies/p');
    expect(curl('a', '10.50.0.12')).toBe('10.50.0.11');
  });

  it('lets networks reach each other only by the port that a policy opens', async () => {
    expect(curl('x', '10.50.0.12')).toMatch(/^failed/);
    await policy('open', {
      rules: [{ action: 'allow', protocol: 'tcp', ports: ['80'], from: { network: 'back' }, to: { endpoints: ['b'] } }],
    });
    expect(curl('x', '10.50.0.12')).toBe('10.51.0.11');
    expect(curl('x', '10.50.0.12:8080')).toMatch(/^failed/);
    expect(curl('x', '10.50.0.11')).toMatch(/^failed/);
    await deployment.remove('/v1/policies/open');
    expect(curl('x', '10.50.0.12')).toMatch(/^failed/);
  });

  it('denies by default but for exceptions, and opens for an endpoint that is labelled later', async () => {
    await policy('closed', { defaultAction: 'deny', rules: [{ action: 'allow', from: { labels: { role: 'front' } } }] });
    expect(curl('a', '10.50.0.12')).toBe('10.50.0.11');
    expect(curl('b', '10.50.0.11')).toMatch(/^failed/);
    await deployment.patch('/v1/endpoints/b', { metadata: { labels: { role: 'front' } } });
    expect(curl('b', '10.50.0.11')).toBe('10.50.0.12');
    await deployment.patch('/v1/endpoints/b', { metadata: { labels: { role: 'db' } } });
    expect(curl('b', '10.50.0.11')).toMatch(/^failed/);
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
    outcome([...enter('a'), 'ip', 'addr', 'add', '10.50.0.99/24', 'dev', body.status.interfaceName]);
    const spoofed = (): boolean => outcome([...enter('a'), 'ping', '-c1', '-W1', '-I', '10.50.0.99', '10.50.0.12']).includes(' 1 received');
    expect(spoofed()).toBe(false);
    await deployment.patch('/v1/endpoints/a', { spec: { spoofingGuard: false } });
    outcome([...enter('a'), 'ip', 'addr', 'add', '10.50.0.99/24', 'dev', body.status.interfaceName]);
    await deployment.until('another’s address passes', async () => spoofed());
    await deployment.patch('/v1/endpoints/a', { spec: { spoofingGuard: true } });
    outcome([...enter('a'), 'ip', 'addr', 'add', '10.50.0.99/24', 'dev', body.status.interfaceName]);
    expect(spoofed()).toBe(false);
  });

  it('limits bandwidth, and shows what was asked for and what is measured', async () => {
    await deployment.patch('/v1/endpoints/a', { spec: { limits: { egressMbps: 10 } } });
    const server = await Server.run([...enter('b'), 'iperf3', '--server', '--one-off', '--forceflush'], /listening/);
    const client = Server.run([...enter('a'), 'iperf3', '--client', '10.50.0.12', '--time', '3', '--forceflush'], /receiver/);
    await deployment.until('traffic is measured', async () => {
      const { body } = await deployment.get<{ egress: { mbps: number; limitMbps: number } }>('/v1/endpoints/a/counters');
      expect(body.egress.limitMbps).toBe(10);
      expect(body.egress.mbps).toBeLessThan(13);
      return body.egress.mbps > 5;
    });
    await (await client).close();
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
    await deployment.until('it works again', async () => pings('a', '10.50.0.12'), 5);
    await deployment.until('walls stand again', async () => curl('x', '10.50.0.12').startsWith('failed'), 5);
    await deployment.until('it is told', async () => (await repairs()).some((repair) => !before.includes(repair)));
  });
});
