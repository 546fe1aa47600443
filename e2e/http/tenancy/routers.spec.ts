import type { Desired, DesiredKind } from '@netyard/contracts';
import type { Test } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeWorker } from '../../../libs/testing/src/fake-worker';
import { adminToken, ApiUnderTest, type Replica } from '../api-under-test';

type Of<Kind extends DesiredKind> = Extract<Desired, { kind: Kind }>;

let under: ApiUnderTest;
let api: Replica;
let one: FakeWorker;
let two: FakeWorker;

/** Host one routes what the first pairs of the pool are of, and what tenants like to have. */
beforeAll(async () => {
  under = await ApiUnderTest.start({ hosts: [], environment: { NETYARD_ROUTER_POOL: '100.64.0.0/28' } });
  api = under.replica;
  one = await under.addHost('one', {
    features: ['vxlan'],
    routes: ['10.0.0.0/16', '100.64.0.0/30'],
    underlay: [{ address: '198.51.100.1', mtuBytes: 1500 }],
  });
  two = await under.addHost('two', { features: ['vxlan'], underlay: [{ address: '198.51.100.2', mtuBytes: 1500 }] });
  for (const name of ['red', 'blue']) await api.post('/v1/tenants', { metadata: { name } }).expect(201);
});
afterAll(() => under.close());

type Method = 'get' | 'post' | 'patch' | 'delete';
const at = (tenant: string, method: Method, path: string, body?: object): Test => {
  const request = api.request(method, path).set('Netyard-Tenant', tenant);
  return body === undefined ? request : request.send(body);
};
const as = (tenant: string, method: Method, path: string, body?: object): Test => at(tenant, method, path, body).set('Prefer', 'wait=60');
const make = async (tenant: string, collection: string, name: string, spec: object): Promise<{ metadata: { id: string } }> => {
  const answer = await as(tenant, 'post', `/v1/${collection}`, { metadata: { name }, spec });
  expect(answer.body, JSON.stringify(answer.body)).toMatchObject({ metadata: { name } });
  return answer.body;
};
const told = <Kind extends DesiredKind>(worker: FakeWorker, kind: Kind, name: string): Of<Kind>[] =>
  [...worker.objects.values()].filter((object): object is Of<Kind> => object.kind === kind && object.name === name);
const routersOf = async (tenant: string): Promise<{ metadata: { id: string; name: string; generation: number }; status: object }[]> =>
  (await as(tenant, 'get', '/v1/routers').expect(200)).body.items;
const bridge = { driver: 'bridge', subnets: [{ cidr: '10.0.0.0/24' }] };

describe('routers', () => {
  it('come to a host with the first network of a tenant, with addresses that nobody has there', async () => {
    for (const tenant of ['red', 'blue']) {
      const network = await make(tenant, 'networks', 'web', bridge);
      expect(await routersOf(tenant)).toEqual([]);
      await make(tenant, 'sandboxes', 'a', { host: 'one' });
      const endpoint = await make(tenant, 'endpoints', 'a', { network: 'web', sandbox: 'a' });
      expect(endpoint).toMatchObject({
        status: { addresses: ['10.0.0.2/24'], conditions: [{ type: 'Ready', status: 'True' }, { type: 'LinkReady' }] },
      });
      const [router] = told(one, 'router', tenant);
      expect(one.objects.get(network.metadata.id)).toMatchObject({ routerId: router?.id });
    }
    expect(told(one, 'router', 'red')).toMatchObject([
      {
        deleted: false,
        uplink: {
          hostAddresses: ['100.64.0.4/31', expect.stringMatching(/^fd.*:6440:4\/127$/)],
          addresses: ['100.64.0.5/31', expect.stringMatching(/^fd.*:6440:5\/127$/)],
        },
      },
    ]);
    expect(told(one, 'router', 'blue')).toMatchObject([{ uplink: { addresses: ['100.64.0.7/31', expect.any(String)] } }]);
    expect(two.objects.size).toBe(1);
  });

  it('are shown to their tenants, Ready, with what stands in them', async () => {
    const [router, ...others] = await routersOf('red');
    expect(others).toEqual([]);
    expect(router).toMatchObject({
      metadata: { name: 'one' },
      spec: { host: 'one' },
      status: { hostAddresses: ['100.64.0.4/31', {}], addresses: ['100.64.0.5/31', {}], networks: ['web'] },
    });
    const { body } = await as('red', 'get', `/v1/routers/${router?.metadata.id}`).expect(200);
    expect(body.status.conditions).toMatchObject([{ type: 'Ready', status: 'True' }, { type: 'RouterReady' }]);
    await as('blue', 'get', `/v1/routers/${router?.metadata.id}`).expect(404);
    expect(await routersOf('default')).toEqual([]);
    expect((await as('red', 'get', '/v1/routers?host=two').expect(200)).body.items).toEqual([]);
  });

  it('are there once for all networks of a tenant on a host, however many come at once', async () => {
    await Promise.all(Array.from({ length: 8 }, (_, index) => make('red', 'networks', `n-${index}`, { driver: 'bridge', host: 'two' })));
    expect((await routersOf('red')).map(({ metadata }) => metadata.name)).toEqual(['one', 'two']);
    for (let index = 0; index < 8; index++)
      expect(told(two, 'network', `n-${index}`)).toMatchObject([{ routerId: told(two, 'router', 'red')[0]?.id }]);
    for (let index = 0; index < 8; index++) await as('red', 'delete', `/v1/networks/n-${index}`).expect(204);
  });

  it('go with the last network there, and stay when one comes in time', async () => {
    await two.until(() => told(two, 'router', 'red').length === 0);
    const { metadata } = await make('red', 'networks', 'first', { driver: 'bridge', host: 'two' });
    const [router] = told(two, 'router', 'red');
    two.isSilent = true;
    await at('red', 'delete', '/v1/networks/first').expect(202);
    const gone = { kind: 'network' as const, id: metadata.id, observedGeneration: 2, gone: true, conditions: [] };
    await two.report({ objects: [gone] });
    await two.until(() => told(two, 'router', 'red').some(({ deleted }) => deleted));
    await at('red', 'post', '/v1/networks', { metadata: { name: 'second' }, spec: { driver: 'bridge', host: 'two' } }).expect(201);
    await two.until(() => told(two, 'router', 'red').some(({ deleted }) => !deleted));
    expect(told(two, 'router', 'red')).toEqual([{ ...router, generation: 3 }]);
    // What it says of the going is of the past.
    await two.speak();
    expect(await routersOf('red')).toMatchObject([{ metadata: { name: 'one' } }, { metadata: { id: router?.id, generation: 3 } }]);
    await as('red', 'delete', '/v1/networks/second').expect(204);
  });

  it('let tenants have what hosts route, but not what links them', async () => {
    await make('red', 'networks', 'wide', { driver: 'overlay', subnets: [{ cidr: '198.51.100.0/24' }] });
    const { body } = await as('red', 'post', '/v1/networks', { spec: { driver: 'bridge', subnets: [{ cidr: '100.64.0.0/24' }] } }).expect(
      409,
    );
    expect(body).toMatchObject({
      type: '/problems/subnet-overlap',
      detail: '100.64.0.0/24 overlaps 100.64.0.4/31, which links the tenant’s router on host one to it',
      errors: [{ pointer: '/spec/subnets/0/cidr' }],
    });
    // The default tenant's networks are in the hosts' own namespaces.
    const own = { spec: { driver: 'bridge', host: 'one', subnets: [{ cidr: '100.64.0.4/30' }] } };
    expect((await as('default', 'post', '/v1/networks', own).expect(409)).body.detail).toMatch(
      /^100\.64\.0\.4\/30 overlaps the route 100\.64\.0\.[46]\/31 of host one$/,
    );
    const routed = { spec: { driver: 'bridge', host: 'one', subnets: [{ cidr: '10.0.0.0/24' }] } };
    await as('default', 'post', '/v1/networks', routed).expect(409);
    await as('red', 'delete', '/v1/networks/wide').expect(204);
  });

  it('begin anew with subnets for every tenant, be it with what hosts route when there is nothing else', async () => {
    await one.register({ routes: ['10.128.0.0/10'] });
    const drawn = await Promise.all(['red', 'blue'].map((tenant) => make(tenant, 'networks', 'drawn', { driver: 'bridge', host: 'two' })));
    const cidrs = (drawn as unknown as { spec: object; status: { subnets: { cidr: string }[] } }[]).map(
      ({ status }) => status.subnets[0]?.cidr,
    );
    expect(cidrs).toEqual(['10.128.0.0/24', '10.128.0.0/24']);
    await one.register();
    for (const tenant of ['red', 'blue']) await as(tenant, 'delete', '/v1/networks/drawn').expect(204);
  });

  it('say what is in the way when there are no addresses for one', async () => {
    await one.register({ routes: ['100.64.0.0/10'] });
    await api.post('/v1/tenants', { metadata: { name: 'green' } }).expect(201);
    const { body } = await as('green', 'post', '/v1/networks', { spec: { driver: 'bridge', host: 'one' } }).expect(409);
    expect(body).toMatchObject({
      type: '/problems/pools-exhausted',
      detail: expect.stringContaining(
        '100.64.0.0/28, from which routers of tenants are given addresses, has none free on host one, which has the route 100.64.0.0/10',
      ),
      errors: [{ pointer: '/spec/host' }],
    });
    await one.register();
  });
});

describe('ports behind routers', () => {
  const publish = (tenant: string, port: object): Test => as(tenant, 'post', '/v1/endpoints/a/ports', port);
  const placeOf = (worker: FakeWorker, id: string): unknown => {
    const port = worker.objects.get(id);
    return port?.kind === 'port' ? { hostPort: port.hostPort, routerPort: port.routerPort } : undefined;
  };

  it('have a place there, which is the host’s where that is free', async () => {
    const first = await publish('red', { protocol: 'tcp', port: 80, hostPort: 8080, hostAddress: '192.0.2.1' }).expect(201);
    const second = await publish('red', { protocol: 'tcp', port: 81, hostPort: 8080, hostAddress: '192.0.2.2' }).expect(201);
    const third = await publish('red', { protocol: 'udp', port: 53, endPort: 55, hostPort: 8079, hostAddress: '192.0.2.1' }).expect(201);
    const other = await publish('blue', { protocol: 'tcp', port: 80, hostPort: 8080, hostAddress: '192.0.2.3' }).expect(201);
    expect([first, second, third, other].map(({ body }) => placeOf(one, body.metadata.id))).toEqual([
      { hostPort: 8080, routerPort: 8080 },
      { hostPort: 8080, routerPort: 20000 },
      { hostPort: 8079, routerPort: 8079 },
      { hostPort: 8080, routerPort: 8080 },
    ]);
    await as('red', 'patch', `/v1/endpoints/a/ports/${first.body.metadata.id}`, { hostPort: 9090 }).expect(200);
    expect(placeOf(one, first.body.metadata.id)).toEqual({ hostPort: 9090, routerPort: 8080 });
    await as('red', 'delete', `/v1/endpoints/a/ports/${second.body.metadata.id}`).expect(204);
  });

  it('come anew with the endpoint that joins again', async () => {
    await as('red', 'post', '/v1/endpoints/a/leave').expect(200);
    await as('red', 'post', '/v1/endpoints/a/join', { sandbox: 'a' }).expect(200);
    expect(one.objects.size).toBeGreaterThan(0);
    const { body } = await as('red', 'get', '/v1/endpoints/a/ports').expect(200);
    for (const { metadata } of body.items) expect(placeOf(one, metadata.id)).toMatchObject({ routerPort: expect.any(Number) });
  });

  it('are published everywhere by the routers of every host', async () => {
    await make('red', 'networks', 'far', { driver: 'overlay', subnets: [{ cidr: '10.7.0.0/24' }] });
    await make('red', 'endpoints', 'far', { network: 'far' });
    await make('red', 'sandboxes', 'far', { host: 'one' });
    await as('red', 'post', '/v1/endpoints/far/join', { sandbox: 'far' }).expect(200);
    const { body } = await as('red', 'post', '/v1/endpoints/far/ports', {
      protocol: 'tcp',
      port: 80,
      hostPort: 7070,
      hostAddress: '0.0.0.0',
      publish: 'everywhere',
    }).expect(201);
    for (const worker of [one, two]) expect(placeOf(worker, body.metadata.id)).toEqual({ hostPort: 7070, routerPort: 7070 });
    expect((await routersOf('red')).map(({ metadata }) => metadata.name)).toEqual(['one', 'two']);
    await as('red', 'delete', '/v1/networks/far?cascade=true').expect(204);
    await two.until(() => told(two, 'router', 'red').length === 0);
  });

  it('are at the router of the network that is shared, not at their own tenant’s', async () => {
    await api.request('get', '/v1/tenants/blue').expect(200);
    const { body: network } = await as('red', 'get', '/v1/networks/web').expect(200);
    const share = await fetch(`${api.url}/v1/networks/${network.metadata.id}/shares/blue`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${adminToken}`, 'netyard-tenant': 'red' },
    });
    expect(share.status).toBe(200);
    await make('blue', 'sandboxes', 'guest', { host: 'two' });
    await make('blue', 'endpoints', 'guest', { network: network.metadata.id, sandbox: 'guest' });
    const { body } = await as('blue', 'post', '/v1/endpoints/guest/ports', { protocol: 'tcp', port: 80, hostPort: 6060 }).expect(201);
    expect(placeOf(two, body.metadata.id)).toEqual({ hostPort: 6060, routerPort: 6060 });
    expect(told(two, 'router', 'red')).toHaveLength(1);
    expect(told(two, 'router', 'blue')).toEqual([]);
    await as('blue', 'delete', '/v1/endpoints/guest').expect(204);
  });
});

describe('what goes takes routers along', () => {
  it('with a tenant', async () => {
    await as('blue', 'delete', '/v1/networks/web?cascade=true').expect(204);
    for (const sandbox of ['a', 'guest']) await as('blue', 'delete', `/v1/sandboxes/${sandbox}?force=true`).expect(204);
    await api.delete('/v1/tenants/blue').expect(204);
    for (const worker of [one, two]) await worker.until(() => told(worker, 'router', 'blue').length === 0);
  });

  it('with a host', async () => {
    await api.delete('/v1/hosts/one?force=true').expect(204);
    expect((await routersOf('red')).map(({ metadata }) => metadata.name)).not.toContain('one');
  });
});
