import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeWorker } from '../../libs/testing/src/fake-worker';
import { revisionOf, Watcher } from '../../libs/testing/src/watcher';
import { adminToken, ApiUnderTest, type Replica } from './api-under-test';

let under: ApiUnderTest;
let first: Replica;
let second: Replica;
let worker: FakeWorker;

beforeAll(async () => {
  under = await ApiUnderTest.start({ replicas: 2, hosts: ['h1'] });
  [first, second] = under.replicas as [Replica, Replica];
  [worker] = under.workers as [FakeWorker];
  await first
    .post('/v1/networks', { metadata: { name: 'net' }, spec: { driver: 'bridge', subnets: [{ cidr: '10.40.0.0/16' }] } })
    .expect(201);
  await first
    .post('/v1/sandboxes/bulk', {
      items: Array.from({ length: 200 }, (_, index) => ({ metadata: { name: `s${index}` }, spec: { host: 'h1' } })),
    })
    .set('Prefer', 'wait=60')
    .expect(201);
});
afterAll(() => under.close());

const watch = (replica: Replica, query?: string, lastEventId?: string): Promise<Watcher> =>
  Watcher.start({ url: replica.url, token: adminToken }, query, lastEventId);

describe('two replicas on one database', () => {
  it('wait for a worker that talks to the other one', async () => {
    const { body } = await second
      .post('/v1/endpoints', { metadata: { name: 'across' }, spec: { network: 'net', sandbox: 's0' } })
      .set('Prefer', 'wait=60')
      .expect(201);
    expect(body.status.conditions[0]).toMatchObject({ type: 'Ready', status: 'True' });
    await second.delete('/v1/endpoints/across').set('Prefer', 'wait=60').expect(204);
  });

  it('miss nothing and repeat nothing when a worker moves between them in the middle of changes', async () => {
    const seenBefore = worker.messages.length;
    const changes = Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        (index % 2 === 0 ? first : second)
          .post('/v1/endpoints', { metadata: { name: `e${index}` }, spec: { network: 'net', sandbox: `s${index}` } })
          .expect(201),
      ),
    );
    for (let move = 0; move < 6; move++) {
      const seen = worker.messages.length;
      await worker.until(
        () => worker.messages.length > seen + 5 || [...worker.objects.values()].filter(({ kind }) => kind === 'endpoint').length === 200,
      );
      await worker.disconnect();
      await worker.connect((move % 2 === 0 ? second : first).url);
    }
    await changes;
    await worker.until(() => [...worker.objects.values()].filter(({ kind }) => kind === 'endpoint').length === 200);
    const later = worker.messages.slice(seenBefore);
    expect(later.filter(({ message }) => message.type === 'snapshot')).toEqual([]);
    expect(later.filter(({ message }) => message.type === 'resume')).toHaveLength(6);
    const ids = later.flatMap(({ id, message }) => (id === undefined || message.type === 'in-sync' ? [] : [revisionOf(id)]));
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
  });

  it('tell watchers of every revision once and in order, whoever commits', async () => {
    // What the worker has still to say of the endpoints above would come in between.
    const settled = async (): Promise<number> => {
      const { body } = await first.get('/v1/endpoints?limit=500');
      return body.items.filter(({ status }: { status: { conditions: { status: string }[] } }) => status.conditions[0]?.status === 'True')
        .length;
    };
    await expect.poll(settled).toBe(200);
    const watchers = [await watch(first), await watch(second)];
    const start = watchers[0]?.events.find(({ event }) => event === 'in-sync')?.id;
    await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        (index % 2 === 0 ? first : second).post('/v1/networks', { metadata: { name: `n${index}` }, spec: { driver: 'none' } }).expect(201),
      ),
    );
    await first.post('/v1/networks', { metadata: { name: 'end' }, spec: { driver: 'none' } }).expect(201);
    for (const watcher of watchers) {
      await watcher.until(() => watcher.events.some(({ data }) => data.metadata?.name === 'end'));
      watcher.stop();
      const changes = watcher.events.slice(watcher.events.findIndex(({ event }) => event === 'in-sync') + 1);
      expect(changes.map(({ id }) => revisionOf(id))).toEqual(Array.from({ length: 61 }, (_, index) => revisionOf(start) + index + 1));
      expect(new Set(changes.map(({ data }) => data.metadata?.name)).size).toBe(61);
    }
  });

  it('resume a watch where it was, with what was deleted meanwhile', async () => {
    const before = await watch(first, '?kinds=network');
    before.stop();
    const place = before.events.find(({ event }) => event === 'in-sync')?.id;
    expect(before.events.filter(({ event }) => event === 'upsert').every(({ data }) => data.kind === 'network')).toBe(true);
    await second.delete('/v1/networks/end').expect(204);
    await second.post('/v1/networks', { metadata: { name: 'later', labels: { seen: 'yes' } }, spec: { driver: 'none' } }).expect(201);
    const after = await watch(first, '?kinds=network', place);
    after.stop();
    expect(after.events.map(({ event, data }) => [event, data.name ?? data.metadata?.name])).toEqual([
      ['delete', 'end'],
      ['upsert', 'later'],
      ['in-sync', undefined],
    ]);
  });

  it('tell a watcher with a selector when an object no longer matches', async () => {
    const watcher = await watch(second, '?kinds=network&labelSelector=seen%3Dyes');
    expect(watcher.events.filter(({ event }) => event === 'upsert').map(({ data }) => data.metadata?.name)).toEqual(['later']);
    await first.patch('/v1/networks/later', { metadata: { labels: { seen: null } } }).expect(200);
    await watcher.until(() => watcher.events.some(({ event, data }) => event === 'delete' && data.name === 'later'));
    watcher.stop();
    expect(watcher.events.at(-1)?.event).toBe('delete');
  });

  it('give a worker whose place is unknown a snapshot', async () => {
    await worker.disconnect();
    worker.lastEventId = `1-00000000`;
    const seen = worker.messages.length;
    await worker.connect();
    expect(worker.messages[seen]?.message.type).toBe('snapshot');
    expect([...worker.objects.values()].filter(({ kind }) => kind === 'endpoint')).toHaveLength(200);
  });
});
