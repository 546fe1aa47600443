import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from 'undici';
import type { FakeWorker } from '../../libs/testing/src/fake-worker';
import { Watcher } from '../../libs/testing/src/watcher';
import { adminToken, ApiUnderTest, type Replica } from './api-under-test';

let under: ApiUnderTest;
let api: Replica;
let worker: FakeWorker;

beforeAll(async () => {
  under = await ApiUnderTest.start({ hosts: ['h1', 'h2'] });
  api = under.replica;
  [worker] = under.workers as [FakeWorker];
});
afterAll(() => under.close());

const createNetwork = (name: string, spec: object = {}, labels: object = {}) =>
  api.post('/v1/networks', { metadata: { name, labels }, spec: { driver: 'bridge', ...spec } }).expect(201);
const createSandbox = (name: string, host = 'h1') =>
  api.post('/v1/sandboxes', { metadata: { name }, spec: { host } }).set('Prefer', 'wait=60').expect(201);
const names = (body: { items: { metadata: { name: string } }[] }): string[] => body.items.map(({ metadata }) => metadata.name);

describe('names, labels and references', () => {
  it('makes names up, and takes an id wherever it takes a name', async () => {
    const { body: network } = await api.post('/v1/networks', { spec: { driver: 'bridge' } }).expect(201);
    expect(network.metadata.name).toMatch(/^net-[0-9a-f]{12}$/);
    await api.get(`/v1/networks/${network.metadata.id}`).expect(200);
    const { body: endpoint } = await api.post('/v1/endpoints', { spec: { network: network.metadata.id } }).expect(201);
    expect(endpoint.spec).toMatchObject({ network: network.metadata.name, sandbox: null, addresses: [], gatewayPriority: 0 });
    await api.delete(`/v1/endpoints/${endpoint.metadata.id}`).expect(204);
    await api.delete(`/v1/networks/${network.metadata.id}`).expect(204);
  });

  it('merges labels, and removes those that are null', async () => {
    await createNetwork('labelled', {}, { team: 'blue', old: 'x' });
    const { body } = await api.patch('/v1/networks/labelled', { metadata: { labels: { team: 'red', old: null, 'a/b': '1' } } }).expect(200);
    expect(body.metadata).toMatchObject({ labels: { team: 'red', 'a/b': '1' }, generation: 1, resourceVersion: '2' });
  });

  it('frees a name with its object', async () => {
    await createNetwork('again');
    await api.delete('/v1/networks/again').expect(204);
    await api.delete('/v1/networks/again').expect(404);
    await createNetwork('again');
  });
});

describe('conditional requests', () => {
  it('answers 304 to a client that knows the object, and 412 with the current ETag to one that does not', async () => {
    await createNetwork('versioned');
    const first = await api.get('/v1/networks/versioned').expect(200).expect('ETag', '"1"');
    await api.get('/v1/networks/versioned').set('If-None-Match', '"1"').expect(304).expect('');
    await api
      .patch('/v1/networks/versioned', { metadata: { labels: { a: 'b' } } })
      .set('If-Match', '"1"')
      .expect(200)
      .expect('ETag', '"2"');
    await api.get('/v1/networks/versioned').set('If-None-Match', String(first.headers['etag'])).expect(200);
    await api.delete('/v1/networks/versioned').set('If-Match', '"1"').expect(412).expect('ETag', '"2"');
    await api.delete('/v1/networks/versioned').set('If-Match', '"1", "2"').expect(204);
  });
});

describe('Idempotency-Key', () => {
  it('gives the first answer again, whatever has happened since', async () => {
    const body = { metadata: { name: 'once' }, spec: { driver: 'bridge' } };
    const first = await api.post('/v1/networks', body).set('Idempotency-Key', 'k1').expect(201);
    await api.delete('/v1/networks/once').expect(204);
    const second = await api
      .post('/v1/networks', body)
      .set('Idempotency-Key', 'k1')
      .expect(201)
      .expect('Idempotent-Replayed', 'true')
      .expect('ETag', '"1"');
    expect(second.body).toEqual(first.body);
    await api.get('/v1/networks/once').expect(404);
  });

  it('repeats a refusal too', async () => {
    const refused = await api
      .post('/v1/networks', { spec: { driver: 'bridge', host: 'nowhere' } })
      .set('Idempotency-Key', 'k2')
      .expect(422);
    const again = await api
      .post('/v1/networks', { spec: { driver: 'bridge', host: 'nowhere' } })
      .set('Idempotency-Key', 'k2')
      .expect(422)
      .expect('Content-Type', /problem\+json/);
    expect(again.body).toEqual(refused.body);
  });

  it('refuses another body under the same key', async () => {
    await api
      .post('/v1/networks', { metadata: { name: 'keyed' }, spec: { driver: 'bridge' } })
      .set('Idempotency-Key', 'k3')
      .expect(201);
    const answer = await api
      .post('/v1/networks', { metadata: { name: 'other' }, spec: { driver: 'bridge' } })
      .set('Idempotency-Key', 'k3')
      .expect(422);
    expect(answer.body.type).toBe('/problems/idempotency-mismatch');
    await api.get('/v1/networks/other').expect(404);
  });

  it('makes one object of many requests at the same time', async () => {
    const body = { metadata: { name: 'storm' }, spec: { driver: 'bridge' } };
    const answers = await Promise.all(Array.from({ length: 8 }, () => api.post('/v1/networks', body).set('Idempotency-Key', 'k4')));
    expect(answers.some(({ status }) => status === 201)).toBe(true);
    for (const { status, body: answer } of answers) if (status !== 201) expect(answer.type).toBe('/problems/idempotency-running');
    expect(names((await api.get('/v1/networks?name=storm').expect(200)).body)).toEqual(['storm']);
  });
});

describe('Prefer: wait', () => {
  it('holds an answer until the host has done what was asked', async () => {
    await createNetwork('waited');
    await createSandbox('w');
    worker.isSilent = true;
    const created = api
      .post('/v1/endpoints', { metadata: { name: 'w-ep' }, spec: { network: 'waited', sandbox: 'w' } })
      .set('Prefer', 'wait=60')
      .then((answer) => answer);
    await worker.until(() => [...worker.objects.values()].some(({ name }) => name === 'w-ep'));
    const { body: pending } = await api.get('/v1/endpoints/w-ep').expect(200);
    expect(pending.status.conditions[0]).toMatchObject({ type: 'Ready', status: 'False', reason: 'Pending' });
    await worker.speak();
    expect((await created).body.status.conditions[0]).toMatchObject({ status: 'True' });
  });

  it('answers with what there is when the time is up', async () => {
    worker.isSilent = true;
    const left = await api.request('post', '/v1/endpoints/w-ep/leave').set('Prefer', 'wait=1').expect(200);
    expect(left.body).toMatchObject({ metadata: { generation: 2 }, spec: { sandbox: null }, status: { host: 'h1', interfaceName: null } });
    await createSandbox('w2', 'h2');
    const refused = await api.post('/v1/endpoints/w-ep/join', { sandbox: 'w2' }).expect(409);
    expect(refused.body).toMatchObject({ type: '/problems/still-leaving', retryable: true });
    await worker.speak();
  });

  it('joins again where it is leaving, and elsewhere once it has left', async () => {
    const back = await api.post('/v1/endpoints/w-ep/join', { sandbox: 'w' }).set('Prefer', 'wait=60').expect(200);
    expect(back.body.status).toMatchObject({ host: 'h1', interfaceName: 'eth0' });
    const address = back.body.status.addresses as string[];
    const left = await api.request('post', '/v1/endpoints/w-ep/leave').set('Prefer', 'wait=60').expect(200);
    expect(left.body.status).toMatchObject({ host: null, addresses: address });
    const moved = await api.post('/v1/endpoints/w-ep/join', { sandbox: 'w2' }).set('Prefer', 'wait=60').expect(200);
    expect(moved.body.status).toMatchObject({ host: 'h2', addresses: address });
    expect(moved.body.status.conditions[0]).toMatchObject({ type: 'Ready', status: 'True' });
  });

  it('shows a deletion until the host is clean; asking again is a conflict', async () => {
    const h2 = under.workers[1];
    if (!h2) throw new Error('no second worker');
    h2.isSilent = true;
    const pending = await api.delete('/v1/endpoints/w-ep').expect(202);
    expect(pending.body.metadata).toMatchObject({ deletionRequestedAt: expect.any(String) as string });
    const again = await api.delete('/v1/endpoints/w-ep').expect(409);
    expect(again.body.type).toBe('/problems/being-deleted');
    await h2.until(() => [...h2.objects.values()].some(({ name, deleted }) => name === 'w-ep' && deleted));
    await h2.speak();
    await api.get('/v1/endpoints/w-ep').expect(404);
  });

  it('forces away what a lost host will never report', async () => {
    worker.isSilent = true;
    await api.post('/v1/endpoints', { metadata: { name: 'lost' }, spec: { network: 'waited', sandbox: 'w', addresses: [] } }).expect(201);
    await worker.until(() => [...worker.objects.values()].some(({ name }) => name === 'lost'));
    const id = [...worker.objects.values()].find(({ name }) => name === 'lost')?.id;
    await api.delete('/v1/endpoints/lost?force=true').expect(204);
    await worker.until(() => worker.messages.some(({ message }) => message.type === 'delete' && message.id === id));
    await worker.speak();
    await api.get('/v1/endpoints/lost').expect(404);
  });
});

describe('lists', () => {
  beforeAll(async () => {
    await createNetwork('list', { subnets: [{ cidr: '10.20.0.0/24' }] });
    await createSandbox('list-a');
    const items = Array.from({ length: 25 }, (_, index) => ({
      metadata: {
        name: `l-${String(index).padStart(2, '0')}`,
        labels: { part: index % 2 === 0 ? 'even' : 'odd', ...(index < 5 ? { low: '' } : {}) },
      },
      spec: { network: 'list', ...(index === 3 ? { sandbox: 'list-a' } : {}) },
    }));
    await api.post('/v1/endpoints/bulk', { items }).set('Prefer', 'wait=60').expect(201);
  });

  it.each(['name', '-name', 'createdAt', '-createdAt'])('pages by %s without missing or repeating one, while others come', async (sort) => {
    const seen: string[] = [];
    let path: string | undefined = `/v1/endpoints?network=list&limit=7&sort=${sort}&labelSelector=part`;
    while (path) {
      const page: { body: { items: { metadata: { name: string } }[]; nextCursor: string | null }; headers: Record<string, string> } =
        await api.get(path).expect(200);
      seen.push(...names(page.body));
      await api.post('/v1/endpoints', { spec: { network: 'list' } }).expect(201);
      path = /<([^>]+)>; rel="next"/.exec(page.headers['link'] ?? '')?.[1];
      expect(path === undefined).toBe(page.body.nextCursor === null);
    }
    const want = Array.from({ length: 25 }, (_, index) => `l-${String(index).padStart(2, '0')}`);
    expect([...seen].sort()).toEqual(want);
    if (sort.endsWith('name')) expect(seen).toEqual(sort.startsWith('-') ? want.toReversed() : want);
  });

  it.each([
    ['labelSelector=part%3Deven,low', ['l-00', 'l-02', 'l-04']],
    ['labelSelector=part!%3Deven,low', ['l-01', 'l-03']],
    ['labelSelector=!part&sandbox=list-a', []],
    ['sandbox=list-a', ['l-03']],
    ['host=h1&network=list', ['l-03']],
    ['name=l-01&name=l-07', ['l-01', 'l-07']],
    ['network=nowhere', []],
  ])('filters by %s', async (query, want) => {
    expect(names((await api.get(`/v1/endpoints?${query}`).expect(200)).body).sort()).toEqual(want);
  });

  it('filters networks by driver and host', async () => {
    expect(names((await api.get('/v1/networks?host=h2&driver=bridge').expect(200)).body).sort()).toEqual(['default-h2', 'waited']);
    expect(names((await api.get('/v1/networks?driver=none').expect(200)).body)).toEqual([]);
  });

  it('deletes by selector what it first counts', async () => {
    const selector = { labelSelector: 'part=odd' };
    expect((await api.post('/v1/endpoints/bulk-delete', { ...selector, dryRun: true }).expect(200)).body).toEqual({
      count: 12,
      pending: [],
    });
    expect(names((await api.get('/v1/endpoints?labelSelector=part%3Dodd').expect(200)).body)).toHaveLength(12);
    expect((await api.post('/v1/endpoints/bulk-delete', selector).set('Prefer', 'wait=60').expect(200)).body).toEqual({
      count: 12,
      pending: [],
    });
    expect(names((await api.get('/v1/endpoints?labelSelector=part%3Dodd').expect(200)).body)).toEqual([]);
  });
});

describe('addresses', () => {
  it('draws from the range, never the reserved ones, and gives those on request', async () => {
    await createNetwork('ranged', {
      subnets: [{ cidr: '10.30.0.0/28', ipRange: '10.30.0.8/30', reserved: ['10.30.0.9'], gateway: '10.30.0.14' }],
    });
    const make = async (spec: object = {}): Promise<string> =>
      (await api.post('/v1/endpoints', { spec: { network: 'ranged', ...spec } }).expect(201)).body.status.addresses[0] as string;
    expect([await make(), await make(), await make()]).toEqual(['10.30.0.8/28', '10.30.0.10/28', '10.30.0.11/28']);
    await api.post('/v1/endpoints', { spec: { network: 'ranged' } }).expect(409);
    expect(await make({ addresses: ['10.30.0.9'] })).toBe('10.30.0.9/28');
    expect(await make({ addresses: ['10.30.0.1'] })).toBe('10.30.0.1/28');
  });

  it('reuses a released address last', async () => {
    await createNetwork('reuse', { subnets: [{ cidr: '10.31.0.0/29' }] });
    const make = async (name: string): Promise<string> =>
      (await api.post('/v1/endpoints', { metadata: { name }, spec: { network: 'reuse' } }).expect(201)).body.status.addresses[0] as string;
    expect([await make('r2'), await make('r3')]).toEqual(['10.31.0.2/29', '10.31.0.3/29']);
    await api.delete('/v1/endpoints/r3').expect(204);
    await api.delete('/v1/endpoints/r2').expect(204);
    expect([await make('r4'), await make('r5'), await make('r6'), await make('r7'), await make('r8')]).toEqual([
      '10.31.0.4/29',
      '10.31.0.5/29',
      '10.31.0.6/29',
      '10.31.0.3/29',
      '10.31.0.2/29',
    ]);
  });

  it('adds a unique local /64, and gives an address in every subnet', async () => {
    const { body: network } = await createNetwork('dual', { ipv6: true });
    const [v4, v6] = network.status.subnets as { cidr: string; gateway: string }[];
    expect(v4?.cidr).toMatch(/^10\.\d+\.\d+\.0\/24$/);
    expect(v6?.cidr).toMatch(/^fd[0-9a-f:]+::\/64$/);
    const { body: endpoint } = await api.post('/v1/endpoints', { spec: { network: 'dual' } }).expect(201);
    expect(endpoint.status.gateways).toEqual([v4?.gateway, v6?.gateway]);
    expect(endpoint.status.addresses).toEqual([v4?.cidr.replace('.0/24', '.2/24'), v6?.cidr.replace('::/64', '::2/64')]);
  });

  it('falls back to a random MAC where another endpoint has asked for the one that follows from the address', async () => {
    await createNetwork('macs', { subnets: [{ cidr: '10.32.0.0/24' }] });
    await api.post('/v1/endpoints', { spec: { network: 'macs', addresses: ['10.32.0.50'], macAddress: '02:4e:0a:20:00:02' } }).expect(201);
    const { body } = await api.post('/v1/endpoints', { spec: { network: 'macs' } }).expect(201);
    expect(body.status).toMatchObject({
      addresses: ['10.32.0.2/24'],
      macAddress: expect.not.stringMatching(/^02:4e:0a:20:00:02$/) as string,
    });
  });

  it('never gives one address twice, and never draws overlapping subnets, under concurrency', async () => {
    await createNetwork('crowd', { subnets: [{ cidr: '10.33.0.0/25' }] });
    const answers = await Promise.all(Array.from({ length: 130 }, () => api.post('/v1/endpoints', { spec: { network: 'crowd' } })));
    const given = answers.filter(({ status }) => status === 201).map(({ body }) => body.status.addresses[0] as string);
    expect(given).toHaveLength(125);
    expect(new Set(given).size).toBe(125);
    for (const { status, body } of answers) if (status !== 201) expect(body.type).toBe('/problems/subnet-exhausted');
    const networks = await Promise.all(
      Array.from({ length: 20 }, () => api.post('/v1/networks', { spec: { driver: 'bridge' } }).expect(201)),
    );
    expect(new Set(networks.map(({ body }) => body.status.subnets[0].cidr as string)).size).toBe(20);
  });
});

describe('several endpoints in one sandbox', () => {
  it('names interfaces ethN, and lets the priority be changed', async () => {
    await createSandbox('multi');
    await createNetwork('m1');
    await createNetwork('m2');
    const one = await api
      .post('/v1/endpoints', { metadata: { name: 'm-1' }, spec: { network: 'm1', sandbox: 'multi' } })
      .set('Prefer', 'wait=60')
      .expect(201);
    const two = await api
      .post('/v1/endpoints', { metadata: { name: 'm-2' }, spec: { network: 'm2', sandbox: 'multi' } })
      .set('Prefer', 'wait=60')
      .expect(201);
    const unnamed = await api
      .post('/v1/endpoints', { spec: { sandbox: 'multi' } })
      .set('Prefer', 'wait=60')
      .expect(201);
    expect([one, two, unnamed].map(({ body }) => body.status.interfaceName as string)).toEqual(['eth0', 'eth1', 'eth2']);
    expect(unnamed.body.spec.network).toBe('default-h1');
    const { body } = await api
      .patch('/v1/endpoints/m-2', { spec: { gatewayPriority: 5 } })
      .set('Prefer', 'wait=60')
      .expect(200);
    expect(body).toMatchObject({ metadata: { generation: 2 }, spec: { gatewayPriority: 5 } });
    expect(worker.objects.get(body.metadata.id as string)).toMatchObject({ gatewayPriority: 5, generation: 2 });
    expect((await api.get('/v1/sandboxes/multi').expect(200)).body.status.endpoints).toEqual(['m-1', 'm-2', unnamed.body.metadata.name]);
  });

  it('keeps interface names apart when joins come at the same time', async () => {
    await createSandbox('busy');
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => api.post('/v1/endpoints', { spec: { sandbox: 'busy' } }).expect(201)),
    );
    expect(answers.map(({ body }) => body.status.interfaceName as string).sort()).toEqual(
      Array.from({ length: 12 }, (_, index) => `eth${index}`).sort(),
    );
  });
});

describe('what workers report', () => {
  it('ignores older generations, and keeps the time of a transition that is none', async () => {
    await createSandbox('reported');
    const { body: made } = await api
      .post('/v1/endpoints', { metadata: { name: 'rep' }, spec: { sandbox: 'reported' } })
      .set('Prefer', 'wait=60')
      .expect(201);
    const since = made.status.conditions[0].lastTransitionTime as string;
    const report = (observedGeneration: number, status: 'True' | 'False', message = '') =>
      worker.report({
        objects: [
          {
            kind: 'endpoint',
            id: made.metadata.id,
            observedGeneration,
            gone: false,
            conditions: [{ type: 'LinkReady', status, reason: status === 'True' ? 'Applied' : 'EEXIST', message }],
          },
        ],
      });
    await report(0, 'False', 'late');
    await report(2, 'False', 'from the future');
    await report(1, 'True', 'still there');
    const { body: same } = await api.get('/v1/endpoints/rep').expect(200);
    expect(same.status.conditions[0]).toMatchObject({ type: 'Ready', status: 'True', lastTransitionTime: since });
    await report(1, 'False', 'eth0 is there already');
    const { body: failed } = await api.get('/v1/endpoints/rep').expect(200);
    expect(failed.status.conditions[0]).toMatchObject({
      type: 'Ready',
      status: 'False',
      reason: 'EEXIST',
      message: 'eth0 is there already',
    });
    const { body: events } = await api.get(`/v1/events?id=${made.metadata.id}`).expect(200);
    expect(events.items[0]).toMatchObject({ kind: 'endpoint', type: 'Warning', reason: 'EEXIST', count: 1, objectName: 'rep' });
  });

  it('counts events that repeat', async () => {
    const { body: host } = await api.get('/v1/hosts/h1').expect(200);
    const event = {
      kind: 'host',
      id: host.metadata.id as string,
      type: 'Warning',
      reason: 'OrphanRemoved',
      message: 'a link was nobody’s',
    } as const;
    await worker.report({ events: [event, event] });
    await worker.report({ events: [event] });
    const { body } = await api.get(`/v1/events?kind=host&id=${host.metadata.id}`).expect(200);
    expect(body.items.filter(({ reason }: { reason: string }) => reason === 'OrphanRemoved')).toMatchObject([{ count: 3 }]);
  });

  it('shows what a host’s kernel can do, and its links', async () => {
    const link = { name: 'eth0', kind: null, up: true, mtuBytes: 1500, macAddress: '02:00:00:00:00:01', master: null };
    await worker.register({ features: ['macvlan', 'vxlan'], links: [link] });
    expect((await api.get('/v1/hosts/h1').expect(200)).body.status).toMatchObject({ features: ['macvlan', 'vxlan'], links: [link] });
    await worker.register();
    expect((await api.get('/v1/hosts/h1').expect(200)).body.status).toMatchObject({ features: [], links: [] });
  });

  it('tells networks that leave the MTU to the uplink when that changes', async () => {
    const before = worker.messages.length;
    await worker.register({ uplinkMtuBytes: 1400 });
    await worker.until(() =>
      worker.messages
        .slice(before)
        .some(
          ({ message }) => message.type === 'upsert' && message.object.kind === 'network' && message.object.options['mtuBytes'] === 1400,
        ),
    );
    expect((await api.get('/v1/networks/default-h1').expect(200)).body.status.mtuBytes).toBe(1400);
    expect((await api.get('/v1/hosts/h1').expect(200)).body.status).toMatchObject({
      uplinkMtuBytes: 1400,
      conditions: [{ type: 'Ready', status: 'True' }],
    });
  });
});

describe('documentation', () => {
  it('names every status that a route can answer with', async () => {
    const { body } = await api.get('/openapi.json').expect(200);
    expect(body.openapi).toBe('3.1.0');
    expect(Object.keys(body.paths['/v1/endpoints'].post.responses).sort()).toEqual([
      '201',
      '400',
      '401',
      '403',
      '404',
      '409',
      '412',
      '413',
      '415',
      '422',
      '429',
      '500',
      '503',
    ]);
    expect(JSON.stringify(body)).not.toContain('Dto');
  });

  it('publishes the drivers with their options', async () => {
    const { body } = await api.get('/v1/drivers').expect(200);
    expect(body.items.map(({ name }: { name: string }) => name)).toEqual(['bridge', 'host', 'none', 'overlay', 'macvlan', 'ipvlan']);
    expect((await api.get('/v1/drivers/bridge').expect(200)).body.optionSchema.properties.mtuBytes.type).toBe('integer');
  });
});

describe('hosts', () => {
  it('are forgotten with all that is on them when forced', async () => {
    const lost = await under.addHost('lost-host');
    await createSandbox('on-lost', 'lost-host');
    await createNetwork('stays');
    await api
      .post('/v1/endpoints', { metadata: { name: 'lost-ep' }, spec: { network: 'stays', sandbox: 'on-lost' } })
      .set('Prefer', 'wait=60')
      .expect(201);
    const refused = await api.delete('/v1/hosts/lost-host').expect(409);
    expect(refused.body.detail).toMatch(/sandbox on-lost.*endpoint lost-ep/);
    await api.delete('/v1/hosts/lost-host?force=true').expect(204);
    for (const path of ['hosts/lost-host', 'sandboxes/on-lost', 'endpoints/lost-ep', 'networks/default-lost-host'])
      await api.get(`/v1/${path}`).expect(404);
    expect((await api.get('/v1/networks/stays').expect(200)).body.status).toMatchObject({ hosts: [], endpointCount: 0 });
    // The stream of a forgotten host ends, and its place means nothing in the one that a worker registers anew.
    await lost.ended;
    const seen = lost.messages.length;
    await lost.start();
    expect(lost.messages[seen]?.message.type).toBe('snapshot');
    await api.get('/v1/networks/default-lost-host').expect(200);
  });
});

it('has any number of streams, and ends them when it is told to stop', async () => {
  const warnings: Error[] = [];
  const hear = (warning: Error): number => warnings.push(warning);
  process.on('warning', hear);
  const other = await ApiUnderTest.start({ hosts: ['h1'] });
  const [follower] = other.workers;
  const watchers = await Promise.all(Array.from({ length: 20 }, () => Watcher.start({ url: other.replica.url, token: adminToken })));
  // One whose answer is held when the end begins, on a connection that it would keep.
  const client = new Client(other.replica.url);
  if (follower) follower.isSilent = true;
  const held = client.request({
    method: 'POST',
    path: '/v1/sandboxes',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json', prefer: 'wait=60' },
    body: JSON.stringify({ spec: { host: 'h1' } }),
  });
  await follower?.until(() => [...follower.objects.values()].some(({ kind }) => kind === 'sandbox'));
  await other.replica.close();
  expect((await held).statusCode).toBe(201);
  await follower?.disconnect();
  for (const watcher of watchers) await watcher.ended;
  process.off('warning', hear);
  expect(warnings).toEqual([]);
  expect((other.replica.app.getHttpServer() as { listening: boolean }).listening).toBe(false);
  await other.database.close();
});
