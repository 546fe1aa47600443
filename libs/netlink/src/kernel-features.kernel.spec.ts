import { TestNamespace, outcome } from '@netyard/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { kernelFeatures, Namespace } from './index';

let host: TestNamespace;

beforeEach(() => {
  host = new TestNamespace('features');
  host.run('ip', 'link', 'add', 'v0', 'type', 'veth', 'peer', 'name', 'v1');
});
afterEach(() => host.close());

/** The same, asked of ip(8) and tc(8) with all that each of them needs. */
it.each([
  { feature: 'macvlan', command: ['ip', 'link', 'add', 'link', 'v0', 'name', 'new0', 'type', 'macvlan'] },
  { feature: 'ipvlan', command: ['ip', 'link', 'add', 'link', 'v0', 'name', 'new0', 'type', 'ipvlan'] },
  { feature: 'vlan', command: ['ip', 'link', 'add', 'link', 'v0', 'name', 'new0', 'type', 'vlan', 'id', '7'] },
  { feature: 'vxlan', command: ['ip', 'link', 'add', 'name', 'new0', 'type', 'vxlan', 'id', '7', 'dstport', '4789'] },
  { feature: 'wireguard', command: ['ip', 'link', 'add', 'name', 'new0', 'type', 'wireguard'] },
  { feature: 'ifb', command: ['ip', 'link', 'add', 'name', 'new0', 'type', 'ifb'] },
  { feature: 'netem', command: ['tc', 'qdisc', 'add', 'dev', 'v0', 'root', 'netem', 'delay', '1ms'] },
] as const)('tells whether there is $feature', ({ feature, command }) => {
  const refused = outcome(['ip', 'netns', 'exec', host.name, ...command]).startsWith('failed');
  expect(kernelFeatures().includes(feature)).toBe(!refused);
});

it('leaves the thread where it was, and nothing behind', () => {
  const inode = (): number => {
    const namespace = Namespace.current();
    namespace.close();
    return namespace.path.length > 0 ? Number(outcome(['stat', '-Lc', '%i', '/proc/self/ns/net'])) : 0;
  };
  const before = inode();
  kernelFeatures();
  expect(inode()).toBe(before);
});
