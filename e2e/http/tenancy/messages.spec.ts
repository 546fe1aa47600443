import type { Test } from 'supertest';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiUnderTest } from '../api-under-test';

const features = ['vxlan', 'wireguard', 'macvlan'];
const eth1 = { name: 'eth1', kind: null, up: true, mtuBytes: 1500, macAddress: '02:00:00:00:01:01', master: null };
const underlay = [{ address: '192.0.2.10', mtuBytes: 1500 }];
const key = () => [
  {
    underlay: 'ipv4' as const,
    publicKey: randomBytes(32).toString('base64'),
    port: 51820,
    createdAt: new Date().toISOString(),
    nextPublicKey: null,
  },
];

let under: ApiUnderTest;
/** Tenants `ours` and `theirs`; of two hosts that can do everything, `hidden` is there for theirs alone. The others lack something. */
beforeAll(async () => {
  under = await ApiUnderTest.start({ hosts: [] });
  await under.addHost('plain');
  await under.addHost('apart', { features });
  await under.addHost('keyless', { features, underlay: [{ address: '192.0.2.12', mtuBytes: 1500 }] });
  await under.addHost('able', { features, underlay, keys: key(), links: [eth1] });
  await under.addHost('hidden', {
    features,
    underlay: [{ address: '192.0.2.11', mtuBytes: 1500 }],
    keys: key(),
    links: [eth1],
    routes: ['10.99.0.0/16'],
  });
  for (const name of ['ours', 'theirs'])
    await under.replica
      .post('/v1/tenants', {
        metadata: { name },
        spec: { grants: { drivers: ['bridge', 'overlay', 'macvlan'], parents: [{ link: 'eth1', untagged: true }] } },
      })
      .expect(201);
  await under.replica.patch('/v1/hosts/hidden', { spec: { tenants: ['theirs'] } }).expect(200);
  await create('ours', 'networks', 'wide', { driver: 'overlay' }).expect(201);
  await create('ours', 'networks', 'secret', { driver: 'overlay', options: { encrypted: true } }).expect(201);
  for (const host of ['plain', 'apart', 'keyless', 'able']) await create('ours', 'sandboxes', host, { host }).expect(201);
});
afterAll(() => under.close());

const create = (tenant: string, collection: string, name: string, spec: object): Test =>
  under.replica.post(`/v1/${collection}`, { metadata: { name }, spec }).set('Netyard-Tenant', tenant).set('Prefer', 'respond-async');

describe('a refusal', () => {
  it.each([
    { what: 'a kernel that lacks something', network: 'wide', sandbox: 'plain', told: 'hosts that can: able, apart, keyless' },
    { what: 'no address on the underlay', network: 'wide', sandbox: 'apart', told: 'hosts that can: able, keyless' },
    { what: 'no key', network: 'secret', sandbox: 'keyless', told: 'hosts that can: able' },
  ])('names the hosts that can, of those that are there for the tenant: $what', async ({ network, sandbox, told }) => {
    const { body } = await create('ours', 'endpoints', 'refused', { network, sandbox }).expect(409);
    expect(body.type).toBe('/problems/host-unfit');
    expect(body.detail).toMatch(new RegExp(`; ${told}$`));
  });

  it('says that a link is another tenant’s, and nothing of whose', async () => {
    const passthru = { driver: 'macvlan', options: { parent: 'eth1', mode: 'passthru' } };
    await create('theirs', 'networks', 'wire-theirs', { ...passthru, subnets: [{ cidr: '192.0.2.0/28' }] }).expect(201);
    await create('theirs', 'sandboxes', 'a', { host: 'able' }).expect(201);
    await create('theirs', 'endpoints', 'a', { network: 'wire-theirs', sandbox: 'a' }).expect(201);
    await create('ours', 'networks', 'wire', { ...passthru, subnets: [{ cidr: '192.0.2.0/28' }] }).expect(201);
    const { body } = await create('ours', 'endpoints', 'refused', { network: 'wire', sandbox: 'able' }).expect(409);
    expect(body.detail).toMatch(
      /: a network of another tenant is on its link eth1 already, and mode passthru shares its parent with nobody$/,
    );
  });

  it('is none for the sake of a host that is not there for the tenant', async () => {
    const overlay = { driver: 'overlay', subnets: [{ cidr: '10.99.1.0/24' }] };
    // In routers there are no routes of hosts.
    await create('theirs', 'networks', 'routed', overlay).expect(201);
    await create('default', 'networks', 'clear', overlay).expect(201);
    await under.replica.patch('/v1/hosts/hidden', { spec: { tenants: ['theirs', 'default'] } }).expect(200);
    const { body } = await create('default', 'networks', 'clashing', { ...overlay, subnets: [{ cidr: '10.99.2.0/24' }] }).expect(409);
    expect(body.detail).toBe('10.99.2.0/24 overlaps the route 10.99.0.0/16 of host hidden');
  });
});
