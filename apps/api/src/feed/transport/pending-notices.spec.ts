import { expect, it } from 'vitest';
import { PendingNotices } from './pending-notices';

const notice = (streamId: string, revision: number, steps = 1) => ({ streamId, revision, steps, replicaId: 'r' });

it('tells of each stream once, from the first step to the last', () => {
  const pending = new PendingNotices();
  pending.add([notice('a', 5, 2), notice('b', 1)]);
  pending.add([notice('a', 9), notice('a', 7)]);
  expect(pending.take()).toEqual([notice('a', 9, 6), notice('b', 1)]);
  expect(pending.isEmpty).toBe(true);
  expect(pending.take()).toEqual([]);
});
