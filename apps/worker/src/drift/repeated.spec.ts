import { expect, it } from 'vitest';
import type { DriftMessage, RouterDrift } from './messages';
import { Repeated } from './repeated';

const router = (over: Partial<RouterDrift>): RouterDrift => ({
  nsid: null,
  links: [],
  linkIndexes: [],
  addresses: false,
  routes: false,
  lostEntries: [],
  nftables: false,
  ...over,
});
const drift = (over: Partial<DriftMessage>): DriftMessage => ({
  type: 'drift',
  routers: [],
  othersLinks: false,
  sandboxNsids: [],
  sandboxNftables: [],
  lost: false,
  ...over,
});
const nothing = drift({});

it.each<{ name: string; of: Partial<DriftMessage>; atOnce: number }>([
  { name: 'a sandbox', of: { sandboxNsids: [7] }, atOnce: 10 },
  { name: 'rules in a sandbox', of: { sandboxNftables: [7] }, atOnce: 10 },
  { name: 'the host’s end of an endpoint', of: { routers: [router({ nsid: 3, links: ['nyv00000001'] })] }, atOnce: 10 },
  { name: 'everything', of: { lost: true }, atOnce: 2 },
])('looks at $name so often at once, then when its time has come', ({ of, atOnce }) => {
  const repeated = new Repeated();
  for (let time = 0; time < atOnce; time++) expect(repeated.admit(drift(of), time)).toEqual(drift(of));
  for (let time = 0; time < 100; time++) expect(repeated.admit(drift(of), 100)).toBeUndefined();
  const dueAtMs = repeated.dueAtMs;
  expect(dueAtMs).toBeLessThan(10_001);
  expect(repeated.admit(nothing, dueAtMs - 1)).toBeUndefined();
  expect(repeated.admit(nothing, dueAtMs)).toEqual(drift(of));
  expect(repeated.dueAtMs).toBe(Infinity);
  expect(repeated.admit(nothing, dueAtMs + 60_000)).toBeUndefined();
});

it('lets others through meanwhile, and what no sandbox can cause', () => {
  const repeated = new Repeated();
  for (let time = 0; time < 20; time++) repeated.admit(drift({ sandboxNsids: [7] }), time);
  const others = drift({
    sandboxNsids: [8],
    othersLinks: true,
    routers: [router({ links: ['ny-00000001', 'eth0'], linkIndexes: [4], nftables: true })],
  });
  for (let time = 20; time < 25; time++) expect(repeated.admit({ ...others, sandboxNsids: [7, 8] }, time)).toEqual(others);
});
