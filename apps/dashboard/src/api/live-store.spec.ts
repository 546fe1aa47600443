import type { Network, WatchMessage } from '@netyard/api-client';
import { QueryClient } from '@tanstack/react-query';
import { beforeEach, describe, expect, it } from 'vitest';
import { LiveStore } from './live-store';
import { liveKey } from './query-keys';

const network = (name: string, generation = 1): Network => ({
  metadata: {
    id: `id-${name}`,
    name,
    labels: {},
    createdAt: '2026-01-02T03:04:05Z',
    generation,
    resourceVersion: '1',
    deletionRequestedAt: null,
  },
  spec: {
    driver: 'bridge',
    subnets: [],
    ipv6: false,
    internal: false,
    host: null,
    options: {},
    domain: null,
    dns: { search: [], options: [], servers: [], hosts: [] },
  },
  status: { conditions: [], hosts: [], subnets: [], endpointCount: 0, mtuBytes: null, mtuReason: null, vni: null, owner: 'default' },
});

const upsert = (name: string, generation?: number): WatchMessage => ({
  type: 'upsert',
  object: { kind: 'network', ...network(name, generation) },
});
const remove = (name: string): WatchMessage => ({ type: 'delete', kind: 'network', id: `id-${name}` });
const begin: WatchMessage[] = [{ type: 'connected', resumes: false }, { type: 'snapshot' }];
const inSync: WatchMessage = { type: 'in-sync' };
const lost: WatchMessage = { type: 'lost', reason: new Error('gone away'), retryInMs: 1 };

describe('LiveStore', () => {
  let queries: QueryClient;
  let store: LiveStore;

  beforeEach(() => {
    queries = new QueryClient();
    store = new LiveStore(queries);
  });

  /** Lets the store follow messages to their end; gives the networks that it shows, with their generations. */
  async function shown(...messages: WatchMessage[]): Promise<string[] | undefined> {
    await store.follow(
      (async function* () {
        yield* messages;
      })(),
    );
    return queries.getQueryData<Network[]>(liveKey('network'))?.map(({ metadata }) => `${metadata.name}@${metadata.generation}`);
  }

  it.each<{ name: string; messages: WatchMessage[]; want: string[] | undefined; phase: string }>([
    { name: 'nothing before a snapshot is complete', messages: [...begin, upsert('a')], want: undefined, phase: 'connecting' },
    { name: 'a snapshot as a whole', messages: [...begin, upsert('a'), upsert('b'), inSync], want: ['a@1', 'b@1'], phase: 'live' },
    {
      name: 'the last word on each object',
      messages: [...begin, upsert('a'), inSync, upsert('a', 2), upsert('b'), remove('b'), inSync],
      want: ['a@2'],
      phase: 'live',
    },
    { name: 'what it knew, while the connection is gone', messages: [...begin, upsert('a'), inSync, lost], want: ['a@1'], phase: 'stale' },
    {
      name: 'what it knew, while a second snapshot is cut off',
      messages: [...begin, upsert('a'), inSync, lost, ...begin, upsert('b'), lost],
      want: ['a@1'],
      phase: 'stale',
    },
    {
      name: 'only what a second snapshot has',
      messages: [...begin, upsert('a'), inSync, lost, ...begin, upsert('b'), inSync],
      want: ['b@1'],
      phase: 'live',
    },
    {
      name: 'what it knew and what it missed, once resumed',
      messages: [...begin, upsert('a'), inSync, lost, { type: 'connected', resumes: true }, upsert('b'), inSync],
      want: ['a@1', 'b@1'],
      phase: 'live',
    },
    { name: 'no probes', messages: [...begin, { type: 'delete', kind: 'probe', id: 'p' }, inSync], want: [], phase: 'live' },
  ])('shows $name', async ({ messages, want, phase }) => {
    expect(await shown(...messages)).toEqual(want);
    expect(store.connection.phase).toBe(phase);
  });

  it('keeps the array of a kind while nothing of the kind changes', async () => {
    await shown(...begin, upsert('a'), inSync);
    const before = queries.getQueryData(liveKey('network'));
    await shown({ type: 'delete', kind: 'sandbox', id: 's' }, inSync);
    expect(queries.getQueryData(liveKey('network'))).toBe(before);
  });

  it('tells its listeners when the connection changes', async () => {
    const phases: string[] = [];
    const stop = store.subscribe(() => phases.push(store.connection.phase));
    await shown(lost, ...begin, inSync, lost);
    stop();
    await shown(...begin, inSync);
    expect(phases).toEqual(['connecting', 'live', 'stale']);
  });
});
