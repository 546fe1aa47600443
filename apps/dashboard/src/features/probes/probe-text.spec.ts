import type { Probe } from '@netyard/api-client';
import { describe, expect, it } from 'vitest';
import { hopTexts, probeText } from './probe-text';

const status = (
  result: Probe['status']['result'],
  error: string | null = null,
  finishedAt: string | null = '2026-01-01T00:00:00Z',
): Probe['status'] => ({
  conditions: [],
  result,
  error,
  finishedAt,
});

describe('how a probe ended', () => {
  it.each([
    { name: 'under way', in: status(null, null, null), want: 'pending: under way' },
    { name: 'without a result', in: status(null, 'sandbox a has no namespace'), want: 'failing: sandbox a has no namespace' },
    {
      name: 'all came back',
      in: status({ kind: 'ping', sent: 3, received: 3, lossPercent: 0, rttMs: { min: 0.1, avg: 0.123, max: 0.2 } }),
      want: 'ready: 3 of 3 came back, 0.123 ms on average',
    },
    {
      name: 'some came back',
      in: status({ kind: 'ping', sent: 3, received: 1, lossPercent: 66.7, rttMs: null }),
      want: 'warning: 1 of 3 came back',
    },
    {
      name: 'none came back',
      in: status({ kind: 'ping', sent: 3, received: 0, lossPercent: 100, rttMs: null }),
      want: 'failing: 0 of 3 came back',
    },
    { name: 'refused', in: status({ kind: 'tcp', connected: false, connectMs: null, error: 'refused' }), want: 'failing: refused' },
    {
      name: 'a name that is not there',
      in: status({ kind: 'udp-dns', answered: true, responseCode: 'NXDOMAIN', answers: [], rttMs: 1 }),
      want: 'warning: NXDOMAIN',
    },
    { name: 'an error of a server', in: status({ kind: 'http', statusCode: 503, headers: {}, rttMs: 12 }), want: 'warning: 503, in 12 ms' },
    {
      name: 'not reached',
      in: status({ kind: 'trace', reached: false, hops: [{ ttl: 1, address: null, rttMs: null }] }),
      want: 'failing: not reached within 1 hop',
    },
  ])('$name', ({ in: probe, want }) => {
    const { tone, text } = probeText(probe);
    expect(`${tone}: ${text}`).toBe(want);
  });

  it('is told hop by hop', () => {
    const hops = [
      { ttl: 1, address: '192.0.2.1', rttMs: 0.5 },
      { ttl: 2, address: null, rttMs: null },
    ];
    expect(hopTexts(status({ kind: 'trace', reached: true, hops }))).toEqual(['1. 192.0.2.1, 0.50 ms', '2. no answer']);
  });
});
