import type { HostCounters } from '@netyard/api-client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TrafficStore } from './traffic-store';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const answer = (second: number, bytes: number): HostCounters => {
  const traffic = { bytes, packets: 0, dropped: 0, errors: 0 };
  return {
    observedAt: new Date(Date.UTC(2026, 0, 2, 3, 4, second)).toISOString(),
    items: [{ endpoint: 'a', ingress: traffic, egress: traffic }],
  };
};

it('tells of what several answers have changed together, at most four times a second, and forgets hosts that are silent', () => {
  const store = new TrafficStore();
  const told = vi.fn();
  store.subscribe(told);
  store.take('h1', answer(0, 0));
  store.take('h1', answer(1, 125_000));
  expect(told).not.toHaveBeenCalled();
  vi.advanceTimersByTime(250);
  expect(told).toHaveBeenCalledTimes(1);
  expect(store.rates.get('a')).toEqual({ ingressMbps: 1, egressMbps: 1 });
  store.forget('h1');
  store.forget('h2');
  vi.advanceTimersByTime(1000);
  expect(told).toHaveBeenCalledTimes(2);
  expect(store.rates.size).toBe(0);
});
