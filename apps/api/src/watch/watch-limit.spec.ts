import { NetyardError } from '@netyard/contracts';
import { describe, expect, it } from 'vitest';
import { WatchLimit, watchesAtOnce } from './watch-limit';

const token = (id: string | null) => ({ id });

describe('watches of a token', () => {
  it('are so many at once, and another can begin when one has ended', () => {
    const limit = new WatchLimit();
    const ends = Array.from({ length: watchesAtOnce }, () => limit.open(token('one')));
    expect(() => limit.open(token('one'))).toThrow(NetyardError);
    expect(() => limit.open(token('other'))).not.toThrow();
    expect(() => limit.open({ id: 'one', sessionId: 'a session' })).not.toThrow();
    ends[0]?.();
    expect(() => limit.open(token('one'))).not.toThrow();
    expect(() => limit.open(token('one'))).toThrow(`the ${watchesAtOnce} watches that it may have at once`);
  });

  it('are as many as one likes for the deployment’s own', () => {
    const limit = new WatchLimit();
    for (let watch = 0; watch <= watchesAtOnce; watch++) expect(() => limit.open(token(null))).not.toThrow();
  });
});

it('reads two full accounts of a tenant at once, whatever becomes of them, and others’ beside', async () => {
  const limit = new WatchLimit();
  const began: string[] = [];
  const ends: (() => void)[] = [];
  const read = (name: string, tenant = 'ours'): Promise<void> =>
    limit.inTurn(tenant, () => {
      began.push(name);
      return new Promise((resolve, reject) => ends.push(name === 'first' ? () => reject(new Error('its reader has gone')) : resolve));
    });
  const first = read('first');
  const others = [read('second'), read('third'), read('theirs', 'theirs')];
  await Promise.resolve();
  expect(began).toEqual(['first', 'second', 'theirs']);
  ends[0]?.();
  await expect(first).rejects.toThrow('its reader has gone');
  await expect.poll(() => began).toEqual(['first', 'second', 'theirs', 'third']);
  for (const end of ends) end();
  await Promise.all(others);
});
