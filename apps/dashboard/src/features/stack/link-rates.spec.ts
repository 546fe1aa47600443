import type { SandboxStack } from '@netyard/api-client';
import { describe, expect, it } from 'vitest';
import { linkRatesMbps } from './link-rates';

const traffic = (bytes: number) => ({ bytes, packets: 1, dropped: 0, errors: 0 });

const stack = (second: number, received: number, sent: number, name = 'eth0'): SandboxStack => ({
  observedAt: new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString(),
  links: [
    {
      name,
      kind: 'veth',
      up: true,
      mtuBytes: 1500,
      macAddress: null,
      addresses: [],
      endpointId: null,
      ingress: traffic(received),
      egress: traffic(sent),
    },
  ],
  routes: [],
  neighbours: [],
  linkCount: 1,
  routeCount: 0,
  neighbourCount: 0,
});

describe('the rate of a link', () => {
  it.each([
    {
      name: 'is the difference over the time between',
      in: [stack(0, 0, 500_000), stack(2, 250_000, 1_000_000)] as const,
      want: { ingress: 1, egress: 2 },
    },
    {
      name: 'is nothing for a link that was made anew',
      in: [stack(0, 900, 900), stack(1, 10, 0)] as const,
      want: { ingress: 0, egress: 0 },
    },
    { name: 'is not known of the first answer', in: [undefined, stack(1, 10, 0)] as const, want: null },
    { name: 'is not known of a link that was not there', in: [stack(0, 0, 0, 'eth1'), stack(1, 10, 0)] as const, want: null },
    { name: 'is not known of one moment', in: [stack(1, 0, 0), stack(1, 10, 0)] as const, want: null },
  ])('$name', ({ in: [before, now], want }) => {
    expect(linkRatesMbps(before, now, 'eth0')).toEqual(want);
  });
});
