import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DesiredNetwork, DesiredPeer, HostLink, Lease } from '@netyard/contracts';
import type { FakeWorker } from '../../libs/testing/src/fake-worker';
import { ApiUnderTest, type Replica } from './api-under-test';

const links: HostLink[] = [{ name: 'eth0', kind: null, up: true, mtuBytes: 1500, macAddress: null, master: null }];
const lease = (address: string, over: Partial<Lease> = {}): Lease => ({
  address,
  prefixLength: 24,
  gateway: '192.0.2.1',
  server: '192.0.2.1',
  dns: ['192.0.2.1'],
  domain: 'lan.example',
  obtainedAt: '2026-01-02T03:04:05.000Z',
  renewAt: '2026-01-02T04:04:05.000Z',
  expiresAt: '2026-01-02T05:04:05.000Z',
  state: 'bound',
  ...over,
});

describe('networks with addresses by DHCP', () => {
  let under: ApiUnderTest;
  let api: Replica;
  let one: FakeWorker;
  let two: FakeWorker;

  beforeAll(async () => {
    under = await ApiUnderTest.start({ hosts: [] });
    api = under.replica;
    const features = ['macvlan', 'ipvlan', 'dhcp-client'];
    one = await under.addHost('one', { features, links });
    two = await under.addHost('two', { features, links });
    await under.addHost('clientless', { features: ['macvlan'], links });
    for (const host of ['one', 'two', 'clientless'])
      await api.post('/v1/sandboxes', { metadata: { name: host }, spec: { host } }).expect(201);
  });
  afterAll(() => under.close());

  const create = (name: string, spec: object) => api.post('/v1/networks', { metadata: { name }, spec });
  /** Answered when the host has had its first word, as if the endpoint stood: what a test reports is later. */
  const join = (name: string, network: string, sandbox: string, spec: object = {}) =>
    api.post('/v1/endpoints', { metadata: { name }, spec: { network, sandbox, ...spec } }).set('Prefer', 'wait=60');
  const clear = (name: string) => api.delete(`/v1/networks/${name}?cascade=true`).set('Prefer', 'wait=60').expect(204);
  const endpoint = async (name: string) => (await api.get(`/v1/endpoints/${name}`).expect(200)).body;
  const conditionOf = (body: { status: { conditions: { type: string }[] } }, wanted: string) =>
    body.status.conditions.find(({ type }) => type === wanted);
  /** As a worker says that an endpoint has, or has lost, a lease. */
  const report = (worker: FakeWorker, id: string, held: Lease | null, generation = 1) =>
    worker.report({
      objects: [
        {
          kind: 'endpoint',
          id,
          observedGeneration: generation,
          gone: false,
          conditions: [
            { type: 'LinkReady', status: 'True', reason: 'Applied', message: '' },
            held
              ? { type: 'Leased', status: 'True', reason: 'Bound', message: '' }
              : { type: 'Leased', status: 'False', reason: 'NoServer', message: 'no DHCP server answers on eth0' },
          ],
          lease: held,
        },
      ],
    });

  it('have no subnets; their endpoints have the addresses that hosts report', async () => {
    const { body: network } = await create('lan', { driver: 'macvlan', options: { parent: 'eth0', addressing: 'dhcp' } }).expect(201);
    expect(network).toMatchObject({ spec: { subnets: [], options: { addressing: 'dhcp' } }, status: { subnets: [] } });
    const { body: made } = await join('a', 'lan', 'one').expect(201);
    const { id } = made.metadata;
    expect(made.status).toMatchObject({ addresses: [], gateways: [], lease: null, macAddress: expect.stringMatching(/^.[26ae]:/) });
    await one.until(() => one.objects.has(id));
    expect(one.objects.get(id)).toMatchObject({ kind: 'endpoint', addresses: [] });
    expect(
      [...one.objects.values()].find((object): object is DesiredNetwork => object.kind === 'network' && object.name === 'lan'),
    ).toMatchObject({
      subnets: [],
      discovery: true,
    });

    await report(one, id, null);
    expect(conditionOf(await endpoint('a'), 'Ready')).toMatchObject({ status: 'False', reason: 'NoServer' });
    await report(one, id, lease('192.0.2.57'));
    const leased = await endpoint('a');
    expect(leased.status).toMatchObject({ addresses: ['192.0.2.57/24'], gateways: ['192.0.2.1'], lease: lease('192.0.2.57') });
    expect(conditionOf(leased, 'Ready')).toMatchObject({ status: 'True' });
    await clear('lan');
  });

  it('tell other hosts of each address that is leased, and wait until they answer for it', async () => {
    await create('lan', { driver: 'ipvlan', options: { parent: 'eth0', addressing: 'dhcp' } }).expect(201);
    await join('b', 'lan', 'two').expect(201);
    const { id } = (await join('a', 'lan', 'one').expect(201)).body.metadata;
    const peer = (): DesiredPeer | undefined =>
      [...two.objects.values()].find((object): object is DesiredPeer => object.kind === 'peer' && object.id === id);
    await two.until(() => peer()?.addresses.length === 0);
    const before = peer()?.generation ?? 0;
    two.isSilent = true;
    await report(one, id, lease('192.0.2.57'));
    await two.until(() => peer()?.addresses[0] === '192.0.2.57');
    expect(peer()?.generation).toBe(before + 1);
    await report(one, id, lease('192.0.2.58'));
    await two.until(() => peer()?.addresses[0] === '192.0.2.58');
    expect(conditionOf(await endpoint('a'), 'Ready')).toMatchObject({ status: 'False', message: 'not yet reached by two' });
    two.isSilent = false;
    await two.speak();
    expect(conditionOf(await endpoint('a'), 'Ready')).toMatchObject({ status: 'True' });
    await report(one, id, lease('192.0.2.58', { obtainedAt: '2026-01-02T04:04:05.000Z' }));
    expect(peer()?.generation).toBe(before + 2);
    expect((await endpoint('a')).status.lease.obtainedAt).toBe('2026-01-02T04:04:05.000Z');
    await report(one, id, null);
    await two.until(() => peer()?.addresses.length === 0);
    expect((await endpoint('a')).status).toMatchObject({ addresses: [], lease: null });
    await clear('lan');
  });

  it('say when a server has given one address to two', async () => {
    await create('lan', { driver: 'macvlan', options: { parent: 'eth0', addressing: 'dhcp' } }).expect(201);
    const { id: first } = (await join('a', 'lan', 'one').expect(201)).body.metadata;
    const { id: second } = (await join('b', 'lan', 'two').expect(201)).body.metadata;
    await report(one, first, lease('192.0.2.57'));
    await report(two, second, lease('192.0.2.57'));
    for (const [name, other] of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      const body = await endpoint(name);
      const message = `the DHCP server has given 192.0.2.57 to ${other} too`;
      expect(conditionOf(body, 'AddressUnique')).toMatchObject({ status: 'False', reason: 'AddressInUse', message });
      expect(conditionOf(body, 'Ready')).toMatchObject({ status: 'False', reason: 'AddressInUse' });
    }
    await report(two, second, lease('192.0.2.58'));
    for (const name of ['a', 'b']) expect(conditionOf(await endpoint(name), 'AddressUnique')).toMatchObject({ status: 'True' });
    await clear('lan');
  });

  it('forget the lease of an endpoint that leaves', async () => {
    await create('lan', { driver: 'macvlan', options: { parent: 'eth0', addressing: 'dhcp' } }).expect(201);
    const { id } = (await join('a', 'lan', 'one').expect(201)).body.metadata;
    await report(one, id, lease('192.0.2.57'));
    const { body } = await api.post('/v1/endpoints/a/leave', {}).set('Prefer', 'wait=60').expect(200);
    expect(body.status).toMatchObject({ addresses: [], lease: null, host: null });
    await clear('lan');
  });

  it.each([
    { name: 'subnets', spec: { subnets: [{ cidr: '10.7.0.0/24' }] }, pointer: '/spec/subnets', detail: /can have no subnets of its own/ },
    { name: 'an IPv6 subnet', spec: { ipv6: true }, pointer: '/spec/ipv6', detail: /leases IPv4 addresses/ },
    {
      name: 'no parent',
      spec: { internal: true, options: { addressing: 'dhcp' } },
      pointer: '/spec/options/addressing',
      detail: /need option parent: without it the network ends with its host/,
    },
    {
      name: 'a host shim',
      spec: { options: { parent: 'eth0', addressing: 'dhcp', hostShim: true } },
      pointer: '/spec/options/hostShim',
      detail: /a host shim needs an address/,
    },
    {
      name: 'mode l3',
      spec: { driver: 'ipvlan', options: { parent: 'eth0', addressing: 'dhcp', mode: 'l3' } },
      pointer: '/spec/options/addressing',
      detail: /need mode l2: in mode l3 there are no broadcasts/,
    },
    {
      name: 'an unknown way',
      spec: { options: { parent: 'eth0', addressing: 'bootp' } },
      pointer: '/spec/options/addressing',
      detail: /must be equal to one of/,
    },
  ])('are refused with $name', async ({ spec, pointer, detail }) => {
    const { body } = await create('refused', { driver: 'macvlan', options: { parent: 'eth0', addressing: 'dhcp' }, ...spec }).expect(422);
    expect(body).toMatchObject({ type: '/problems/invalid-value', errors: [{ pointer }] });
    expect(body.detail).toMatch(detail);
  });

  it('refuse addresses that are asked for, another addressing later, and hosts without a client', async () => {
    await create('lan', { driver: 'macvlan', options: { parent: 'eth0', addressing: 'dhcp' } }).expect(201);
    const { body: address } = await join('a', 'lan', 'one', { addresses: ['192.0.2.9'] }).expect(422);
    expect(address).toMatchObject({
      errors: [{ pointer: '/spec/addresses' }],
      detail: expect.stringContaining('none can be asked for here'),
    });
    const { body: change } = await api.patch('/v1/networks/lan', { spec: { options: { addressing: 'netyard' } } }).expect(422);
    expect(change).toMatchObject({ errors: [{ pointer: '/spec/options/addressing' }] });
    const { body: unfit } = await join('a', 'lan', 'clientless').expect(409);
    expect(unfit).toMatchObject({ type: '/problems/host-unfit', errors: [{ pointer: '/spec/network' }] });
    expect(unfit.detail).toBe(
      'host clientless cannot realise network lan: for addresses by DHCP its worker needs the program udhcpc, and finds none: apt-get install udhcpc; hosts that can: one, two',
    );
    await clear('lan');
  });

  it.each(['address', 'expiresAt', 'state'])('refuse a report with a lease whose %s is none', async (field) => {
    await expect(report(one, '0192d3a0-0000-7000-8000-0c0000000001', { ...lease('192.0.2.57'), [field]: 'nonsense' })).rejects.toThrow(
      `/objects/0/lease/${field}`,
    );
  });
});

describe('the l3 modes of ipvlan', () => {
  let under: ApiUnderTest;
  beforeAll(async () => {
    under = await ApiUnderTest.start({ hosts: [] });
    await under.addHost('one', { features: ['ipvlan'], links });
  });
  afterAll(() => under.close());

  it.each(['l3', 'l3s'])('have no gateway in mode %s: every address is an endpoint’s', async (mode) => {
    const api = under.replica;
    const { body } = await api
      .post('/v1/networks', {
        metadata: { name: mode },
        spec: { driver: 'ipvlan', subnets: [{ cidr: '10.8.0.0/29' }], options: { parent: 'eth0', mode } },
      })
      .expect(201);
    expect(body.status.subnets).toEqual([{ cidr: '10.8.0.0/29', gateway: null, family: 'IPv4', addressesInUse: 0, addressesFree: 6 }]);
    const { body: first } = await api.post('/v1/endpoints', { spec: { network: mode, addresses: ['10.8.0.1'] } }).expect(201);
    expect(first.status).toMatchObject({ addresses: ['10.8.0.1/29'], gateways: [] });
    await api.delete(`/v1/networks/${mode}?cascade=true`).set('Prefer', 'wait=60').expect(204);
  });
});
