import { describe, expect, it } from 'vitest';
import { prefixConflicts, type PrefixNode, prefixTree, type Subnet } from './prefix-tree';

const subnet = (cidr: string, network = cidr, owner = 'default'): Subnet => ({ cidr, network, owner, used: 2, total: 10 });

const drawn = (nodes: readonly PrefixNode[], indent = ''): string[] =>
  nodes.flatMap(({ cidr, used, total, subnet: own, children }) => [
    `${indent}${cidr} ${used}/${total}${own ? '' : ' *'}`,
    ...drawn(children, `${indent}  `),
  ]);

describe('the tree of prefixes', () => {
  it.each([
    { name: 'nothing', in: [], want: [] },
    { name: 'one by itself', in: ['10.77.0.0/24'], want: ['10.77.0.0/24 2/10'] },
    {
      name: 'several within blocks and larger prefixes, ascending',
      in: ['192.168.7.0/24', '10.77.2.0/24', '10.77.0.0/24', '10.10.0.0/16', '203.0.113.0/24'],
      want: [
        '10.0.0.0/8 6/30 *',
        '  10.10.0.0/16 2/10',
        '  10.77.0.0/16 4/20 *',
        '    10.77.0.0/24 2/10',
        '    10.77.2.0/24 2/10',
        '192.168.7.0/24 2/10',
        '203.0.113.0/24 2/10',
      ],
    },
    {
      name: 'IPv6 after IPv4',
      in: ['fd00:1:2:1::/64', 'fd00:1:2:2::/64', '10.0.0.0/24'],
      want: ['10.0.0.0/24 2/10', 'fd00:1:2::/48 4/20 *', '  fd00:1:2:1::/64 2/10', '  fd00:1:2:2::/64 2/10'],
    },
  ])('has $name', ({ in: cidrs, want }) => {
    expect(drawn(prefixTree(cidrs.map((cidr) => subnet(cidr))))).toEqual(want);
  });
});

describe('conflicts', () => {
  it('are those with networks of other tenants, and with routes of hosts', () => {
    const subnets = [subnet('10.0.0.0/24', 'mine'), subnet('10.0.0.0/16', 'lent', 'theirs'), subnet('192.168.1.0/24', 'apart')];
    const hosts = [{ name: 'lab-1', routes: ['0.0.0.0/0', '192.168.0.0/16'] }];
    expect(prefixConflicts(subnets, hosts)).toEqual([
      { kind: 'network', cidr: '10.0.0.0/24', network: 'mine', otherCidr: '10.0.0.0/16', otherNetwork: 'lent' },
      { kind: 'route', cidr: '192.168.1.0/24', network: 'apart', route: '192.168.0.0/16', host: 'lab-1' },
    ]);
  });
});
