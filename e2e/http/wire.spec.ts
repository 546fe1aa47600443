import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DesiredNetwork, HostLink } from '@netyard/contracts';
import type { FakeWorker } from '../../libs/testing/src/fake-worker';
import { ApiUnderTest, type Replica } from './api-under-test';

const link = (name: string, over: Partial<HostLink> = {}): HostLink => ({
  name,
  kind: null,
  up: true,
  mtuBytes: 1500,
  macAddress: null,
  master: null,
  ...over,
});
const links = [
  link('eth0'),
  link('eth1', { mtuBytes: 9000 }),
  link('down0', { up: false }),
  link('br0', { kind: 'bridge' }),
  link('port0', { master: 'br0' }),
];
const features = ['macvlan', 'ipvlan', 'vlan'];

describe('networks straight on the wire', () => {
  let under: ApiUnderTest;
  let api: Replica;
  let one: FakeWorker;

  beforeAll(async () => {
    under = await ApiUnderTest.start({ hosts: [] });
    api = under.replica;
    one = await under.addHost('one', { features, links, routes: ['192.0.2.0/24'] });
    await under.addHost('two', { features, links });
    await under.addHost('poor', { features: ['macvlan'], links: [link('eth0')] });
    for (const host of ['one', 'two', 'poor']) await api.post('/v1/sandboxes', { metadata: { name: host }, spec: { host } }).expect(201);
    await api.post('/v1/sandboxes', { metadata: { name: 'more' }, spec: { host: 'one' } }).expect(201);
  });
  afterAll(() => under.close());

  const create = (name: string, spec: object) => api.post('/v1/networks', { metadata: { name }, spec });
  const join = (name: string, network: string, sandbox: string, spec: object = {}) =>
    api.post('/v1/endpoints', { metadata: { name }, spec: { network, sandbox, ...spec } }).set('Prefer', 'wait=60');
  const clear = (name: string) => api.delete(`/v1/networks/${name}?cascade=true`).set('Prefer', 'wait=60').expect(204);
  const networkOn = (worker: FakeWorker, name: string): DesiredNetwork | undefined =>
    [...worker.objects.values()].find((object): object is DesiredNetwork => object.kind === 'network' && object.name === name);

  it('may have the subnet that their hosts route, and are known by name on all of them', async () => {
    await create('lan', {
      driver: 'macvlan',
      subnets: [{ cidr: '192.0.2.0/24', gateway: '192.0.2.254' }],
      options: { parent: 'eth0' },
    }).expect(201);
    const { body } = await join('a', 'lan', 'one').expect(201);
    expect(body.status).toMatchObject({ macAddress: expect.stringMatching(/^02/), hostLink: null, gateways: ['192.0.2.254'] });
    await join('b', 'lan', 'two').expect(201);
    await one.until(() =>
      [...one.objects.values()].some((object) => object.kind === 'peer' && object.names.includes('b') && object.tunnelAddress === null),
    );
    expect((await api.get('/v1/networks/lan')).body.status).toMatchObject({
      mtuBytes: 1500,
      mtuReason: expect.stringMatching(/^link eth0 of host (one|two)/),
      vni: null,
    });
    expect(networkOn(one, 'lan')).toMatchObject({
      hostAddresses: [],
      hostMac: null,
      options: { parent: 'eth0', mode: 'bridge', hostShim: false },
    });
    await clear('lan');
  });

  it('give a host with a shim an address in each subnet, and take it back', async () => {
    await create('shim', { driver: 'macvlan', subnets: [{ cidr: '10.5.0.0/24' }], options: { parent: 'eth1.50', hostShim: true } }).expect(
      201,
    );
    await join('a', 'shim', 'one').expect(201);
    expect(networkOn(one, 'shim')).toMatchObject({
      hostAddresses: [expect.stringMatching(/^10\.5\.0\.\d+\/24$/)],
      hostMac: expect.stringMatching(/^0a/),
    });
    await api.delete('/v1/endpoints/a').set('Prefer', 'wait=60').expect(204);
    await one.until(() => networkOn(one, 'shim') === undefined);
    expect((await api.get('/v1/networks/shim')).body.status.subnets[0].addressesInUse).toBe(0);
    await clear('shim');
  });

  it('of driver ipvlan have no MAC addresses of their own', async () => {
    await create('ip', { driver: 'ipvlan', options: { parent: 'eth0', mode: 'l3' } }).expect(201);
    const { body } = await join('a', 'ip', 'one').expect(201);
    expect(body.status.macAddress).toBeNull();
    const { body: refused } = await join('b', 'ip', 'more', { macAddress: '02:00:00:00:00:01' }).expect(422);
    expect(refused).toMatchObject({
      errors: [{ pointer: '/spec/macAddress' }],
      detail: expect.stringContaining('have the MAC address of the parent'),
    });
    await clear('ip');
  });

  it.each([
    { name: 'no parent', spec: { driver: 'macvlan' }, pointer: '/spec/options', detail: /needs option parent/ },
    {
      name: 'an unknown mode',
      spec: { driver: 'macvlan', options: { parent: 'eth0', mode: 'l2' } },
      pointer: '/spec/options/mode',
      detail: /mode must be equal to one of/,
    },
    {
      name: 'an impossible VLAN',
      spec: { driver: 'macvlan', options: { parent: 'eth0.4095' } },
      pointer: '/spec/options/parent',
      detail: /eth0\.4095 is no VLAN: numbers are 1 to 4094/,
    },
    {
      name: 'a gateway in mode l3',
      spec: {
        driver: 'ipvlan',
        subnets: [{ cidr: '10.6.0.0/24' }, { cidr: 'fd00:6::/64', gateway: 'fd00:6::1' }],
        options: { parent: 'eth0', mode: 'l3' },
      },
      pointer: '/spec/subnets/1/gateway',
      detail: /fd00:6::1 cannot be a gateway: in mode l3/,
    },
  ])('refuse $name', async ({ spec, pointer, detail }) => {
    const { body } = await create('refused', spec).expect(422);
    expect(body).toMatchObject({ type: '/problems/invalid-value', errors: [{ pointer }] });
    expect(body.detail).toMatch(detail);
  });

  it.each([
    {
      name: 'that is missing',
      parent: 'eth7',
      sandbox: 'one',
      detail: /host one cannot take network n: it has no link eth7 \(its links: eth0, eth1, down0, br0, port0\)/,
    },
    { name: 'that is down', parent: 'down0', sandbox: 'one', detail: /its link down0 is down/ },
    { name: 'that is a port of a bridge', parent: 'port0', sandbox: 'one', detail: /its link port0 is a port of bridge br0/ },
    {
      name: 'of which the host can make no VLAN',
      parent: 'eth0.7',
      sandbox: 'poor',
      detail: /its kernel has no VLANs \(vlan\), and it has no link eth0\.7/,
    },
  ])('refuse a host with a parent $name', async ({ parent, sandbox, detail }) => {
    await create('n', { driver: 'macvlan', options: { parent } }).expect(201);
    const { body } = await join('a', 'n', sandbox).expect(409);
    expect(body).toMatchObject({ type: '/problems/host-unfit', errors: [{ pointer: '/spec/network' }] });
    expect(body.detail).toMatch(detail);
    await clear('n');
  });

  it('refuse a host whose kernel lacks the driver, naming those that have it', async () => {
    await create('n', { driver: 'ipvlan', options: { parent: 'eth0' } }).expect(201);
    const { body } = await join('a', 'n', 'poor').expect(409);
    expect(body.detail).toBe('host poor cannot realise network n: driver ipvlan needs ipvlan in the kernel; hosts that can: one, two');
    await clear('n');
  });

  it('refuse an MTU above the parent’s', async () => {
    await create('n', { driver: 'macvlan', options: { parent: 'eth0', mtuBytes: 9000 } }).expect(201);
    expect((await join('a', 'n', 'one').expect(409)).body.detail).toMatch(/an MTU of 9000 bytes is more than the 1500 of its link eth0/);
    await clear('n');
  });

  it.each([
    {
      name: 'macvlan beside ipvlan',
      first: { driver: 'macvlan', options: { parent: 'eth0' } },
      second: { driver: 'ipvlan', options: { parent: 'eth0' } },
      detail: /network first is on its link eth0 already, and a link takes either macvlan or ipvlan/,
    },
    {
      name: 'anything beside passthru',
      first: { driver: 'macvlan', options: { parent: 'eth0', mode: 'passthru' } },
      second: { driver: 'macvlan', options: { parent: 'eth0' } },
      detail: /mode passthru shares its parent with nobody/,
    },
    {
      name: 'ipvlan in two modes',
      first: { driver: 'ipvlan', options: { parent: 'eth0' } },
      second: { driver: 'ipvlan', options: { parent: 'eth0', mode: 'l3' } },
      detail: /one mode and one flag/,
    },
  ])('refuse $name on one parent, naming the other network', async ({ first, second, detail }) => {
    await create('first', first).expect(201);
    await create('second', second).expect(201);
    await join('a', 'first', 'one').expect(201);
    expect((await join('b', 'second', 'more').expect(409)).body.detail).toMatch(detail);
    await join('b', 'second', 'two').expect(201);
    await clear('first');
    await clear('second');
  });

  it('take one endpoint on a host in mode passthru', async () => {
    await create('alone', { driver: 'macvlan', options: { parent: 'eth1', mode: 'passthru' } }).expect(201);
    await join('a', 'alone', 'one').expect(201);
    expect((await join('b', 'alone', 'more').expect(409)).body.detail).toMatch(/network alone can have 1 endpoints on one host/);
    await clear('alone');
  });

  it('have no ports, policies or limits', async () => {
    await create('bare', { driver: 'macvlan', options: { parent: 'eth0' } }).expect(201);
    await join('a', 'bare', 'one').expect(201);
    expect((await api.post('/v1/endpoints/a/ports', { protocol: 'tcp', port: 80 }).expect(422)).body.detail).toMatch(/it is on the wire/);
    expect((await api.post('/v1/policies', { spec: { network: 'bare' } }).expect(422)).body.detail).toMatch(/passes no bridge of the host/);
    expect((await join('b', 'bare', 'more', { limits: { egressMbps: 10 } }).expect(422)).body).toMatchObject({
      errors: [{ pointer: '/spec/limits' }],
    });
    expect((await api.patch('/v1/endpoints/a', { spec: { limits: { egressMbps: 10 } } }).expect(422)).body.detail).toMatch(
      /have no limits/,
    );
    await clear('bare');
  });
});
