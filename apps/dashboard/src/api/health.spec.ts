import type { Condition } from '@netyard/api-client';
import { describe, expect, it } from 'vitest';
import { healthOf } from './health';

const condition = (type: string, status: Condition['status'], reason = 'Applied', message = '', observedGeneration = 1): Condition => ({
  type,
  status,
  reason,
  message,
  observedGeneration,
  lastTransitionTime: '2026-01-02T03:04:05Z',
});

const cases: { name: string; conditions: Condition[]; generation?: number; deletionRequestedAt?: string; want: string }[] = [
  { name: 'no word from the host yet', conditions: [], want: 'Pending: The worker has not reported yet.' },
  { name: 'all is well', conditions: [condition('Ready', 'True'), condition('LinkReady', 'True')], want: 'Ready: null' },
  {
    name: 'a change that the host has not seen',
    conditions: [condition('Ready', 'True', 'Applied', '', 1)],
    generation: 2,
    want: 'Pending: The worker has not reported yet.',
  },
  {
    name: 'the part that failed, not the ones undone with it',
    conditions: [
      condition('Ready', 'False', 'LinkReady', 'summed up'),
      condition('AddressesReady', 'False', 'Undone', 'see LinkReady'),
      condition('LinkReady', 'False', 'EEXIST', 'eth0 exists in sandbox a'),
    ],
    want: 'Failing: eth0 exists in sandbox a',
  },
  { name: 'a failure without words', conditions: [condition('Ready', 'False', 'EPERM')], want: 'Failing: Ready is not true: EPERM.' },
  {
    name: 'an endpoint that is joined to nothing',
    conditions: [condition('Ready', 'False', 'NotJoined', 'joined to no sandbox')],
    want: 'Not joined: joined to no sandbox',
  },
  {
    name: 'an endpoint that is on its way out',
    conditions: [condition('Ready', 'False', 'Leaving', 'host h1 takes it away')],
    want: 'Leaving: host h1 takes it away',
  },
  {
    name: 'waiting its turn',
    conditions: [condition('Ready', 'False', 'Pending', 'waits for host lab-1')],
    want: 'Pending: waits for host lab-1',
  },
  {
    name: 'a host that is silent',
    conditions: [condition('Ready', 'Unknown', 'HostSilent', 'lab-1 is silent')],
    want: 'Unknown: lab-1 is silent',
  },
  {
    name: 'what stands, with something that people should mend',
    conditions: [condition('Ready', 'True'), condition('UnderlayCarries', 'False', 'DroppedSilently', 'h1 to h2 carries less')],
    want: 'Warning: h1 to h2 carries less',
  },
  {
    name: 'a failure before a warning',
    conditions: [
      condition('Ready', 'False', 'EPERM'),
      condition('UnderlayCarries', 'False'),
      condition('BridgeReady', 'False', 'EPERM', 'not allowed'),
    ],
    want: 'Failing: not allowed',
  },
  {
    name: 'what is not known of no consequence',
    conditions: [condition('Ready', 'True'), condition('UnderlayCarries', 'Unknown')],
    want: 'Ready: null',
  },
  {
    name: 'deleting, although it was ready',
    conditions: [condition('Ready', 'True')],
    deletionRequestedAt: '2026-01-02T03:04:05Z',
    want: 'Deleting: Being taken away on its host.',
  },
];

describe('healthOf', () => {
  it.each(cases)('tells $name', ({ conditions, generation = 1, deletionRequestedAt = null, want }) => {
    const { label, message } = healthOf({ metadata: { generation, deletionRequestedAt }, status: { conditions } });
    expect(`${label}: ${message}`).toBe(want);
  });
});
