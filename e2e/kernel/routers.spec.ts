import { readdirSync } from 'node:fs';
import { routerLinkName, routerNamespaceName } from '@netyard/contracts';
import { type ApiClient, type ApiObject, briefly, curl, datagramAnswer, Deployment, outcome, pings, Server } from '@netyard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const hosts = ['h1', 'h2', 'h3'] as const;
const four = (number: number): string => `198.51.100.${number}`;
const six = (number: number): string => `2001:db8:51::${number}`;

/** An HTTP server that answers with its name and the client's address as it sees it. */
const serverOf = (name: string, port: number): string => `
  require('node:http').createServer((request, response) => response.end('${name} ' + request.socket.remoteAddress.replace('::ffff:', '')))
    .listen(${port}, '::', () => console.log('listening'));`;

/**
 * Tenants `red` and `blue` and the default one, all with the same names, subnets and addresses on the same hosts: a bridge network on h1, and an overlay on all three. h4 is a client outside.
 */
describe('tenants on the same hosts', () => {
  let deployment: Deployment;
  const tenants = new Map<string, ApiClient>();
  const sandboxes = new Map<string, ApiObject>();
  const servers: Server[] = [];
  /** Of red's and blue's routers on h1. */
  const uplinks = new Map<string, string>();

  const tenant = (name: string): ApiClient => tenants.get(name) ?? deployment;
  const onHost = (name: string): string[] => ['ip', 'netns', 'exec', deployment.underlay.host(name).name];
  const inside = (name: string): string[] => deployment.enter(sandboxes.get(name) as ApiObject);
  const resolves = (sandbox: string, name: string): string =>
    outcome([...inside(sandbox), 'getent', 'ahostsv4', name]).split(/\s/)[0] ?? '';

  beforeAll(async () => {
    deployment = await Deployment.start({ hosts: 3, outsiders: 1 });
    for (const name of ['red', 'blue']) tenants.set(name, await deployment.tenant(name));
    for (const name of ['red', 'blue', 'default']) {
      const client = tenant(name);
      await client.create('networks', 'web', { driver: 'bridge', subnets: [{ cidr: '10.0.0.0/24' }, { cidr: 'fd00:10::/64' }] });
      await client.create('networks', 'wide', { driver: 'overlay', subnets: [{ cidr: '10.9.0.0/24' }] });
      for (const [sandbox, host, network, addresses] of [
        ['a', 'h1', 'web', ['10.0.0.11', 'fd00:10::11']],
        ['b', 'h1', 'web', ['10.0.0.12', 'fd00:10::12']],
        ['w1', 'h1', 'wide', ['10.9.0.11']],
        ['w2', 'h2', 'wide', ['10.9.0.12']],
        ['w3', 'h3', 'wide', ['10.9.0.13']],
      ] as const) {
        sandboxes.set(`${name}-${sandbox}`, await client.create('sandboxes', sandbox, { host }));
        await client.create('endpoints', sandbox, { network, sandbox, addresses, aliases: [`${name}-${sandbox}`] });
      }
      for (const sandbox of ['a', 'w1', 'w3'])
        servers.push(await Server.run([...inside(`${name}-${sandbox}`), process.execPath, '-e', serverOf(name, 80)], /listening/));
      const { body } = await client.get<{ items: { spec: { host: string }; status: { addresses: string[] } }[] }>('/v1/routers');
      expect(body.items.map(({ spec }) => spec.host)).toEqual(name === 'default' ? [] : [...hosts]);
      uplinks.set(name, body.items[0]?.status.addresses[0]?.split('/')[0] ?? '');
    }
    for (const name of ['red', 'blue']) servers.push(await Server.start(inside(`${name}-a`), { port: 53, protocol: 'udp' }));
    for (const enter of [onHost('h1'), onHost('h4')])
      servers.push(await Server.run([...enter, process.execPath, '-e', serverOf('host', 7000)], /listening/));
  });
  afterAll(async () => {
    for (const server of servers) await server.close();
    await deployment.close();
  });

  it.each(['red', 'blue', 'default'])('each reach their own at addresses that all have: %s', (name) => {
    expect(curl(inside(`${name}-b`), '10.0.0.11')).toBe(`${name} 10.0.0.12`);
    expect(curl(inside(`${name}-b`), '[fd00:10::11]')).toBe(`${name} fd00:10::12`);
    expect(curl(inside(`${name}-w2`), '10.9.0.11')).toBe(`${name} 10.9.0.12`);
    expect(curl(inside(`${name}-w2`), '10.9.0.13')).toBe(`${name} 10.9.0.12`);
    expect(curl(inside(`${name}-w1`), '10.9.0.13')).toBe(`${name} 10.9.0.11`);
  });

  it.each(['red', 'blue', 'default'])('each reach the outside, where their host’s address is seen: %s', (name) => {
    expect(curl(inside(`${name}-b`), `${four(4)}:7000`)).toBe(`host ${four(1)}`);
    expect(curl(inside(`${name}-b`), `[${six(4)}]:7000`)).toBe(`host ${six(1)}`);
    expect(curl(inside(`${name}-w2`), `${four(4)}:7000`)).toBe(`host ${four(2)}`);
  });

  it('have names of their own', () => {
    for (const [one, other] of [
      ['red', 'blue'],
      ['blue', 'red'],
    ]) {
      expect(resolves(`${one}-b`, `${one}-a`)).toBe('10.0.0.11');
      expect(resolves(`${one}-w2`, 'w3')).toBe('10.9.0.13');
      expect(resolves(`${one}-b`, `${other}-a`)).toMatch(/^(failed:)?$/);
    }
  });

  it.each(['red', 'blue'])('reach nothing of each other, of the hosts, or of the default tenant: %s', (name) => {
    const other = name === 'red' ? 'blue' : 'red';
    expect(curl(inside(`${name}-b`), `${uplinks.get(other)}`, briefly)).toMatch(/^failed/);
    expect(pings(inside(`${name}-b`), uplinks.get(other) ?? '', briefly)).toBe(false);
    for (const address of [`${four(1)}:7000`, `[${six(1)}]:7000`, '169.254.169.254'])
      expect(curl(inside(`${name}-b`), address, briefly)).toMatch(/^failed/);
    // A way to what others have is made up by the root of a sandbox; there is none.
    expect(curl(inside('default-b'), uplinks.get(name) ?? '', briefly)).toMatch(/^failed/);
  });

  describe('publish ports', () => {
    beforeAll(async () => {
      for (const [name, first] of [
        ['red', 8100],
        ['blue', 8200],
      ] as const) {
        const publish = (endpoint: string, port: Record<string, unknown>): Promise<ApiObject> => tenant(name).publish(endpoint, port);
        for (const hostAddress of ['0.0.0.0', '::']) await publish('a', { protocol: 'tcp', port: 80, hostPort: first, hostAddress });
        await publish('a', { protocol: 'tcp', port: 80, hostPort: first + 1, hostAddress: '127.0.0.1' });
        await publish('a', { protocol: 'udp', port: 53, hostPort: first, hostAddress: '0.0.0.0' });
        await publish('a', { protocol: 'tcp', port: 79, endPort: 81, hostPort: first + 10, hostAddress: '0.0.0.0' });
        await publish('w1', { protocol: 'tcp', port: 80, hostPort: first + 20, hostAddress: '0.0.0.0', publish: 'everywhere' });
        await publish('a', { protocol: 'tcp', port: 80, hostPort: first + 30, hostAddress: '0.0.0.0', allowedSources: [`${four(2)}/32`] });
      }
    });

    it.each([
      ['red', 8100],
      ['blue', 8200],
    ] as const)('of the same endpoint ports, each to its own, with the client’s address: %s', (name, first) => {
      expect(curl(onHost('h4'), `${four(1)}:${first}`)).toBe(`${name} ${four(4)}`);
      expect(curl(onHost('h4'), `[${six(1)}]:${first}`)).toBe(`${name} ${six(4)}`);
      expect(curl(onHost('h4'), `${four(1)}:${first + 11}`)).toBe(`${name} ${four(4)}`);
      expect(datagramAnswer(onHost('h4'), four(1), first)).toBe(four(4));
      expect(curl(onHost('h4'), `${four(1)}:${first + 30}`, briefly)).toMatch(/^failed/);
      expect(curl(onHost('h2'), `${four(1)}:${first + 30}`)).toBe(`${name} ${four(2)}`);
    });

    it.each([
      ['red', 8100],
      ['blue', 8200],
    ] as const)('to the host itself, to each other as to anybody, and back to their own: %s', (name, first) => {
      const other = name === 'red' ? 'blue' : 'red';
      expect(curl(onHost('h1'), `${four(1)}:${first}`)).toMatch(new RegExp(`^${name} `));
      expect(curl(onHost('h1'), `127.0.0.1:${first + 1}`)).toMatch(new RegExp(`^${name} `));
      expect(curl(onHost('h4'), `${four(1)}:${first + 1}`, briefly)).toMatch(/^failed/);
      expect(curl(inside(`${other}-b`), `${four(1)}:${first}`)).toMatch(new RegExp(`^${name} `));
      expect(curl(inside('default-b'), `${four(1)}:${first}`)).toMatch(new RegExp(`^${name} `));
      for (const from of ['a', 'b']) expect(curl(inside(`${name}-${from}`), `${four(1)}:${first}`)).toMatch(new RegExp(`^${name} `));
    });

    it.each([
      ['red', 8120],
      ['blue', 8220],
    ] as const)('on every host: %s', (name, port) => {
      for (const host of [1, 2, 3]) expect(curl(onHost('h4'), `${four(host)}:${port}`)).toMatch(new RegExp(`^${name} `));
    });
  });

  it('have policies of their own', async () => {
    const rules = [{ action: 'deny', protocol: 'tcp', ports: ['80'], to: { endpoints: ['a'] } }];
    await tenant('red').create('policies', 'quiet', { network: 'web', rules });
    expect(curl(inside('red-b'), '10.0.0.11', briefly)).toMatch(/^failed/);
    expect(curl(onHost('h4'), `${four(1)}:8100`, briefly)).toMatch(/^failed/);
    expect(curl(inside('blue-b'), '10.0.0.11')).toBe('blue 10.0.0.12');
    const { body } = await tenant('red').get<{ rules: { packets: number }[] }>('/v1/policies/quiet/counters');
    expect(body.rules[0]?.packets).toBeGreaterThan(0);
    await tenant('red').remove('/v1/policies/quiet');
    expect(curl(inside('red-b'), '10.0.0.11')).toBe('red 10.0.0.12');
  });

  it('let others join a network of theirs, who are in its router then', async () => {
    const { body: web } = await tenant('red').get('/v1/networks/web');
    expect((await tenant('red').request('PUT', `/v1/networks/${web.metadata.id}/shares/blue`)).status).toBe(200);
    sandboxes.set('guest', await tenant('blue').create('sandboxes', 'guest', { host: 'h1' }));
    await tenant('blue').create('endpoints', 'guest', { network: web.metadata.id, sandbox: 'guest' });
    expect(curl(inside('guest'), '10.0.0.11')).toMatch(/^red 10\.0\.0\./);
    expect(curl(inside('guest'), `${four(4)}:7000`)).toBe(`host ${four(1)}`);
    await tenant('blue').remove('/v1/sandboxes/guest');
    expect((await tenant('red').request('DELETE', `/v1/networks/${web.metadata.id}/shares/blue`)).status).toBe(204);
  });

  it('go on while a worker is away, and are served when it is back', async () => {
    await deployment.kill('worker-h1');
    for (const name of ['red', 'blue']) {
      expect(curl(inside(`${name}-b`), '10.0.0.11')).toBe(`${name} 10.0.0.12`);
      expect(curl(inside(`${name}-b`), `${four(4)}:7000`)).toBe(`host ${four(1)}`);
      expect(curl(onHost('h4'), `${four(1)}:${name === 'red' ? 8100 : 8200}`)).toBe(`${name} ${four(4)}`);
    }
    deployment.startWorker('h1');
    await tenant('red').publish('a', { protocol: 'tcp', port: 80, hostPort: 8199, hostAddress: '0.0.0.0' });
    expect(curl(onHost('h4'), `${four(1)}:8199`)).toBe(`red ${four(4)}`);
    expect(curl(inside('blue-w2'), '10.9.0.11')).toBe('blue 10.9.0.12');
  });

  it('leave nothing behind when they are deleted, and the others as they are', async () => {
    const { body } = await tenant('red').get<{ items: ApiObject[] }>('/v1/routers');
    const ids = body.items.map(({ metadata }) => metadata.id);
    expect(readdirSync('/run/netns')).toEqual(expect.arrayContaining(ids.map(routerNamespaceName)));
    for (const network of ['web', 'wide']) await tenant('red').remove(`/v1/networks/${network}?cascade=true`);
    for (const sandbox of ['a', 'b', 'w1', 'w2', 'w3']) await tenant('red').remove(`/v1/sandboxes/${sandbox}`);
    await deployment.remove('/v1/tenants/red');
    const left = (): string[] => [
      ...readdirSync('/run/netns').filter((name) => ids.map(routerNamespaceName).includes(name)),
      ...hosts.flatMap((host) =>
        ids.filter((id) => !outcome([...onHost(host), 'ip', 'link', 'show', routerLinkName(id)]).startsWith('failed')),
      ),
      ...hosts.filter((host) => outcome([...onHost(host), 'nft', 'list', 'table', 'inet', 'netyard']).includes(`${uplinks.get('red')}`)),
    ];
    await deployment.until('no router of the tenant is left, and no rule for one', async () => left().length === 0);
    expect(curl(inside('blue-b'), '10.0.0.11')).toBe('blue 10.0.0.12');
    expect(curl(inside('blue-w2'), '10.9.0.13')).toBe('blue 10.9.0.12');
    expect(curl(onHost('h4'), `${four(1)}:8200`)).toBe(`blue ${four(4)}`);
    expect(curl(inside('default-b'), '10.0.0.11')).toBe('default 10.0.0.12');
  });
});
