import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DesiredKey, DesiredNetwork, DesiredPeer, HostKey, UnderlayVersion } from '@netyard/contracts';
import type { FakeWorker, FakeWorkerOptions } from '../../libs/testing/src/fake-worker';
import { ApiUnderTest, type Replica } from './api-under-test';

const anyKey = (): string => randomBytes(32).toString('base64');

const hostKey = (underlay: UnderlayVersion, over: Partial<HostKey> = {}): HostKey => ({
  underlay,
  publicKey: anyKey(),
  port: underlay === 'ipv4' ? 51820 : 51821,
  createdAt: '2026-01-01T00:00:00.000Z',
  nextPublicKey: null,
  ...over,
});

/** A host that can take part in encrypted networks, with `number` in its underlay addresses. */
const able = (number: number, mtuBytes = 1500): Partial<FakeWorkerOptions> => ({
  features: ['vxlan', 'wireguard'],
  underlay: [
    { address: `198.51.100.${number}`, mtuBytes },
    { address: `2001:db8:51::${number}`, mtuBytes },
  ],
  keys: [hostKey('ipv4'), hostKey('ipv6')],
});

const keysOf = (worker: FakeWorker): DesiredKey[] => [...worker.objects.values()].filter((object) => object.kind === 'key');
const othersOf = (worker: FakeWorker): DesiredKey[] => keysOf(worker).filter(({ own }) => own === null);
const ownOf = (worker: FakeWorker, underlay: UnderlayVersion): DesiredKey[] =>
  keysOf(worker).filter((key) => key.own !== null && key.underlay === underlay);
const peersOf = (worker: FakeWorker): DesiredPeer[] => [...worker.objects.values()].filter((object) => object.kind === 'peer');
const networkOn = (worker: FakeWorker, name: string): DesiredNetwork | undefined =>
  [...worker.objects.values()].find((object): object is DesiredNetwork => object.kind === 'network' && object.name === name);

describe('encrypted networks', () => {
  let under: ApiUnderTest;
  let api: Replica;
  const workers = new Map<string, FakeWorker>();
  const options = new Map<string, Partial<FakeWorkerOptions>>();
  const worker = (name: string): FakeWorker => workers.get(name) as FakeWorker;
  const keysTold = (name: string): HostKey[] => options.get(name)?.keys ?? [];

  const add = async (name: string, how: Partial<FakeWorkerOptions>): Promise<void> => {
    options.set(name, how);
    workers.set(name, await under.addHost(name, how));
    await api.post('/v1/sandboxes', { metadata: { name }, spec: { host: name } }).expect(201);
  };

  beforeAll(async () => {
    under = await ApiUnderTest.start({ hosts: [] });
    api = under.replica;
    for (const [index, name] of ['one', 'two', 'three'].entries()) await add(name, able(index + 1));
    await add('plain', { ...able(4), features: ['vxlan'], keys: [] });
    await add('keyless', { ...able(5), keys: [] });
    await add('narrow', able(6, 1330));
  });
  afterAll(() => under.close());

  const create = (name: string, more: object = {}) =>
    api.post('/v1/networks', { metadata: { name }, spec: { driver: 'overlay', options: { encrypted: true, ...more } } });
  const join = (name: string, network: string, sandbox: string) =>
    api.post('/v1/endpoints', { metadata: { name }, spec: { network, sandbox } }).set('Prefer', 'wait=60');
  const clear = (name: string) => api.delete(`/v1/networks/${name}?cascade=true`).set('Prefer', 'wait=60').expect(204);

  it('tell each host the keys of the others, and where these are, and of no one else', async () => {
    await create('secret').expect(201);
    await join('a', 'secret', 'one').expect(201);
    expect(othersOf(worker('one'))).toEqual([]);
    await join('b', 'secret', 'two').expect(201);
    await worker('one').until(() => othersOf(worker('one')).length === 1);
    const [key] = othersOf(worker('one'));
    expect(key).toMatchObject({
      name: 'two',
      underlay: 'ipv4',
      publicKey: keysTold('two')[0]?.publicKey,
      endpoint: { address: '198.51.100.2', port: 51820 },
    });
    expect(othersOf(worker('three'))).toEqual([]);
    expect(peersOf(worker('one')).map(({ tunnelAddress }) => tunnelAddress)).toEqual([key?.innerAddress, key?.innerAddress]);
    const own = ownOf(worker('one'), 'ipv4')[0]?.innerAddress;
    expect(networkOn(worker('one'), 'secret')?.tunnel).toMatchObject({
      localAddress: own,
      encryption: { underlay: 'ipv4', publicKey: keysTold('one')[0]?.publicKey, port: 51820, mtuBytes: 1440, addresses: [own] },
    });
    expect(own).toMatch(/^fd[0-9a-f]{2}:[0-9a-f:]+$/);
    const { body } = await api.get('/v1/networks/secret').expect(200);
    expect(body.status).toMatchObject({
      mtuBytes: 1370,
      mtuReason: expect.stringMatching(/of which VXLAN inside of WireGuard over IPv4 takes 130$/),
    });
    await clear('secret');
    await worker('one').until(() => othersOf(worker('one')).length === 0);
    await worker('two').until(() => othersOf(worker('two')).length === 0);
  });

  it('go over IPv6 with keys of their own, beside those over IPv4', async () => {
    await create('four').expect(201);
    await create('six', { underlay: 'ipv6' }).expect(201);
    for (const [network, names] of [
      ['four', ['one', 'two']],
      ['six', ['one', 'two', 'three']],
    ] as const)
      for (const name of names) await join(`${name}-${network}`, network, name).expect(201);
    await worker('one').until(() => othersOf(worker('one')).length === 3);
    expect(
      othersOf(worker('one'))
        .map(({ name, underlay, endpoint }) => `${name} ${underlay} ${endpoint?.address} ${endpoint?.port}`)
        .sort(),
    ).toEqual(['three ipv6 2001:db8:51::3 51821', 'two ipv4 198.51.100.2 51820', 'two ipv6 2001:db8:51::2 51821']);
    const prefixOf = (name: string): string | undefined => networkOn(worker('one'), name)?.tunnel?.encryption?.prefix;
    expect(prefixOf('four')).not.toBe(prefixOf('six'));
    expect((await api.get('/v1/networks/six')).body.status.mtuBytes).toBe(1350);
    // Who leaves one of them goes on knowing who shares the other.
    await api.delete('/v1/endpoints/two-six').set('Prefer', 'wait=60').expect(204);
    await worker('one').until(() => othersOf(worker('one')).length === 2);
    expect(
      othersOf(worker('one'))
        .map(({ name, underlay }) => `${name} ${underlay}`)
        .sort(),
    ).toEqual(['three ipv6', 'two ipv4']);
    await clear('four');
    await clear('six');
  });

  it.each([
    {
      host: 'plain',
      want: 'host plain cannot realise network refused: encrypted, it needs wireguard in the kernel; hosts that can: keyless, narrow, one, three, two',
    },
    {
      host: 'keyless',
      want: 'host keyless cannot take part in network refused, which is encrypted: its worker has told no key; hosts that can: narrow, one, three, two',
    },
    {
      host: 'narrow',
      want: 'host narrow cannot take part in network refused, which is encrypted: its underlay carries 1330 bytes, which leaves 1270 inside of WireGuard, and IPv6 needs 1280 there',
    },
  ])('refuse host $host before anything is made', async ({ host, want }) => {
    await create('refused').expect(201);
    const { body } = await join('refused', 'refused', host).expect(409);
    expect(body).toMatchObject({
      type: expect.stringMatching(/host-unfit$/),
      detail: want,
      errors: [{ pointer: '/spec/network', detail: want }],
    });
    await api.get('/v1/endpoints/refused').expect(404);
    expect((await api.get('/v1/networks/refused')).body.status.hosts).toEqual([]);
    await clear('refused');
  });

  it('stay as they were made, encrypted or not', async () => {
    await create('fixed').expect(201);
    const { body } = await api.patch('/v1/networks/fixed', { spec: { options: { encrypted: false } } }).expect(422);
    expect(body.errors).toEqual([{ pointer: '/spec/options/encrypted', detail: 'option encrypted cannot be changed: make a new network' }]);
    await clear('fixed');
  });

  it('say so when a host loses what it takes, and send it nothing in plain', async () => {
    await create('lost').expect(201);
    await join('a', 'lost', 'one').expect(201);
    await join('b', 'lost', 'two').expect(201);
    await worker('two').register({ features: ['vxlan'], keys: [] });
    await worker('two').until(() => networkOn(worker('two'), 'lost')?.tunnel === null);
    await worker('one').until(() => othersOf(worker('one')).length === 0);
    expect((await api.get('/v1/hosts/two')).body.status.keys).toEqual([]);
    await worker('two').register();
    await worker('one').until(() => othersOf(worker('one')).length === 1);
    await worker('two').until(() => networkOn(worker('two'), 'lost')?.tunnel?.encryption?.publicKey === keysTold('two')[0]?.publicKey);
    await clear('lost');
  });

  describe('when a key is replaced', () => {
    const rotation = async (host: string) => (await api.get(`/v1/hosts/${host}`).expect(200)).body.status.keys[0].rotation;
    const rotate = (host: string) => api.post(`/v1/hosts/${host}/key-rotations`, {});
    const withNext = (name: string, nextPublicKey: string): HostKey[] =>
      keysTold(name).map((key) => (key.underlay === 'ipv4' ? { ...key, nextPublicKey } : key));
    const withNew = (name: string, publicKey: string): HostKey[] =>
      keysTold(name).map((key) => (key.underlay === 'ipv4' ? { ...key, publicKey } : key));

    it('use the new one when all others know it, and only then', async () => {
      await create('turning').expect(201);
      for (const name of ['one', 'two', 'three']) await join(name, 'turning', name).expect(201);
      const former = ownOf(worker('one'), 'ipv4')[0];
      const { body } = await rotate('one').expect(202);
      expect(body.status.keys[0].rotation).toEqual({ nextPublicKey: null, waitingFor: [] });
      await worker('one').until(() => ownOf(worker('one'), 'ipv4')[0]?.own?.replace === true);

      worker('three').isSilent = true;
      const next = anyKey();
      await worker('one').register({ keys: withNext('one', next) });
      await expect.poll(() => rotation('one')).toEqual({ nextPublicKey: next, waitingFor: ['three'] });
      const keyOf = (name: string): DesiredKey | undefined => keysOf(worker(name)).find(({ publicKey }) => publicKey === next);
      expect(keyOf('one')?.own?.use).toBe(false);
      expect(networkOn(worker('one'), 'turning')?.tunnel?.encryption?.publicKey).toBe(former?.publicKey);

      await worker('three').speak();
      await worker('one').until(() => keyOf('one')?.own?.use === true);
      const inner = keyOf('one')?.innerAddress;
      await worker('one').until(() => networkOn(worker('one'), 'turning')?.tunnel?.localAddress === inner);
      expect(networkOn(worker('one'), 'turning')?.tunnel?.encryption).toMatchObject({
        publicKey: next,
        addresses: [inner, former?.innerAddress],
      });
      // Nobody is sent to the new address before the host uses it.
      expect(peersOf(worker('two')).filter(({ tunnelAddress }) => tunnelAddress === inner)).toEqual([]);

      await worker('one').register({ keys: withNew('one', next) });
      await worker('two').until(() => peersOf(worker('two')).some(({ tunnelAddress }) => tunnelAddress === inner));
      expect(othersOf(worker('two')).some(({ publicKey }) => publicKey === former?.publicKey)).toBe(true);
      expect((await api.get('/v1/hosts/one')).body.status.keys[0]).toMatchObject({ publicKey: next, rotation: null });
      // After a while the former one is forgotten.
      await worker('two').until(() => !othersOf(worker('two')).some(({ publicKey }) => publicKey === former?.publicKey));
      await worker('one').until(() => networkOn(worker('one'), 'turning')?.tunnel?.encryption?.addresses.length === 1);
      await clear('turning');
    });

    it('wait for nobody where none has to know it', async () => {
      const answered = rotate('two')
        .set('Prefer', 'wait=60')
        .expect(200)
        .then((answer) => answer);
      const next = anyKey();
      await worker('two').until(() => ownOf(worker('two'), 'ipv4')[0]?.own?.replace === true);
      await worker('two').register({
        keys: keysTold('two').map((key) => ({ ...key, nextPublicKey: key.underlay === 'ipv4' ? next : anyKey() })),
      });
      await worker('two').until(() => keysOf(worker('two')).some(({ publicKey, own }) => publicKey === next && own?.use === true));
      const chosen = (underlay: UnderlayVersion): string =>
        ownOf(worker('two'), underlay).find(({ publicKey }) => keysTold('two').every((key) => key.publicKey !== publicKey))?.publicKey ??
        '';
      await worker('two').register({ keys: keysTold('two').map((key) => ({ ...key, publicKey: chosen(key.underlay) })) });
      expect((await answered).body.status.keys).toMatchObject([{ publicKey: next, rotation: null }, { rotation: null }]);
    });

    it('refuse a host without any', async () => {
      const { body } = await rotate('plain').expect(409);
      expect(body.detail).toBe('host plain has no keys: it needs wireguard in the kernel, and an address on the underlay');
      await rotate('nobody').expect(404);
    });
  });

  it.each([
    { name: 'that is none', in: () => [hostKey('ipv4', { publicKey: 'abc' })], status: 400, want: '/keys/0/publicKey' },
    { name: 'of a version that there is not', in: () => [hostKey('ipv5' as never)], status: 400, want: '/keys/0/underlay' },
    { name: 'that is another of the same version', in: () => [hostKey('ipv4'), hostKey('ipv4')], status: 422, want: '/keys/1/underlay' },
    {
      name: 'that takes its own place',
      in: () => [hostKey('ipv4')].map((key) => ({ ...key, nextPublicKey: key.publicKey })),
      status: 422,
      want: '/keys/0/nextPublicKey',
    },
    {
      name: 'of another host',
      in: () => [hostKey('ipv4', { publicKey: keysTold('three')[0]?.publicKey ?? '' })],
      status: 422,
      want: '/keys',
    },
  ])('take no key $name', async ({ in: keys, status, want }) => {
    const registration = { kernelRelease: '6.1.0', workerVersion: '0.1.0', routes: [], uplinkMtuBytes: 1500, drivers: [], keys: keys() };
    const { body } = await api.request('put', '/v1/hosts/new/registration').send(registration).expect(status);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toContain(want);
    await api.get('/v1/hosts/new').expect(404);
  });
});
