import { beforeEach, describe, expect, it } from 'vitest';
import { endpoint, network, sandbox } from '../testing/desired';
import { DesiredStore, Touched } from './desired-store';

describe('the desired state', () => {
  let store: DesiredStore;
  beforeEach(() => {
    store = new DesiredStore();
    const touched = new Touched();
    for (const object of [network(1), sandbox(1), endpoint(1, 1), endpoint(2, 1)]) store.take({ type: 'upsert', object }, touched);
  });
  const take = (...messages: Parameters<DesiredStore['take']>[0][]): Touched => {
    const touched = new Touched();
    for (const message of messages) store.take(message, touched);
    return touched;
  };

  it('refuses an older generation', () => {
    take({ type: 'upsert', object: endpoint(1, 1, { generation: 3, name: 'new' }) });
    expect(take({ type: 'upsert', object: endpoint(1, 1, { generation: 2, name: 'old' }) }).isEmpty).toBe(true);
    expect(store.endpoints.get(endpoint(1, 1).id)?.name).toBe('new');
  });

  it('touches the endpoints of a network only when it asks for something else', () => {
    expect(take({ type: 'upsert', object: network(1, { generation: 2, name: 'renamed' }) }).endpoints.size).toBe(0);
    expect(take({ type: 'upsert', object: network(1, { generation: 3, internal: true }) }).endpoints.size).toBe(2);
  });

  it('touches the sandbox that an endpoint has left, where the default route may change hands', () => {
    const touched = take({ type: 'upsert', object: endpoint(1, 1, { generation: 2, sandboxId: null }) });
    expect([...touched.sandboxes]).toEqual([sandbox(1).id]);
  });

  it('deletes nothing unknown before a snapshot is complete, and then all of it without reports', () => {
    const before = take({ type: 'snapshot', hostId: '' as never }, { type: 'upsert', object: network(1) });
    expect([before.endpoints.size, store.inSync]).toEqual([0, false]);
    const after = take({ type: 'in-sync' });
    expect([...after.endpoints].sort()).toEqual([endpoint(1, 1).id, endpoint(2, 1).id]);
    expect([...store.forgotten].sort()).toEqual([sandbox(1).id, endpoint(1, 1).id, endpoint(2, 1).id].sort());
  });

  it('forgets nothing when a feed resumes', () => {
    expect(take({ type: 'resume', hostId: '' as never }, { type: 'in-sync' }).isEmpty).toBe(true);
  });

  it('hands a probe back and keeps it not', () => {
    const probe = {
      kind: 'probe',
      id: 'p',
      generation: 1,
      name: 'p',
      deleted: false,
      sandboxId: sandbox(1).id,
      expiresAt: '',
      spec: { sandbox: 'a', kind: 'ping', target: '198.18.1.1' },
    } as const;
    expect(store.take({ type: 'upsert', object: probe as never }, new Touched())).toBe(probe);
  });
});
