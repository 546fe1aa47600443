import type { HostCounters } from '@netyard/api-client';
import { describe, expect, it } from 'vitest';
import { rateText } from './rate-text';
import { ratesBetween } from './rates';

const answer = (seconds: number, ...bytes: readonly (readonly [endpoint: string, ingress: number, egress: number])[]): HostCounters => ({
  observedAt: new Date(Date.UTC(2026, 0, 2, 3, 4, seconds)).toISOString(),
  items: bytes.map(([endpoint, ingress, egress]) => {
    const traffic = (count: number) => ({ bytes: count, packets: 0, dropped: 0, errors: 0 });
    return { endpoint, ingress: traffic(ingress), egress: traffic(egress) };
  }),
});

describe('ratesBetween', () => {
  it.each([
    { name: 'one answer', before: undefined, now: answer(2, ['a', 1000, 0]), want: {} },
    { name: 'two seconds', before: answer(0, ['a', 0, 0]), now: answer(2, ['a', 250_000, 2_500_000]), want: { a: [1, 10] } },
    { name: 'a link made anew', before: answer(0, ['a', 500, 500]), now: answer(2, ['a', 100, 600]), want: {} },
    { name: 'one that has come', before: answer(0, ['a', 0, 0]), now: answer(1, ['a', 0, 0], ['b', 9, 9]), want: { a: [0, 0] } },
    { name: 'a clock that went back', before: answer(2, ['a', 0, 0]), now: answer(1, ['a', 9, 9]), want: {} },
  ])('of $name', ({ before, now, want }) => {
    const rates = Object.fromEntries([...ratesBetween(before, now)].map(([name, rate]) => [name, [rate.ingressMbps, rate.egressMbps]]));
    expect(rates).toEqual(want);
  });
});

describe('rateText', () => {
  it.each([
    { rate: undefined, want: '' },
    { rate: [0.001, 0.002], want: '' },
    { rate: [0.5, 0], want: '↓500 k ↑0' },
    { rate: [12.345, 2500], want: '↓12.3 M ↑2.5 G' },
  ])('$rate is "$want"', ({ rate, want }) => {
    expect(rateText(rate && { ingressMbps: rate[0] ?? 0, egressMbps: rate[1] ?? 0 })).toBe(want);
  });
});
