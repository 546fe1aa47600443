import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiObject, briefly, curl, datagramAnswer, Deployment, Server } from '@netyard/testing';

describe('published ports, from HTTP to curl', () => {
  let deployment: Deployment;
  const sandboxes = new Map<string, ApiObject>();
  const servers: Server[] = [];

  const enter = (name: string): string[] => {
    const host = deployment.underlay.hosts.find(({ hostName }) => hostName === name);
    const sandbox = sandboxes.get(name);
    if (!host && !sandbox) throw new Error(`neither host nor sandbox ${name}`);
    return host ? ['ip', 'netns', 'exec', host.name] : deployment.enter(sandbox as ApiObject);
  };

  beforeAll(async () => {
    deployment = await Deployment.start({ hosts: 2 });
    await deployment.create('networks', 'web', { driver: 'bridge', subnets: [{ cidr: '10.40.0.0/24' }, { cidr: 'fd00:40::/64' }] });
    await deployment.create('networks', 'other', { driver: 'bridge', subnets: [{ cidr: '10.41.0.0/24' }] });
    await deployment.create('networks', 'closed', { driver: 'bridge', internal: true, subnets: [{ cidr: '10.42.0.0/24' }] });
    for (const [sandbox, network, addresses] of [
      ['a', 'web', ['10.40.0.11', 'fd00:40::11']],
      ['b', 'web', ['10.40.0.12', 'fd00:40::12']],
      ['x', 'other', ['10.41.0.11']],
      ['c', 'closed', ['10.42.0.11']],
    ] as const) {
      sandboxes.set(sandbox, await deployment.create('sandboxes', sandbox, { host: 'h1' }));
      await deployment.create('endpoints', sandbox, { network, sandbox, addresses });
    }
    servers.push(await Server.start(enter('a'), { port: 80 }), await Server.start(enter('a'), { port: 53, protocol: 'udp' }));
    await deployment.publish('a', { protocol: 'tcp', port: 80, hostPort: 8080, hostAddress: '0.0.0.0' });
    await deployment.publish('a', { protocol: 'udp', port: 53, hostPort: 5353, hostAddress: '0.0.0.0' });
    await deployment.publish('a', { protocol: 'tcp', port: 80, hostPort: 8081, hostAddress: '127.0.0.1' });
    await deployment.publish('a', { protocol: 'tcp', port: 80, hostPort: 8080, hostAddress: '::' });
  });
  afterAll(async () => {
    for (const server of servers) await server.close();
    await deployment.close();
  });

  it.each([
    { what: 'another host, whose address is kept', from: 'h2', address: '198.51.100.1:8080', sees: '198.51.100.2' },
    { what: 'the host itself', from: 'h1', address: '198.51.100.1:8080', sees: /^\d/ },
    { what: 'the host by localhost', from: 'h1', address: '127.0.0.1:8080', sees: /^10\.40\.0\.1$/ },
    { what: 'the host, bound to loopback', from: 'h1', address: '127.0.0.1:8081', sees: /^10\.40\.0\.1$/ },
    { what: 'a sandbox of the same network', from: 'b', address: '198.51.100.1:8080', sees: /^10\.40\.0\.1$/ },
    { what: 'a sandbox of another network, whose address is kept', from: 'x', address: '198.51.100.1:8080', sees: '10.41.0.11' },
    { what: 'another host over IPv6', from: 'h2', address: '[2001:db8:51::1]:8080', sees: '2001:db8:51::2' },
  ])('is reached by $what', ({ from, address, sees }) => {
    // The client's address as the server sees it.
    if (sees instanceof RegExp) expect(curl(enter(from), address)).toMatch(sees);
    else expect(curl(enter(from), address)).toBe(sees);
  });

  it.each([
    { what: 'another host when bound to loopback', from: 'h2', address: '198.51.100.1:8081' },
    { what: 'a sandbox of an internal network', from: 'c', address: '198.51.100.1:8080' },
    { what: 'a sandbox of an internal network by its gateway', from: 'c', address: '10.42.0.1:8080' },
  ])('is not reached by $what', ({ from, address }) => {
    expect(curl(enter(from), address, briefly)).toMatch(/^failed/);
  });

  it('carries UDP', () => {
    expect(datagramAnswer(enter('h2'), '198.51.100.1', 5353)).toBe('198.51.100.2');
  });

  it('lets nobody in but the allowed sources', async () => {
    await deployment.publish('a', {
      protocol: 'tcp',
      port: 80,
      hostPort: 8082,
      hostAddress: '0.0.0.0',
      allowedSources: ['198.51.100.0/30', '10.41.0.0/24'],
    });
    expect(curl(enter('h2'), '198.51.100.1:8082')).toBe('198.51.100.2');
    expect(curl(enter('x'), '198.51.100.1:8082')).toBe('10.41.0.11');
    const list = await deployment.get<{ items: ApiObject[] }>('/v1/endpoints/a/ports?limit=100');
    const { metadata } = list.body.items.find(({ spec }) => spec['hostPort'] === 8082) as ApiObject;
    await deployment.patch(`/v1/endpoints/a/ports/${metadata.id}`, { allowedSources: ['192.0.2.0/24'] });
    expect(curl(enter('h2'), '198.51.100.1:8082', briefly)).toMatch(/^failed/);
    await deployment.remove(`/v1/endpoints/a/ports/${metadata.id}`);
  });

  it('publishes a range, and closes it when it is deleted', async () => {
    const { metadata } = await deployment.publish('a', { protocol: 'tcp', port: 79, endPort: 81, hostPort: 9079, hostAddress: '0.0.0.0' });
    expect(curl(enter('h2'), '198.51.100.1:9080')).toBe('198.51.100.2');
    await deployment.remove(`/v1/endpoints/a/ports/${metadata.id}`);
    expect(curl(enter('h2'), '198.51.100.1:9080', briefly)).toMatch(/^failed/);
  });

  it('cuts what is connected when it closes', async () => {
    const { metadata } = await deployment.publish('a', { protocol: 'tcp', port: 80, hostPort: 9090, hostAddress: '0.0.0.0' });
    const program = `const socket = require('node:net').connect(9090, '198.51.100.1', () => { console.log('connected'); setInterval(() => socket.write('GET / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n'), 100); });
      let answers = 0;
      socket.on('data', () => ++answers === 1 && console.log('answered'));
      socket.on('error', () => console.log('cut'));`;
    const client = await Server.run([...enter('h2'), process.execPath, '-e', program], /answered/);
    const cut = new Promise<void>((resolve) => client.process.stdout?.on('data', (text) => String(text).includes('cut') && resolve()));
    await deployment.remove(`/v1/endpoints/a/ports/${metadata.id}`);
    await cut;
    await client.close();
  });

  it('chooses a host port', async () => {
    const port = await deployment.publish('a', { protocol: 'tcp', port: 80, hostPort: null, hostAddress: '0.0.0.0' });
    const { hostPort } = port.status as unknown as { hostPort: number };
    expect(hostPort).toBeGreaterThanOrEqual(20_000);
    expect(curl(enter('h2'), `198.51.100.1:${hostPort}`)).toBe('198.51.100.2');
    await deployment.remove(`/v1/endpoints/a/ports/${port.metadata.id}`);
  });

  it.each([
    { what: 'the same', port: { protocol: 'tcp', port: 80, hostPort: 8080, hostAddress: '0.0.0.0' } },
    { what: 'a specific address beside the wildcard', port: { protocol: 'tcp', port: 80, hostPort: 8080, hostAddress: '198.51.100.1' } },
    { what: 'the wildcard beside a specific address', port: { protocol: 'tcp', port: 80, hostPort: 8081, hostAddress: '0.0.0.0' } },
    { what: 'a range over it', port: { protocol: 'tcp', port: 80, endPort: 90, hostPort: 8075, hostAddress: '0.0.0.0' } },
  ])('refuses $what', async ({ port }) => {
    const { status, body } = await deployment.request<{ type: string; detail: string }>('POST', '/v1/endpoints/b/ports', port);
    expect(status).toBe(409);
    expect(body.type).toContain('port-in-use');
    expect(body.detail).toContain('endpoint a');
  });

  it('says which process listens on a port already, and publishes it when that has ended', async () => {
    const listener = await Server.start(enter('h1'), { port: 7070 });
    const answer = await deployment.request('POST', '/v1/endpoints/a/ports', {
      protocol: 'tcp',
      port: 80,
      hostPort: 7070,
      hostAddress: '0.0.0.0',
    });
    const path = `/v1/endpoints/a/ports/${answer.body.metadata.id}`;
    const condition = async () => (await deployment.get(path)).body.status.conditions?.find(({ type }) => type === 'Ready');
    await deployment.until(
      'the condition is there',
      async () => (await condition())?.reason === 'PortInUseError' || (await condition())?.reason === 'PortInUse',
    );
    expect((await condition())?.message).toContain(`node (pid ${listener.process.pid})`);
    await listener.close();
    await deployment.until('it is published', async () => (await condition())?.status === 'True');
    expect(curl(enter('h2'), '198.51.100.1:7070')).toBe('198.51.100.2');
    await deployment.remove(path);
  });

  it('goes on while API and worker are down', async () => {
    await deployment.kill('worker-h1');
    await deployment.kill('api-0');
    expect(curl(enter('h2'), '198.51.100.1:8080')).toBe('198.51.100.2');
    await deployment.startApi(0);
    deployment.startWorker('h1');
  });

  it('closes with its endpoint, and opens where it joins again', async () => {
    await deployment.request('POST', '/v1/endpoints/a/leave', {}, { prefer: 'wait=60' });
    expect(curl(enter('h2'), '198.51.100.1:8080', briefly)).toMatch(/^failed/);
    await deployment.request('POST', '/v1/endpoints/a/join', { sandbox: 'a' }, { prefer: 'wait=60' });
    await deployment.until('it is reached again', async () => curl(enter('h2'), '198.51.100.1:8080', briefly) === '198.51.100.2');
  });
});
