import type { PolicyRule } from '@netyard/api-client';
import { describe, expect, it } from 'vitest';
import { ruleSentence } from './rule-sentence';

const rule: PolicyRule = { action: 'deny', protocol: 'any', ports: [], direction: 'both' };

describe('a rule as a sentence', () => {
  it.each<{ name: string; in: Partial<PolicyRule>; want: string }>([
    { name: 'that selects everything', in: {}, want: 'anyone may not reach anyone' },
    {
      name: 'between endpoints, by one port',
      in: { action: 'allow', protocol: 'tcp', ports: ['5432'], from: { endpoints: ['a'] }, to: { endpoints: ['b', 'c'] } },
      want: 'a may reach b or c by TCP port 5432',
    },
    {
      name: 'by several ports, with a range',
      in: { protocol: 'udp', ports: ['53', '8000-8100'] },
      want: 'anyone may not reach anyone by UDP port 53 or 8000–8100',
    },
    { name: 'by a protocol without ports', in: { protocol: 'icmp' }, want: 'anyone may not reach anyone by ICMP' },
    {
      name: 'of labels, on the own network and on another',
      in: { from: { labels: { role: 'web', tier: 'lab' } }, to: { labels: { role: 'db' }, network: 'back' } },
      want: 'endpoints of front with role=web, tier=lab may not reach endpoints of back with role=db',
    },
    {
      name: 'of whole networks',
      in: { from: { labels: {} }, to: { network: 'back' } },
      want: 'every endpoint of front may not reach every endpoint of back',
    },
    {
      name: 'of all at once, in one direction',
      in: { from: { endpoints: ['a'], cidrs: ['192.0.2.0/24', '2001:db8::/32'] }, direction: 'ingress' },
      want: 'a, 192.0.2.0/24, or 2001:db8::/32 may not reach anyone, into the network',
    },
  ])('$name', ({ in: some, want }) => {
    const { who, may, rest } = ruleSentence({ ...rule, ...some }, 'front');
    expect(`${who} ${may} ${rest}`).toBe(want);
  });
});
