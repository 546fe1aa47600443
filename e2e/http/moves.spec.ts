import type { Test } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeWorker } from '../../libs/testing/src/fake-worker';
import { ApiUnderTest, type Replica } from './api-under-test';

let under: ApiUnderTest;
let api: Replica;
const workers = new Map<string, FakeWorker>();

beforeAll(async () => {
  under = await ApiUnderTest.start({ hosts: [] });
  api = under.replica;
  for (const [index, name] of ['h1', 'h2', 'h3', 'bare'].entries())
    workers.set(
      name,
      await under.addHost(name, {
        features: name === 'bare' ? [] : ['vxlan'],
        underlay: [{ address: `192.0.2.${index + 1}`, mtuBytes: 1500 }],
      }),
    );
  await create('networks', 'wide', { driver: 'overlay', subnets: [{ cidr: '10.1.0.0/24' }] });
  await create('networks', 'local', { driver: 'bridge', subnets: [{ cidr: '10.2.0.0/24' }] });
});
afterAll(() => under.close());

const worker = (name: string): FakeWorker => workers.get(name) as FakeWorker;

async function create(collection: string, name: string, spec: object): Promise<string> {
  const { body } = await api.post(`/v1/${collection}`, { metadata: { name }, spec }).set('Prefer', 'wait=60').expect(201);
  return body.metadata.id as string;
}

/** A sandbox with an endpoint on each of two networks, of which the first publishes a port. */
async function furnish(name: string, host: string, hostPort: number): Promise<string> {
  const id = await create('sandboxes', name, { host });
  await create('endpoints', `${name}-wide`, { network: 'wide', sandbox: name });
  await create('endpoints', `${name}-local`, { network: 'local', sandbox: name });
  await api
    .post(`/v1/endpoints/${name}-wide/ports`, { metadata: { name: 'http' }, protocol: 'tcp', port: 80, hostPort })
    .set('Prefer', 'wait=60')
    .expect(201);
  return id;
}

const move = (name: string, host: string): Test => api.patch(`/v1/sandboxes/${name}`, { spec: { host } });
const get = async (path: string) => (await api.get(`/v1/${path}`).expect(200)).body;

/** The endpoints of a sandbox, as they are to be wherever it is. */
const shown = async (name: string): Promise<unknown[]> => {
  const { items } = await get(`endpoints?sandbox=${name}&sort=name`);
  return (items as { metadata: { name: string }; status: Record<string, unknown> }[]).map(({ metadata, status }) => ({
    name: metadata.name,
    addresses: status['addresses'],
    macAddress: status['macAddress'],
    interfaceName: status['interfaceName'],
  }));
};

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await new Promise((resume) => setTimeout(resume, 20));
  }
}

const isReadyOn = async (path: string, host: string): Promise<boolean> => {
  const { status } = await get(path);
  const isReady = (status.conditions as { type: string; status: string }[]).some((one) => one.type === 'Ready' && one.status === 'True');
  return isReady && status.host === host;
};

describe('a sandbox that moves to another host', () => {
  it('is there, with its endpoints as they were, and nowhere else', async () => {
    const id = await furnish('a', 'h1', 8001);
    const before = await shown('a');
    const { body } = await move('a', 'h2').set('Prefer', 'wait=60').expect(200);
    expect(body).toMatchObject({ spec: { host: 'h2' }, status: { host: 'h2' } });
    for (const endpoint of ['a-wide', 'a-local'])
      await until(`endpoint ${endpoint} is on h2`, () => isReadyOn(`endpoints/${endpoint}`, 'h2'));
    expect(await shown('a')).toEqual(before);
    expect(await get('endpoints/a-wide/ports/http')).toMatchObject({ status: { host: 'h2', hostPort: 8001 } });
    await expect.poll(() => worker('h1').objects.has(id)).toBe(false);
    expect(worker('h2').objects.get(id)).toMatchObject({ deleted: false });
    await move('a', 'h2').expect(200);
    expect((await get('sandboxes/a')).metadata.generation).toBe(body.metadata.generation);
  });

  it('is on no host while the former one is not clean of it, and takes no endpoints then', async () => {
    const id = await furnish('b', 'h1', 8002);
    worker('h1').isSilent = true;
    const { body } = await move('b', 'h2').expect(200);
    expect(body).toMatchObject({ spec: { host: 'h2' }, status: { host: 'h1' } });
    expect(body.status.conditions).toMatchObject([{ type: 'Ready', status: 'False', reason: 'Pending' }]);
    expect(await get('endpoints/b-wide')).toMatchObject({ spec: { sandbox: 'b' }, status: { host: 'h1', interfaceName: null } });
    expect((await move('b', 'h3').expect(409)).body).toMatchObject({ type: '/problems/still-leaving' });
    const { body: refused } = await api.post('/v1/endpoints', { spec: { network: 'local', sandbox: 'b' } }).expect(409);
    expect(refused).toMatchObject({ type: '/problems/still-leaving', errors: [{ pointer: '/spec/sandbox' }] });
    expect(worker('h2').objects.has(id)).toBe(false);
    // One of them is not to come along.
    await api.post('/v1/endpoints/b-local/leave', {}).expect(200);
    await worker('h1').speak();
    await until('b-wide is on h2', () => isReadyOn('endpoints/b-wide', 'h2'));
    expect(await get('endpoints/b-local')).toMatchObject({ spec: { sandbox: null }, status: { host: null } });
  });

  it('can be deleted on its way', async () => {
    await furnish('c', 'h1', 8003);
    worker('h1').isSilent = true;
    await move('c', 'h2').expect(200);
    await api.delete('/v1/sandboxes/c').expect(202);
    await worker('h1').speak();
    for (const path of ['sandboxes/c', 'endpoints/c-wide', 'endpoints/c-local'])
      await until(`${path} is gone`, async () => (await api.get(`/v1/${path}`)).status === 404);
  });

  it('leaves out the endpoint that the other host does not take, and says why', async () => {
    await furnish('d', 'h1', 8004);
    await furnish('taken', 'h2', 8004);
    await move('d', 'h2').expect(200);
    await until('d-local is on h2', () => isReadyOn('endpoints/d-local', 'h2'));
    await until('d-wide is left out', async () => (await get('endpoints/d-wide')).spec.sandbox === null);
    const { status } = await get('endpoints/d-wide');
    expect(status.conditions[0]).toMatchObject({ reason: 'NotJoined', message: expect.stringContaining('8004') });
    const { items } = await get('events?kind=endpoint');
    expect((items as { objectName: string; reason: string; type: string }[]).filter(({ reason }) => reason === 'NotJoined')).toMatchObject([
      { objectName: 'd-wide', type: 'Warning' },
    ]);
  });

  it('arrives when the host that it comes from is lost, and stays when the one is that it goes to', async () => {
    const lost = await under.addHost('lost', { features: ['vxlan'], underlay: [{ address: '192.0.2.9', mtuBytes: 1500 }] });
    await furnish('e', 'lost', 8005);
    lost.isSilent = true;
    await move('e', 'h3').expect(200);
    await api.delete('/v1/hosts/lost').expect(409);
    await lost.disconnect();
    await api.delete('/v1/hosts/lost?force=true').expect(204);
    for (const path of ['sandboxes/e', 'endpoints/e-wide', 'endpoints/e-local'])
      await until(`${path} is on h3`, () => isReadyOn(path, 'h3'));

    await under.addHost('lost', { features: ['vxlan'], underlay: [{ address: '192.0.2.9', mtuBytes: 1500 }] });
    worker('h3').isSilent = true;
    await move('e', 'lost').expect(200);
    await api.delete('/v1/hosts/lost?force=true').expect(204);
    await worker('h3').speak();
    for (const path of ['sandboxes/e', 'endpoints/e-wide', 'endpoints/e-local'])
      await until(`${path} is on h3`, () => isReadyOn(path, 'h3'));
  });

  it.each([
    { what: 'a host that there is not', host: 'nowhere', status: 422, detail: 'there is no host nowhere' },
    {
      what: 'a host whose kernel lacks something',
      host: 'bare',
      status: 409,
      detail: /^host bare cannot realise network wide: .* hosts that can: h1, h2, h3$/,
    },
  ])('is refused before anything is done: $what', async ({ host, status, detail }) => {
    const before = await get('sandboxes/a');
    const { body } = await move('a', host).expect(status);
    expect(body).toMatchObject({ detail: expect.stringMatching(detail), errors: [{ pointer: '/spec/host' }] });
    expect(await get('sandboxes/a')).toEqual(before);
  });

  it('is refused while it has an endpoint that is confined to its host, or is the host’s', async () => {
    await create('sandboxes', 'f', { host: 'h1' });
    await create('endpoints', 'f', { sandbox: 'f' });
    expect((await move('f', 'h2').expect(422)).body.detail).toBe(
      'endpoint f is on network default-h1, which is confined to another host than h2: it must leave first',
    );
    await create('sandboxes', 'adopted', { host: 'h1', namespace: { type: 'adopted', pid: 77 } });
    expect((await move('adopted', 'h2').expect(422)).body.detail).toBe('sandbox adopted is of namespace type adopted, which is its host’s');
  });
});

describe('a host that is drained', () => {
  it('gets nothing new, says who takes it, is emptied by its list, and goes', async () => {
    const name = 'old';
    await under.addHost(name, { features: ['vxlan'], underlay: [{ address: '192.0.2.20', mtuBytes: 1500 }] });
    await furnish('stays', name, 8006);
    await create('endpoints', 'late', { network: 'local' });
    await api.post('/v1/tenants', { metadata: { name: 'class-a' } }).expect(201);
    for (const [collection, spec] of [
      ['networks', { driver: 'bridge', subnets: [{ cidr: '10.2.0.0/24' }] }],
      ['sandboxes', { host: name }],
      ['endpoints', { network: 'theirs', sandbox: 'theirs' }],
    ] as const)
      await api
        .post(`/v1/${collection}`, { metadata: { name: 'theirs' }, spec })
        .set('Netyard-Tenant', 'class-a')
        .set('Prefer', 'wait=60')
        .expect(201);
    await api.patch(`/v1/hosts/${name}`, { spec: { drained: true } }).expect(200);
    for (const [path, body, pointer] of [
      ['/v1/sandboxes', { spec: { host: name } }, '/spec/host'],
      ['/v1/networks', { spec: { driver: 'bridge', host: name } }, '/spec/host'],
      ['/v1/endpoints', { spec: { network: 'local', sandbox: 'stays' } }, '/spec/sandbox'],
      ['/v1/endpoints/late/join', { sandbox: 'stays' }, '/sandbox'],
    ] as const) {
      const refused = await api.post(path, body).expect(409);
      expect(refused.body).toMatchObject({
        type: '/problems/host-drained',
        detail: 'host old is drained: nothing new is placed on it; hosts that take it: bare, h1, h2, h3',
        errors: [{ pointer }],
      });
    }
    expect((await move('a', name).expect(409)).body.type).toBe('/problems/host-drained');
    const placed = async (): Promise<{ tenant: string; kind: string; id: string; name: string }[]> =>
      (await get(`hosts/${name}/placed`)).items;
    for (const { tenant, kind, id } of await placed())
      if (kind === 'sandbox')
        await api
          .patch(`/v1/sandboxes/${id}`, { spec: { host: 'h3' } })
          .set('Netyard-Tenant', tenant)
          .set('Prefer', 'wait=60')
          .expect(200);
    await until('the host is empty', async () => (await placed()).every((one) => one.name === `default-${name}`));
    await until('its endpoint is on h3', () => isReadyOn('endpoints/stays-wide', 'h3'));
    await until('their endpoint is on h3', async () => {
      const { body } = await api.get('/v1/endpoints/theirs').set('Netyard-Tenant', 'class-a').expect(200);
      return body.status.host === 'h3';
    });
    await under.workers.at(-1)?.disconnect();
    await api.delete(`/v1/hosts/${name}`).expect(204);
    await api.get(`/v1/hosts/${name}`).expect(404);
    const { body: routers } = await api.get('/v1/routers').set('Netyard-Tenant', 'class-a').expect(200);
    expect((routers.items as { spec: { host: string } }[]).map(({ spec }) => spec.host)).toEqual(['h3']);
  });
});
