import type { Test } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiUnderTest, type Replica } from '../api-under-test';

const link = (name: string) => ({ name, kind: null, up: true, mtuBytes: 1500, macAddress: null, master: null });

let under: ApiUnderTest;
let api: Replica;
beforeAll(async () => {
  under = await ApiUnderTest.start({ hosts: [] });
  api = under.replica;
  for (const host of ['one', 'two']) await under.addHost(host, { features: ['macvlan', 'vlan'], links: [link('eth0'), link('eth1')] });
  await api.post('/v1/tenants', { metadata: { name: 'red' } }).expect(201);
});
afterAll(() => under.close());

const grant = (grants: object): Test => api.patch('/v1/tenants/red', { spec: { grants } });
const parents = (...list: object[]): object => ({ drivers: ['bridge', 'macvlan'], parents: list });
const create = (collection: string, name: string, spec: object): Test =>
  api.post(`/v1/${collection}`, { metadata: { name }, spec }).set('Netyard-Tenant', 'red').set('Prefer', 'wait=60');
let next = 0;
/** A network on a parent; each has another subnet. */
const wire = (name: string, parent: string, more: object = {}): Test =>
  create('networks', name, { driver: 'macvlan', options: { parent }, subnets: [{ cidr: `10.${++next}.0.0/24` }], ...more });

describe('parents', () => {
  it('are granted by link, host and VLAN, and shown', async () => {
    const { body } = await grant(parents({ link: 'eth1', untagged: true }, { link: 'eth0', host: 'one', vlans: ['100-199', '7'] })).expect(
      200,
    );
    expect(body.spec.grants.parents).toEqual([
      { link: 'eth1', host: null, untagged: true, vlans: [] },
      { link: 'eth0', host: 'one', untagged: false, vlans: ['100-199', '7'] },
    ]);
  });

  it.each([
    ['eth1', null],
    ['eth1', 'two'],
    ['eth0.100', 'one'],
    ['eth0.7', null],
  ])('may be had where they are granted: %s on %s', async (parent, host) => {
    const { body } = await wire(`w${next}`, parent, { host }).expect(201);
    await api.delete(`/v1/networks/${body.metadata.id}`).set('Netyard-Tenant', 'red').expect(204);
  });

  it.each([
    ['eth0', null, 'eth0'],
    ['eth1.5', null, 'eth1.5'],
    ['eth0.99', 'one', 'eth0.99 of host one'],
    ['eth0.100', 'two', 'eth0.100 of host two'],
  ])('may not be had elsewhere, and the refusal says what may: %s on %s', async (parent, host, told) => {
    const { body } = await wire('refused', parent, { host }).expect(403);
    expect(body).toMatchObject({
      type: '/problems/not-granted',
      detail: `networks on parent ${told} have not been granted to tenant red, which may have: eth1 (untagged), eth0 of host one (VLANs 100-199, 7)`,
      errors: [{ pointer: '/spec/options/parent' }],
    });
  });

  it('keep a network from hosts for which they are not granted', async () => {
    await wire('lan', 'eth0.100').expect(201);
    for (const host of ['one', 'two']) await create('sandboxes', host, { host }).expect(201);
    await create('endpoints', 'on-one', { network: 'lan', sandbox: 'one' }).expect(201);
    const { body } = await create('endpoints', 'on-two', { network: 'lan', sandbox: 'two' }).expect(403);
    expect(body).toMatchObject({
      detail: expect.stringContaining('networks on parent eth0.100 of host two have not been granted') as string,
      errors: [{ pointer: '/spec/network' }],
    });
  });

  it('that are withdrawn leave what stands, which is listed', async () => {
    const beyond = async (): Promise<object[]> => (await api.get('/v1/tenants/red').expect(200)).body.status.beyondGrants;
    expect(await beyond()).toEqual([]);
    await grant({ parents: [] }).expect(200);
    expect(await beyond()).toMatchObject([{ kind: 'network', name: 'lan', what: 'parent eth0.100 of host one' }]);
    expect((await api.get('/v1/tenants').expect(200)).body.items).toContainEqual(
      expect.objectContaining({ status: expect.objectContaining({ beyondGrants: await beyond() }) as object }),
    );
    await create('sandboxes', 'later', { host: 'one' }).expect(201);
    expect((await create('endpoints', 'later', { network: 'lan', sandbox: 'later' }).expect(201)).body.status.conditions[0].status).toBe(
      'True',
    );
    await grant({ drivers: ['bridge'], namespaces: [] }).expect(200);
    expect(await beyond()).toMatchObject([
      { kind: 'network', name: 'lan', what: 'driver macvlan' },
      { kind: 'sandbox', name: 'later', what: 'namespace type managed' },
      { kind: 'sandbox', name: 'one' },
      { kind: 'sandbox', name: 'two' },
    ]);
  });

  it.each([
    ['a host that there is not', { link: 'eth1', host: 'moon', untagged: true }, '/host'],
    ['no VLANs', { link: 'eth1', vlans: ['5000'] }, '/vlans/0'],
    ['a range that is none', { link: 'eth1', vlans: ['1', '9-2'] }, '/vlans/1'],
    ['nothing', { link: 'eth1' }, ''],
    ['a pattern', { link: 'eth*', untagged: true }, '/link'],
    ['no link', { link: 'a link', untagged: true }, '/link'],
  ])('are not granted with %s', async (_, parent, pointer) => {
    const { body } = await grant(parents(parent));
    expect(body.status).toBeGreaterThanOrEqual(400);
    expect(body.errors).toMatchObject([{ pointer: `/spec/grants/parents/0${pointer}` }]);
  });

  it('are the default tenant’s all, and nobody’s else from the start', async () => {
    const grantsOf = async (name: string): Promise<unknown> => (await api.get(`/v1/tenants/${name}`).expect(200)).body.spec.grants.parents;
    expect(await grantsOf('default')).toEqual([{ link: '*', host: null, untagged: true, vlans: ['1-4094'] }]);
    await api.post('/v1/tenants', { metadata: { name: 'blue' } }).expect(201);
    expect(await grantsOf('blue')).toEqual([]);
  });
});
