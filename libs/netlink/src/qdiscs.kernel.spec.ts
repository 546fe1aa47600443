import { TestNamespace } from '@netyard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  addIfb,
  addIngressQdisc,
  deleteIngressQdisc,
  deleteLink,
  deleteRootQdisc,
  getLink,
  listQdiscs,
  listRedirects,
  redirectReceived,
  replaceTokenBucket,
  setLink,
  type NetlinkRequest,
} from './index';

interface Qdisc {
  kind: string;
  root?: boolean;
  options: { rate?: number; burst?: number; lat?: number };
}

let host: TestNamespace;
beforeEach(() => {
  host = new TestNamespace('tc');
  host.run('ip', 'link', 'add', 'v0', 'type', 'veth', 'peer', 'name', 'v1');
  for (const link of ['v0', 'v1']) host.run('ip', 'link', 'set', link, 'up');
});
afterEach(() => host.close());

const indexOf = (link: string): number => host.netlink((socket) => getLink(socket, link)?.index) ?? 0;
const send = (...requests: NetlinkRequest[]): unknown => host.netlink((socket) => requests.map((one) => socket.request(one)));
/** The oracle: `tc -j`. */
const qdiscs = (link: string): Qdisc[] => JSON.parse(host.run('tc', '-j', 'qdisc', 'show', 'dev', link));
const filters = (link: string): string => host.run('tc', 'filter', 'show', 'dev', link, 'ingress');

describe('a token bucket', () => {
  it.each([
    { mbps: 1, burst: 4_542 },
    { mbps: 100, burst: 62_500 },
    { mbps: 1_000, burst: 625_000 },
    // More than 32 bits of bytes a second.
    { mbps: 100_000, burst: 62_500_000 },
  ])('of $mbps Mbit/s is what tc shows, and what is read back', ({ mbps, burst }) => {
    const bytesPerSecond = mbps * 125_000;
    send(replaceTokenBucket(indexOf('v0'), bytesPerSecond));
    const [shown] = qdiscs('v0');
    expect(shown).toMatchObject({ kind: 'tbf', root: true, options: { rate: bytesPerSecond } });
    // tc reckons the burst from time, in ticks of 64 ns.
    expect((shown?.options.burst ?? 0) / burst).toBeCloseTo(1, 1);
    expect(host.netlink(listQdiscs)).toContainEqual({ linkIndex: indexOf('v0'), kind: 'tbf', bytesPerSecond });
    expect(host.netlink((socket) => getLink(socket, 'v0')?.hasTokenBucket)).toBe(true);
  });

  it('is changed by repeating, and goes', () => {
    const index = indexOf('v0');
    send(replaceTokenBucket(index, 125_000), replaceTokenBucket(index, 250_000));
    expect(qdiscs('v0').map(({ options }) => options.rate)).toEqual([250_000]);
    send(deleteRootQdisc(index));
    expect(qdiscs('v0').map(({ kind }) => kind)).toEqual(['noqueue']);
    expect(host.netlink((socket) => getLink(socket, 'v0')?.hasTokenBucket)).toBe(false);
  });

  it('takes the place of somebody else’s queue', () => {
    host.run('tc', 'qdisc', 'add', 'dev', 'v0', 'root', 'handle', '7:', 'htb');
    send(replaceTokenBucket(indexOf('v0'), 125_000));
    expect(qdiscs('v0').map(({ kind }) => kind)).toEqual(['tbf']);
  });
});

describe('what a link receives', () => {
  const target = (): number => indexOf('ifb0');
  beforeEach(() => {
    send(addIfb('ifb0', 7), setLink('ifb0', { up: true }));
  });

  it('goes out by another link', () => {
    send(addIngressQdisc(indexOf('v0')), redirectReceived(indexOf('v0'), target()));
    expect(filters('v0')).toMatch(/fh 800::800.*\n.*match 00000000\/00000000 at 0\n.*mirred \(Egress Redirect to device ifb0\) stolen/);
    expect(host.netlink((socket) => listRedirects(socket, indexOf('v0')))).toEqual([target()]);
    host.run('ip', 'neighbour', 'add', '192.0.2.2', 'lladdr', '02:00:00:00:00:02', 'dev', 'v1');
    host.run('ip', 'address', 'add', '192.0.2.1/24', 'dev', 'v1');
    expect(() => host.run('ping', '-c1', '-W1', '192.0.2.2')).toThrow();
    expect(host.netlink((socket) => getLink(socket, 'ifb0', true)?.statistics?.receivedPackets)).toBeGreaterThan(0);
  });

  it('goes elsewhere when that is repeated with another target, also when the first is gone', () => {
    const link = indexOf('v0');
    send(addIngressQdisc(link), redirectReceived(link, target()), redirectReceived(link, target()));
    send(deleteLink('ifb0'));
    expect(host.netlink((socket) => listRedirects(socket, link))).toEqual([0]);
    send(addIfb('ifb1'), setLink('ifb1', { up: true }));
    send(redirectReceived(link, indexOf('ifb1')));
    expect(host.netlink((socket) => listRedirects(socket, link))).toEqual([indexOf('ifb1')]);
    expect(filters('v0').match(/mirred/g)).toHaveLength(1);
  });

  it('stays again when the ingress queue goes', () => {
    const link = indexOf('v0');
    send(addIngressQdisc(link), redirectReceived(link, target()));
    expect(host.netlink(listQdiscs)).toContainEqual({ linkIndex: link, kind: 'ingress', bytesPerSecond: null });
    send(deleteIngressQdisc(link));
    expect(qdiscs('v0').map(({ kind }) => kind)).toEqual(['noqueue']);
    expect(host.netlink((socket) => listRedirects(socket, link))).toEqual([]);
  });

  it('does not show others’ filters as redirects', () => {
    host.run('tc', 'qdisc', 'add', 'dev', 'v0', 'ingress');
    host.run('tc', 'filter', 'add', 'dev', 'v0', 'ingress', 'protocol', 'ip', 'u32', 'match', 'u32', '0', '0', 'flowid', '1:1');
    expect(host.netlink((socket) => listRedirects(socket, indexOf('v0')))).toEqual([]);
  });
});

it.each([
  { name: 'no queue to delete', request: () => deleteRootQdisc(indexOf('v0')), errno: 'ENOENT' },
  {
    name: 'an ingress queue twice',
    request: () => addIngressQdisc(indexOf('v0')),
    before: () => send(addIngressQdisc(indexOf('v0'))),
    errno: 'EEXIST',
  },
  { name: 'a redirect without the ingress queue', request: () => redirectReceived(indexOf('v0'), indexOf('v1')), errno: 'EINVAL' },
  { name: 'a link that is not there', request: () => replaceTokenBucket(9_999, 125_000), errno: 'ENODEV' },
  { name: 'an ifb of a name that is taken', request: () => addIfb('v0'), errno: 'EEXIST' },
])('$name is refused by name', ({ request, before, errno }) => {
  before?.();
  expect(() => send(request())).toThrow(expect.objectContaining({ errnoName: errno }));
});
