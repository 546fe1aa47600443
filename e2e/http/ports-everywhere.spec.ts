import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Desired, DesiredNetwork, DesiredPort, ReportedCondition } from '@netyard/contracts';
import type { FakeWorker, FakeWorkerOptions } from '../../libs/testing/src/fake-worker';
import { ApiUnderTest, type Replica } from './api-under-test';

/** A host that can take part in overlays, with `number` in its underlay address. */
const able = (number: number): Partial<FakeWorkerOptions> => ({
  features: ['vxlan'],
  routes: ['198.51.100.0/24'],
  underlay: [{ address: `198.51.100.${number}`, mtuBytes: 1500 }],
});

const portsOn = (worker: FakeWorker): DesiredPort[] =>
  [...worker.objects.values()].flatMap((object) => (object.kind === 'port' ? [object] : []));
const networkOn = (worker: FakeWorker, name: string): DesiredNetwork | undefined =>
  [...worker.objects.values()].find((object): object is DesiredNetwork => object.kind === 'network' && object.name === name);
interface Body {
  metadata: { id: string };
  status: { conditions: ReportedCondition[]; hosts: { host: string; conditions: ReportedCondition[] }[]; hostPort: number | null };
}
const published = ({ status }: Body): ReportedCondition | undefined => status.conditions.find(({ type }) => type === 'Published');

/** These workers say once that they live, and would be taken for silent after half a minute. */
let heartbeat: NodeJS.Timeout;
let under: ApiUnderTest;
let api: Replica;
let one: FakeWorker;
let two: FakeWorker;
let three: FakeWorker;

beforeAll(async () => {
  under = await ApiUnderTest.start({ hosts: [], environment: { NETYARD_PORT_RANGE: '30000-30009' } });
  api = under.replica;
  one = await under.addHost('one', able(1));
  two = await under.addHost('two', able(2));
  three = await under.addHost('three', able(3));
  await api
    .post('/v1/networks', { metadata: { name: 'wide' }, spec: { driver: 'overlay', subnets: [{ cidr: '10.20.0.0/24' }] } })
    .expect(201);
  await api.post('/v1/networks', { metadata: { name: 'local' }, spec: { driver: 'bridge' } }).expect(201);
  for (const host of ['one', 'two', 'three'])
    await api
      .post('/v1/sandboxes', { metadata: { name: host }, spec: { host } })
      .set('Prefer', 'wait=60')
      .expect(201);
  await join('a', 'wide', 'one');
  await join('b', 'local', 'two');
  const { database } = under;
  heartbeat = setInterval(() => void database.execute(`UPDATE host SET last_seen_at = now() WHERE name <> 'silent'`), 5_000);
});
afterAll(async () => {
  clearInterval(heartbeat);
  await under.close();
});

const join = (name: string, network: string, sandbox: string) =>
  api.post('/v1/endpoints', { metadata: { name }, spec: { network, sandbox } }).set('Prefer', 'wait=60').expect(201);
const everywhere = { protocol: 'tcp', port: 80, hostPort: 8080, hostAddress: '0.0.0.0', publish: 'everywhere' };
const publish = async (endpoint: string, body: object): Promise<Body> => {
  const answer = await api.post(`/v1/endpoints/${endpoint}/ports`, body).set('Prefer', 'wait=60').expect(201);
  return answer.body as Body;
};
const read = async (endpoint: string, id: string): Promise<Body> =>
  (await api.get(`/v1/endpoints/${endpoint}/ports/${id}`).expect(200)).body as Body;
const close = (endpoint: string, id: string) => api.delete(`/v1/endpoints/${endpoint}/ports/${id}`).set('Prefer', 'wait=60').expect(204);
const spareAddresses = async (): Promise<number> => (await api.get('/v1/networks/wide').expect(200)).body.status.subnets[0].addressesFree;

describe('a port that is published everywhere', () => {
  it('comes to every host, with the network and a way to the endpoint, and goes from all of them', async () => {
    const before = await spareAddresses();
    const port = await publish('a', everywhere);
    expect(published(port)).toMatchObject({ status: 'True', reason: 'Applied', message: 'published on one, three, two' });
    expect(port.status.hosts.map(({ host, conditions }) => [host, conditions[0]?.status])).toEqual([
      ['one', 'True'],
      ['three', 'True'],
      ['two', 'True'],
    ]);
    for (const worker of [two, three]) {
      expect(portsOn(worker)).toMatchObject([{ id: port.metadata.id, hostPort: 8080, hostAddress: '0.0.0.0', port: 80 }]);
      expect(networkOn(worker, 'wide')).toMatchObject({
        tunnel: { port: 4789 },
        hostAddresses: [expect.stringMatching(/^10\.20\.0\.\d+\/24$/)],
      });
      expect([...worker.objects.values()].filter(({ kind, name }) => kind === 'peer' && name === 'a')).toHaveLength(1);
    }
    expect((await api.get('/v1/ports?host=three').expect(200)).body.items).toHaveLength(1);
    expect(await spareAddresses()).toBe(before - 2);
    expect((await api.get('/v1/endpoints/a').expect(200)).body.status.conditions[0]).toMatchObject({ type: 'Ready', status: 'True' });
    await close('a', port.metadata.id);
    for (const worker of [one, two, three]) await worker.until(() => portsOn(worker).length === 0);
    for (const worker of [two, three]) await worker.until(() => networkOn(worker, 'wide') === undefined);
    expect(await spareAddresses()).toBe(before);
  });

  it('is changed to one host and back while it is published', async () => {
    const { hostPort: _, ...automatic } = everywhere;
    const port = await publish('a', { ...automatic, publish: 'host' });
    const path = `/v1/endpoints/a/ports/${port.metadata.id}`;
    expect(portsOn(two)).toEqual([]);
    const { body: wide } = await api.patch(path, { publish: 'everywhere' }).set('Prefer', 'wait=60').expect(200);
    expect(wide).toMatchObject({ spec: { publish: 'everywhere' }, status: { hostPort: port.status.hostPort } });
    expect(portsOn(three)).toHaveLength(1);
    const { body: moved } = await api
      .patch(path, { hostPort: 8081, allowedSources: ['192.0.2.0/24'] })
      .set('Prefer', 'wait=60')
      .expect(200);
    expect(published(moved as Body)).toMatchObject({ status: 'True', message: 'published on one, three, two' });
    expect(portsOn(two)).toMatchObject([{ hostPort: 8081, allowedSources: ['192.0.2.0/24'], generation: 3 }]);
    const { body: narrow } = await api.patch(path, { publish: 'host' }).set('Prefer', 'wait=60').expect(200);
    expect((narrow as Body).status.hosts.map(({ host }) => host)).toEqual(['one']);
    expect(published(narrow as Body)).toMatchObject({ status: 'True', message: '' });
    for (const worker of [two, three]) await worker.until(() => networkOn(worker, 'wide') === undefined && portsOn(worker).length === 0);
    await close('a', port.metadata.id);
  });

  it('follows its endpoint to another host, and waits while that is joined to nothing', async () => {
    const port = await publish('a', everywhere);
    await api.post('/v1/endpoints/a/leave', {}).set('Prefer', 'wait=60').expect(200);
    for (const worker of [one, two, three])
      await worker.until(() => portsOn(worker).length === 0 && networkOn(worker, 'wide') === undefined);
    expect(await read('a', port.metadata.id)).toMatchObject({ status: { host: null, hosts: [], conditions: [{ reason: 'NotJoined' }] } });
    await api.post('/v1/endpoints/a/join', { sandbox: 'three' }).set('Prefer', 'wait=60').expect(200);
    await expect.poll(async () => published(await read('a', port.metadata.id))).toMatchObject({ status: 'True' });
    expect(await read('a', port.metadata.id)).toMatchObject({ status: { host: 'three' } });
    for (const worker of [one, two, three]) expect(portsOn(worker)).toHaveLength(1);
    await api.post('/v1/endpoints/a/leave', {}).set('Prefer', 'wait=60').expect(200);
    await api.post('/v1/endpoints/a/join', { sandbox: 'one' }).set('Prefer', 'wait=60').expect(200);
    await close('a', port.metadata.id);
  });

  it('keeps networks where another one still needs them', async () => {
    await join('c', 'wide', 'two');
    const [first, second] = [await publish('a', everywhere), await publish('c', { ...everywhere, hostPort: 8081 })];
    await close('a', first.metadata.id);
    expect(networkOn(three, 'wide')).toBeDefined();
    await api.delete('/v1/endpoints/c').set('Prefer', 'wait=60').expect(204);
    for (const worker of [two, three]) await worker.until(() => networkOn(worker, 'wide') === undefined);
    expect(networkOn(one, 'wide')).toBeDefined();
    await api.get(`/v1/endpoints/c/ports/${second.metadata.id}`).expect(404);
  });

  it('says which hosts have not published it yet, and which of them cannot for now', async () => {
    two.isSilent = true;
    const { body } = await api.post('/v1/endpoints/a/ports', everywhere).expect(201);
    await expect
      .poll(async () => published(await read('a', body.metadata.id)))
      .toMatchObject({ status: 'False', reason: 'Pending', message: 'published on one, three; not yet on two' });
    expect((await api.get('/v1/endpoints/a').expect(200)).body.status.conditions[0]).toMatchObject({
      status: 'False',
      reason: 'NotPublished',
    });
    const failed = {
      type: 'Published',
      status: 'False',
      reason: 'PortInUse',
      message: 'sshd (pid 8) listens on tcp 0.0.0.0:8080',
    } as const;
    await two.report({ objects: [{ kind: 'port', id: body.metadata.id, observedGeneration: 1, gone: false, conditions: [failed] }] });
    expect(published(await read('a', body.metadata.id))).toMatchObject({
      reason: 'PortInUse',
      message: 'published on one, three; not yet on two: sshd (pid 8) listens on tcp 0.0.0.0:8080',
    });
    await two.speak();
    await expect.poll(async () => published(await read('a', body.metadata.id))).toMatchObject({ status: 'True' });
    await close('a', body.metadata.id);
  });
});

describe('hosts that come and go', () => {
  it('publish what was there before them, and give it back', async () => {
    const port = await publish('a', everywhere);
    const four = await under.addHost('four', able(4));
    await four.until(() => portsOn(four).length === 1 && networkOn(four, 'wide') !== undefined);
    await expect
      .poll(async () => published(await read('a', port.metadata.id)))
      .toMatchObject({ status: 'True', message: 'published on four, one, three, two' });
    await four.disconnect();
    await api.delete('/v1/hosts/four').expect(204);
    expect(published(await read('a', port.metadata.id))).toMatchObject({ message: 'published on one, three, two' });
    expect((await api.get('/v1/networks/wide').expect(200)).body.status.hosts).toHaveLength(3);
    await close('a', port.metadata.id);
  });

  it('that are given up with the endpoint take the port off all others', async () => {
    const lost = await under.addHost('lost', able(5));
    await api.post('/v1/sandboxes', { metadata: { name: 'lost' }, spec: { host: 'lost' } }).expect(201);
    await join('d', 'wide', 'lost');
    await publish('d', everywhere);
    expect(portsOn(two)).toHaveLength(1);
    await lost.disconnect();
    await api.delete('/v1/hosts/lost?force=true').expect(204);
    for (const worker of [one, two, three]) await worker.until(() => portsOn(worker).length === 0);
    for (const worker of [two, three]) await worker.until(() => networkOn(worker, 'wide') === undefined);
  });

  it('are named where they cannot, and fail nothing', async () => {
    const old = await under.addHost('old', { features: [], underlay: able(6).underlay });
    await under.addHost('six-only', { features: ['vxlan'], underlay: [{ address: '2001:db8:51::7', mtuBytes: 1500 }] });
    const port = await publish('a', everywhere);
    expect(published(port)).toMatchObject({ status: 'True', reason: 'Applied' });
    expect(published(port)?.message).toMatch(
      /^published on one, three, two; not on old: .* needs vxlan in the kernel.*; not on six-only: .* no IPv4 address for the tunnels/,
    );
    await old.register({ features: ['vxlan'] });
    await expect
      .poll(async () => published(await read('a', port.metadata.id))?.message)
      .toMatch(/^published on old, one, three, two; not on six-only/);
    await close('a', port.metadata.id);
    for (const host of ['old', 'six-only']) await api.delete(`/v1/hosts/${host}`).expect(204);
  });

  it('are not waited for while they are silent, neither to publish nor to close', async () => {
    const silent = await under.addHost('silent', able(7));
    silent.isSilent = true;
    const { body: port } = await api.post('/v1/endpoints/a/ports', everywhere).expect(201);
    const { body: other } = await api.post('/v1/endpoints/a/ports', { ...everywhere, hostPort: 8081 }).expect(201);
    const said = async () => published(await read('a', port.metadata.id));
    await expect.poll(said).toMatchObject({ status: 'False', message: 'published on one, three, two; not yet on silent' });
    await api.delete(`/v1/endpoints/a/ports/${other.metadata.id}`).expect(202);
    const saidLater = async () => {
      // Its last word may be written down this late.
      await under.database.execute(`UPDATE host SET last_seen_at = now() - interval '1 hour' WHERE name = 'silent' AND is_alive`);
      return said();
    };
    await expect.poll(saidLater).toMatchObject({ status: 'True', message: 'published on one, three, two' });
    await api.get(`/v1/endpoints/a/ports/${other.metadata.id}`).expect(404);
    await silent.register();
    expect(await said()).toMatchObject({ status: 'False', message: 'published on one, three, two; not yet on silent' });
    await silent.speak();
    await expect.poll(said).toMatchObject({ status: 'True', message: 'published on one, silent, three, two' });
    expect(portsOn(silent)).toHaveLength(1);
    await close('a', port.metadata.id);
    await silent.disconnect();
    await api.delete('/v1/hosts/silent').expect(204);
  });

  it('that are not there for a tenant publish nothing of it', async () => {
    await api.post('/v1/tenants', { metadata: { name: 'others' } }).expect(201);
    const limit = (tenants: string[]) => api.patch('/v1/hosts/three', { spec: { tenants } }).expect(200);
    await limit(['others']);
    const port = await publish('a', everywhere);
    expect(port.status.hosts.map(({ host }) => host)).toEqual(['one', 'two']);
    expect(portsOn(three)).toEqual([]);
    await limit([]);
    await three.until(() => portsOn(three).length === 1);
    await close('a', port.metadata.id);
  });

  it('that are drained keep what they have, take nothing new, and get it when they are not', async () => {
    const drain = (drained: boolean) => api.patch('/v1/hosts/three', { spec: { drained } }).expect(200);
    const before = await publish('a', everywhere);
    await drain(true);
    const port = await publish('a', { ...everywhere, hostPort: 8081 });
    expect(published(port)).toMatchObject({
      status: 'True',
      message: 'published on one, two; not on three: host three is drained: nothing new is placed on it',
    });
    expect(portsOn(three).map(({ id }) => id)).toEqual([before.metadata.id]);
    await drain(false);
    await three.until(() => portsOn(three).length === 2);
    for (const { metadata } of [before, port]) await close('a', metadata.id);
  });

  it('on which the port is taken say by whom, are registered all the same, and publish it when it is free', async () => {
    const { body: idle } = await api.post('/v1/endpoints', { metadata: { name: 'e' }, spec: { network: 'wide' } }).expect(201);
    expect(idle.status.host).toBeNull();
    const { body: port } = await api.post('/v1/endpoints/e/ports', everywhere).expect(201);
    const holder = await publish('b', { ...everywhere, publish: 'host' });
    await api.post('/v1/endpoints/e/join', { sandbox: 'one' }).set('Prefer', 'wait=1').expect(200);
    await expect
      .poll(async () => published(await read('e', port.metadata.id)))
      .toMatchObject({
        status: 'False',
        reason: 'PortInUse',
        message: expect.stringMatching(
          /^published on one, three; not yet on two: tcp 0\.0\.0\.0:8080 is published by endpoint b \(port .*\)$/,
        ),
      });
    expect(networkOn(two, 'wide')).toBeUndefined();
    await close('b', holder.metadata.id);
    await two.until(() => portsOn(two).some(({ id }) => id === port.metadata.id));
    await expect.poll(async () => published(await read('e', port.metadata.id))).toMatchObject({ status: 'True' });
    await api.delete('/v1/endpoints/e').set('Prefer', 'wait=60').expect(204);
  });
});

describe('the port of every host', () => {
  it('is refused when one host has it, naming that and who has it', async () => {
    const holder = await publish('b', { ...everywhere, publish: 'host' });
    const { body } = await api.post('/v1/endpoints/a/ports', everywhere).expect(409);
    expect(body).toMatchObject({ type: '/problems/port-in-use', errors: [{ pointer: '/hostPort' }] });
    expect(body.detail).toMatch(/^tcp 0\.0\.0\.0:8080 of host two is published by endpoint b/);
    const own = await publish('a', { ...everywhere, publish: 'host' });
    await api.patch(`/v1/endpoints/a/ports/${own.metadata.id}`, { publish: 'everywhere' }).expect(409);
    expect(await read('a', own.metadata.id)).toMatchObject({ spec: { publish: 'host' }, status: { hosts: [{ host: 'one' }] } });
    expect(networkOn(three, 'wide')).toBeUndefined();
    await close('b', holder.metadata.id);
    await close('a', own.metadata.id);
  });

  it('is kept from all others while it is taken', async () => {
    const port = await publish('a', everywhere);
    for (const hostAddress of ['0.0.0.0', '192.0.2.7']) {
      const { body } = await api.post('/v1/endpoints/b/ports', { ...everywhere, hostAddress, publish: 'host' }).expect(409);
      expect(body.detail).toMatch(/^tcp 0\.0\.0\.0:8080 of host two is published by endpoint a/);
    }
    await publish('b', { ...everywhere, protocol: 'udp', publish: 'host' });
    await close('a', port.metadata.id);
    await api.delete('/v1/endpoints/b').set('Prefer', 'wait=60').expect(204);
    await join('b', 'local', 'two');
  });

  it('is given once, of 20 requests at once for it on every host and on one', async () => {
    await join('c', 'wide', 'three');
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        index % 2
          ? api.post(`/v1/endpoints/${index % 4 === 1 ? 'a' : 'c'}/ports`, everywhere)
          : api.post('/v1/endpoints/b/ports', { ...everywhere, publish: 'host' }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(19).fill(409)]);
    const [made] = answers.filter(({ status }) => status === 201);
    await close(made?.body.spec.endpoint, made?.body.metadata.id);
    await api.delete('/v1/endpoints/c').set('Prefer', 'wait=60').expect(204);
  });

  it('is chosen where it is free on all hosts', async () => {
    const { hostPort: _, ...automatic } = everywhere;
    const taken = await Promise.all(Array.from({ length: 9 }, () => publish('b', { ...automatic, publish: 'host' })));
    const free = Array.from({ length: 10 }, (__, index) => 30_000 + index).filter(
      (port) => !taken.some(({ status }) => status.hostPort === port),
    );
    const port = await publish('a', automatic);
    expect([port.status.hostPort]).toEqual(free);
    const { body } = await api.post('/v1/endpoints/a/ports', automatic).expect(409);
    expect(body).toMatchObject({ type: '/problems/ports-exhausted', detail: expect.stringContaining('free on every host') });
    const [first] = taken;
    const other = await publish('a', { ...automatic, hostPort: first?.status.hostPort, publish: 'host' });
    const { body: same } = await api.patch(`/v1/endpoints/a/ports/${other.metadata.id}`, { hostPort: null }).expect(200);
    expect(same.status.hostPort).not.toBe(port.status.hostPort);
    await close('a', port.metadata.id);
    const { body: changed } = await api
      .patch(`/v1/endpoints/a/ports/${other.metadata.id}`, { publish: 'everywhere' })
      .set('Prefer', 'wait=60')
      .expect(200);
    expect([changed.status.hostPort]).toEqual(free);
    await close('a', other.metadata.id);
    for (const { metadata } of taken) await close('b', metadata.id);
  });
});

describe('refusals', () => {
  it.each([
    {
      what: 'an endpoint of a bridge network',
      endpoint: 'b',
      body: {},
      pointer: '/publish',
      detail: /on network local of driver bridge, which other hosts have no way into/,
    },
    {
      what: 'an address of one host',
      endpoint: 'a',
      body: { hostAddress: '192.0.2.1' },
      pointer: '/hostAddress',
      detail: /192\.0\.2\.1 is an address of one host/,
    },
    { what: 'something else', endpoint: 'a', body: { publish: 'nowhere' }, pointer: '/publish', detail: /publish must be one of/ },
  ])('$what', async ({ endpoint, body: over, pointer, detail }) => {
    const { body } = await api
      .post(`/v1/endpoints/${endpoint}/ports`, { ...everywhere, ...over })
      .expect(({ status }) => expect([400, 422]).toContain(status));
    expect(body.errors).toMatchObject([{ pointer }]);
    expect(body.detail).toMatch(detail);
  });

  it('networks that keep their endpoints from each other, and that while ports are published', async () => {
    await api
      .post('/v1/networks', { metadata: { name: 'apart' }, spec: { driver: 'overlay', options: { isolateEndpoints: true } } })
      .expect(201);
    await join('f', 'apart', 'one');
    const { body } = await api.post('/v1/endpoints/f/ports', everywhere).expect(422);
    expect(body).toMatchObject({ errors: [{ pointer: '/publish' }], detail: expect.stringContaining('isolateEndpoints') });
    const port = await publish('a', everywhere);
    const { body: refused } = await api.patch('/v1/networks/wide', { spec: { options: { isolateEndpoints: true } } }).expect(409);
    expect(refused).toMatchObject({ type: '/problems/in-use', errors: [{ pointer: '/spec/options/isolateEndpoints' }] });
    await close('a', port.metadata.id);
    await api.delete('/v1/networks/apart?cascade=true').set('Prefer', 'wait=60').expect(204);
  });

  it('nothing is left of a network that goes with its ports', async () => {
    await publish('a', everywhere);
    await api.delete('/v1/networks/wide?cascade=true').set('Prefer', 'wait=60').expect(204);
    for (const worker of [one, two, three])
      await worker.until(() => networkOn(worker, 'wide') === undefined && portsOn(worker).length === 0);
    expect([...two.objects.values()].filter(({ kind }: Desired) => kind === 'peer')).toEqual([]);
  });
});
