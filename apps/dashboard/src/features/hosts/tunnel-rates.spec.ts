import type { HostTunnels } from '@netyard/api-client';
import { describe, expect, it } from 'vitest';
import { ratesMbps } from './tunnel-rates';

const at = (observedAt: string, received: number, sent: number): HostTunnels => ({
  observedAt,
  items: [
    {
      network: 'wide',
      link: 'nyx01234567',
      vni: 1,
      port: 4789,
      localAddress: '198.51.100.1',
      encrypted: false,
      mtuBytes: 1450,
      ingress: { bytes: received, packets: 1, dropped: 0, errors: 0 },
      egress: { bytes: sent, packets: 1, dropped: 0, errors: 0 },
      remotes: [],
    },
  ],
});
const first = at('2026-01-01T00:00:00.000Z', 1_000_000, 500);

describe('ratesMbps', () => {
  it.each([
    { name: 'no earlier answer', before: undefined, now: first, want: null },
    { name: 'the same answer', before: first, now: first, want: null },
    { name: 'another network', before: { ...first, items: [] }, now: at('2026-01-01T00:00:01.000Z', 0, 0), want: null },
    { name: 'half a second', before: first, now: at('2026-01-01T00:00:00.500Z', 2_000_000, 500), want: { ingress: 16, egress: 0 } },
    { name: 'a link made anew', before: first, now: at('2026-01-01T00:00:01.000Z', 0, 125_500), want: { ingress: 0, egress: 1 } },
  ])('tells after $name', ({ before, now, want }) => {
    expect(ratesMbps(before, now, 'wide')).toEqual(want);
  });
});
