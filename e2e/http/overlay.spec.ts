import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DesiredNetwork, DesiredPeer } from '@netyard/contracts';
import type { FakeWorker, FakeWorkerOptions } from '../../libs/testing/src/fake-worker';
import { ApiUnderTest, type Replica } from './api-under-test';

/** A host that can take part in overlays, with `number` in its underlay addresses. */
const able = (number: number, mtuBytes = 1500): Partial<FakeWorkerOptions> => ({
  features: ['vxlan'],
  routes: ['198.51.100.0/24'],
  underlay: [
    { address: `198.51.100.${number}`, mtuBytes },
    { address: `2001:db8:51::${number}`, mtuBytes },
  ],
});

const conditionOf = (body: { status: { conditions: { type: string }[] } }, type: string): object | undefined =>
  body.status.conditions.find((condition) => condition.type === type);

const peersOf = (worker: FakeWorker): DesiredPeer[] =>
  [...worker.objects.values()].flatMap((object) => (object.kind === 'peer' ? [object] : []));

const networkOn = (worker: FakeWorker, name: string): DesiredNetwork | undefined =>
  [...worker.objects.values()].find((object): object is DesiredNetwork => object.kind === 'network' && object.name === name);

describe('overlay networks', () => {
  let under: ApiUnderTest;
  let api: Replica;
  let one: FakeWorker;
  let two: FakeWorker;

  beforeAll(async () => {
    under = await ApiUnderTest.start({ hosts: [] });
    api = under.replica;
    one = await under.addHost('one', able(1));
    two = await under.addHost('two', able(2));
    await under.addHost('old', { features: [], underlay: able(8).underlay });
    await under.addHost('four-only', { features: ['vxlan'], underlay: [{ address: '198.51.100.9', mtuBytes: 1500 }] });
    for (const host of ['one', 'two', 'old', 'four-only'])
      await api.post('/v1/sandboxes', { metadata: { name: host }, spec: { host } }).expect(201);
  });
  afterAll(() => under.close());

  const create = (name: string, spec: object = {}) =>
    api.post('/v1/networks', { metadata: { name }, spec: { driver: 'overlay', ...spec } });
  const join = (name: string, network: string, sandbox: string, wait = 60) =>
    api.post('/v1/endpoints', { metadata: { name }, spec: { network, sandbox, aliases: ['x'] } }).set('Prefer', `wait=${wait}`);
  /** Everything that belongs to a network, and then it. */
  const clear = (name: string) => api.delete(`/v1/networks/${name}?cascade=true`).set('Prefer', 'wait=60').expect(204);

  it('tell each host of the endpoints on the others, and how they are reached', async () => {
    const { body: network } = await create('wide', { subnets: [{ cidr: '10.20.0.0/24' }], options: { vni: 77 } }).expect(201);
    expect(network.status).toMatchObject({ vni: 77, mtuBytes: null, hosts: [] });
    const { body: first } = await join('a', 'wide', 'one').expect(201);
    const { body: second } = await join('b', 'wide', 'two').expect(201);
    expect(conditionOf(second, 'PeersReady')).toMatchObject({ status: 'True', reason: 'Reached' });
    expect(peersOf(one).map(({ names, addresses, tunnelAddress }) => ({ names, addresses, tunnelAddress }))).toEqual(
      expect.arrayContaining([
        { names: ['b', 'x', 'two'], addresses: [second.status.addresses[0].split('/')[0]], tunnelAddress: '198.51.100.2' },
        { names: [], addresses: [expect.stringMatching(/^10\.20\.0\./)], tunnelAddress: '198.51.100.2' },
      ]),
    );
    expect(peersOf(two).find(({ name }) => name === 'a')).toMatchObject({
      macAddress: first.status.macAddress,
      tunnelAddress: '198.51.100.1',
    });
    const [here, there] = [networkOn(one, 'wide'), networkOn(two, 'wide')];
    expect(here?.tunnel).toEqual({ vni: 77, port: 4789, localAddress: '198.51.100.1', encryption: null });
    expect(here?.hostMac).not.toBe(there?.hostMac);
    expect(here?.hostAddresses).not.toEqual(there?.hostAddresses);
    const { body: status } = await api.get('/v1/networks/wide').expect(200);
    const own = (network: DesiredNetwork | undefined) => network?.hostAddresses.map((address) => address.replace(/\/.*/, ''));
    expect(status.status.hosts).toMatchObject([
      { host: 'one', addresses: own(here) },
      { host: 'two', addresses: own(there) },
    ]);
    expect(status.status).toMatchObject({
      mtuBytes: 1450,
      mtuReason: expect.stringMatching(/^the underlay of host (one|two) carries 1500 bytes, of which VXLAN over IPv4 takes 50$/),
      subnets: [{ addressesInUse: 4 }],
    });
    await clear('wide');
    await one.until(() => peersOf(one).length === 0);
  });

  it('are Ready on a host only when the others reach it, and say which do not', async () => {
    await create('slow').expect(201);
    await join('a', 'slow', 'one').expect(201);
    two.isSilent = true;
    await join('b', 'slow', 'two', 0).expect(201);
    two.isSilent = false;
    await two.speak();
    two.isSilent = true;
    const { body } = await join('c', 'slow', 'one', 0).expect(201);
    await api.get(`/v1/endpoints/${body.metadata.id}`).expect(200);
    const waiting = async (): Promise<Record<string, unknown>> => (await api.get('/v1/endpoints/c').expect(200)).body;
    await expect.poll(async () => conditionOf((await waiting()) as never, 'LinkReady')).toMatchObject({ status: 'True' });
    expect(conditionOf((await waiting()) as never, 'Ready')).toMatchObject({
      status: 'False',
      reason: 'NotReached',
      message: 'not yet reached by two',
    });
    const settled = api.patch('/v1/endpoints/c', { metadata: { labels: { tier: 'web' } } }).set('Prefer', 'wait=60');
    const answered = settled.expect(200);
    await two.speak();
    expect(conditionOf((await answered).body, 'Ready')).toMatchObject({ status: 'True' });
    await clear('slow');
  });

  it('lower their MTU for a host with a smaller underlay, and say whose it is', async () => {
    const small = await under.addHost('small', able(3, 1400));
    await api.post('/v1/sandboxes', { metadata: { name: 'small' }, spec: { host: 'small' } }).expect(201);
    await create('narrow').expect(201);
    await join('a', 'narrow', 'one').expect(201);
    await one.until(() => networkOn(one, 'narrow')?.options['mtuBytes'] === 1450);
    await join('b', 'narrow', 'small').expect(201);
    expect(networkOn(small, 'narrow')?.options['mtuBytes']).toBe(1350);
    await one.until(() => networkOn(one, 'narrow')?.options['mtuBytes'] === 1350);
    expect((await api.get('/v1/networks/narrow')).body.status).toMatchObject({
      mtuBytes: 1350,
      mtuReason: expect.stringContaining('host small'),
    });
    await api.delete('/v1/endpoints/b').set('Prefer', 'wait=60').expect(204);
    await one.until(() => networkOn(one, 'narrow')?.options['mtuBytes'] === 1450);
    await small.until(() => networkOn(small, 'narrow') === undefined);
    await clear('narrow');
  });

  it('follow a host whose underlay address changes', async () => {
    await create('moving').expect(201);
    await join('a', 'moving', 'one').expect(201);
    await join('b', 'moving', 'two').expect(201);
    await two.register({ ...able(22), kernelRelease: '6.1.0' });
    await one.until(() => peersOf(one).every(({ tunnelAddress }) => tunnelAddress === '198.51.100.22'));
    await two.until(() => networkOn(two, 'moving')?.tunnel?.localAddress === '198.51.100.22');
    await two.register({ ...able(2) });
    await one.until(() => peersOf(one).every(({ tunnelAddress }) => tunnelAddress === '198.51.100.2'));
    await clear('moving');
  });

  it('withdraw the endpoints of a host that is given up', async () => {
    await under.addHost('lost', able(4));
    await api.post('/v1/sandboxes', { metadata: { name: 'lost' }, spec: { host: 'lost' } }).expect(201);
    await create('left').expect(201);
    await join('a', 'left', 'one').expect(201);
    await join('b', 'left', 'lost').expect(201);
    await one.until(() => peersOf(one).length === 2);
    await api.delete('/v1/hosts/lost?force=true').expect(204);
    await one.until(() => peersOf(one).length === 0);
    expect((await api.get('/v1/networks/left')).body.status).toMatchObject({ endpointCount: 1, subnets: [{ addressesInUse: 2 }] });
    await clear('left');
  });

  it('tell of a name or a published port on the other hosts', async () => {
    await create('named').expect(201);
    await join('a', 'named', 'one').expect(201);
    await join('b', 'named', 'two').expect(201);
    await api
      .patch('/v1/endpoints/b', { spec: { aliases: ['y'] } })
      .set('Prefer', 'wait=60')
      .expect(200);
    await one.until(() => peersOf(one).some(({ names }) => names.includes('y')));
    await api
      .post('/v1/endpoints/b/ports', { protocol: 'tcp', port: 80, endPort: 81, service: 'http' })
      .set('Prefer', 'wait=60')
      .expect(201);
    await one.until(() => peersOf(one).some(({ services }) => services.length > 0));
    expect(peersOf(one).find(({ name }) => name === 'b')?.services).toEqual([
      { service: 'http', protocol: 'tcp', port: 80 },
      { service: 'http', protocol: 'tcp', port: 81 },
    ]);
    await clear('named');
  });

  const refusals: { name: string; spec: object; pointer: string; status: number; code: string; detail: RegExp }[] = [
    {
      name: 'a VNI out of range',
      spec: { options: { vni: 0 } },
      pointer: '/spec/options/vni',
      status: 422,
      code: 'invalid-value',
      detail: /vni must be >= 1/,
    },
    {
      name: 'a VNI too large',
      spec: { options: { vni: 16_777_216 } },
      pointer: '/spec/options/vni',
      status: 422,
      code: 'invalid-value',
      detail: /<= 16777215/,
    },
    {
      name: 'a VNI that is taken',
      spec: { options: { vni: 4242 } },
      pointer: '/spec/options/vni',
      status: 409,
      code: 'vni-in-use',
      detail: /VNI 4242 is that of network holder/,
    },
    {
      name: 'an unknown underlay',
      spec: { options: { underlay: 'ipx' } },
      pointer: '/spec/options/underlay',
      status: 422,
      code: 'invalid-value',
      detail: /underlay must be equal to one of the allowed values/,
    },
    {
      name: 'a subnet that overlaps the underlay',
      spec: { subnets: [{ cidr: '198.51.100.0/25' }] },
      pointer: '/spec/subnets/0/cidr',
      status: 409,
      code: 'subnet-overlap',
      detail: /overlaps the route 198\.51\.100\.0\/24 of host (one|two)/,
    },
    {
      name: 'IPv6 with an MTU too small for it',
      spec: { ipv6: true, options: { mtuBytes: 1000 } },
      pointer: '/spec/options/mtuBytes',
      status: 422,
      code: 'invalid-value',
      detail: /IPv6 needs an MTU of at least 1280/,
    },
  ];

  describe('refuse', () => {
    beforeAll(async () => {
      await create('holder', { options: { vni: 4242 } }).expect(201);
    });
    afterAll(() => clear('holder'));

    it.each(refusals)('$name', async ({ spec, pointer, status, code, detail }) => {
      const { body } = await create('refused', spec).expect(status);
      expect(body).toMatchObject({ type: `/problems/${code}`, errors: [{ pointer }] });
      expect(body.detail).toMatch(detail);
      await api.get('/v1/networks/refused').expect(404);
    });

    it('a host whose kernel has no VXLAN, naming those that have it', async () => {
      const { body } = await join('e', 'holder', 'old').expect(409);
      expect(body).toMatchObject({ type: '/problems/host-unfit', errors: [{ pointer: '/spec/network' }] });
      expect(body.detail).toBe(
        'host old cannot realise network holder: driver overlay needs vxlan in the kernel; hosts that can: four-only, one, small, two',
      );
    });

    it('a host without an address of the underlay’s version, naming those that have one', async () => {
      await create('six', { options: { underlay: 'ipv6' } }).expect(201);
      const { body } = await join('e', 'six', 'four-only').expect(409);
      expect(body.detail).toMatch(/^host four-only has no IPv6 address for the tunnels of network six; hosts that can: .*one/);
      await clear('six');
    });

    it('an MTU larger than the underlay can carry, when it comes to a host and when it is changed', async () => {
      await create('large', { options: { mtuBytes: 1451 } }).expect(201);
      const { body } = await join('e', 'large', 'one').expect(409);
      expect(body.detail).toBe(
        'network large has an MTU of 1451 bytes, and the underlay of host one carries 1450: 1500 less 50 for the tunnel',
      );
      await api.patch('/v1/networks/large', { spec: { options: { mtuBytes: 1450 } } }).expect(200);
      await join('e', 'large', 'one').expect(201);
      const { body: refused } = await api.patch('/v1/networks/large', { spec: { options: { mtuBytes: 9000 } } }).expect(409);
      expect(refused).toMatchObject({ type: '/problems/host-unfit', errors: [{ pointer: '/spec/options/mtuBytes' }] });
      expect(refused.detail).toContain('the underlay of host one');
      await clear('large');
    });

    it('another VNI, port or underlay for a network that is there', async () => {
      const { body } = await api.patch('/v1/networks/holder', { spec: { options: { vni: 5, port: 5000 } } }).expect(422);
      expect(body.errors).toEqual([
        { pointer: '/spec/options/vni', detail: 'option vni cannot be changed: make a new network' },
        { pointer: '/spec/options/port', detail: 'option port cannot be changed: make a new network' },
      ]);
    });
  });
});
