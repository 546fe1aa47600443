import type { Condition } from '@netyard/contracts';
import { describe, expect, it } from 'vitest';
import { conditionsOn, publishedEverywhere, type PortOnHost } from './published';

const now = new Date('2026-01-02T03:04:05Z');
const ready = (status: 'True' | 'False', reason = 'Applied', message = ''): Condition[] =>
  ['Ready', 'Published'].map((type) => ({
    type,
    status,
    reason,
    message,
    lastTransitionTime: '2026-01-01T00:00:00Z',
    observedGeneration: 2,
  }));
const on = (host: string, over: Partial<PortOnHost> = {}): PortOnHost => ({
  host,
  isOwn: host === 'h1',
  isAlive: true,
  observedGeneration: 2,
  conditions: ready('True'),
  refusal: null,
  ...over,
});
const unsaid = { conditions: [], observedGeneration: 0 };

describe('publishedEverywhere', () => {
  it.each([
    { name: 'all hosts have it', in: [on('h2'), on('h1')], want: 'True Applied: published on h1, h2' },
    { name: 'one has not said so yet', in: [on('h1'), on('h2', unsaid)], want: 'False Pending: published on h1; not yet on h2' },
    {
      name: 'one has said so of an older generation',
      in: [on('h1'), on('h2', { observedGeneration: 1 })],
      want: 'False Pending: published on h1; not yet on h2',
    },
    {
      name: 'one failed, and another has not spoken',
      in: [on('h1'), on('h2', unsaid), on('h3', { conditions: ready('False', 'PortInUse', 'sshd listens') })],
      want: 'False PortInUse: published on h1; not yet on h2; not yet on h3: sshd listens',
    },
    {
      name: 'another port has it on one',
      in: [on('h1'), on('h2', { ...unsaid, refusal: { reason: 'PortInUse', message: 'taken by b' } })],
      want: 'False PortInUse: published on h1; not yet on h2: taken by b',
    },
    {
      name: 'one cannot',
      in: [on('h1'), on('h2', { ...unsaid, refusal: { reason: 'HostUnfit', message: 'no vxlan' } })],
      want: 'True Applied: published on h1; not on h2: no vxlan',
    },
    { name: 'one is silent', in: [on('h1'), on('h2', { ...unsaid, isAlive: false })], want: 'True Applied: published on h1' },
    {
      name: 'the endpoint’s own is silent',
      in: [on('h1', { ...unsaid, isAlive: false }), on('h2')],
      want: 'False Pending: published on h2; not yet on h1',
    },
  ])('says that $name', ({ in: hosts, want }) => {
    const [first, second] = publishedEverywhere(hosts, 2, [], now);
    expect([first?.type, second?.type]).toEqual(['Ready', 'Published']);
    expect(`${second?.status} ${second?.reason}: ${second?.message}`).toBe(want);
  });

  it('keeps the time of the last transition, and is of the oldest generation that a host has', () => {
    const previous = ready('True');
    expect(publishedEverywhere([on('h1'), on('h2')], 2, previous, now)[0]).toMatchObject({
      lastTransitionTime: '2026-01-01T00:00:00Z',
      observedGeneration: 2,
    });
    expect(publishedEverywhere([on('h1'), on('h2', { observedGeneration: 1 })], 2, previous, now)[0]).toMatchObject({
      lastTransitionTime: now.toISOString(),
      observedGeneration: 1,
    });
  });
});

it('a host that does not publish says why, one that has not spoken that', () => {
  const refusal = { reason: 'HostUnfit', message: 'no vxlan' };
  expect(conditionsOn(on('h2', { refusal }), now)).toMatchObject([
    { type: 'Ready', status: 'False', ...refusal },
    { type: 'Published', status: 'False', ...refusal },
  ]);
  expect(conditionsOn(on('h2', unsaid), now)).toMatchObject([{ type: 'Ready', status: 'False', reason: 'Pending' }]);
});
