import type { DesiredPolicy, DesiredPolicyRule, DesiredPolicySelector, NetworkId, PolicyId } from '@netyard/contracts';
import { Address } from '@netyard/inet';
import { describe, expect, test } from 'vitest';
import { decide, orderPolicies } from './decide';
import type { Side } from './flow';

const web = 'web' as NetworkId;
const db = 'db' as NetworkId;

const member = (networkId: string, name: string, text: string, labels: Record<string, string> = {}): Side => ({
  networkId,
  member: { endpointId: name, name, labels, networkId, networkName: networkId, bridge: networkId, addresses: [text], macAddress: null },
  address: address(text),
});
const nobody = (networkId: string | null, text: string): Side => ({ networkId, member: null, address: address(text) });

function address(text: string): Address {
  const found = Address.parse(text);
  if (!found) throw new Error(`${text} is no address`);
  return found;
}

const a = member(web, 'a', '192.0.2.2', { role: 'front' });
const b = member(web, 'b', '192.0.2.3', { role: 'back', tier: '2' });
const store = member(db, 'store', '198.51.100.2', { role: 'back' });
const stranger = nobody(web, '192.0.2.99');
const outside = nobody(null, '203.0.113.9');

const rule = (over: Partial<DesiredPolicyRule> = {}): DesiredPolicyRule => ({
  action: 'deny',
  protocol: 'any',
  ports: [],
  from: null,
  to: null,
  direction: 'both',
  ...over,
});
const selector = (over: Partial<DesiredPolicySelector>): DesiredPolicySelector => ({
  endpoints: [],
  networkId: web,
  labels: null,
  cidrs: [],
  ...over,
});
const policy = (name: string, rules: DesiredPolicyRule[], over: Partial<DesiredPolicy> = {}): DesiredPolicy => ({
  kind: 'policy',
  id: name as PolicyId,
  generation: 1,
  name,
  deleted: false,
  networkId: web,
  priority: 0,
  defaultAction: 'allow',
  rules,
  ...over,
});

const allow = { action: 'allow' } as const;
const closed = { defaultAction: 'deny' } as const;

/** `in`: source, destination, protocol, port; `want`: what becomes of it, and by which rule. */
const cases: { name: string; policies: DesiredPolicy[]; in: [Side, Side, number, number | null]; want: string }[] = [
  { name: 'without policies, within a network', policies: [], in: [a, b, 6, 80], want: 'pass' },
  { name: 'without policies, between networks', policies: [], in: [a, store, 6, 80], want: 'isolated' },
  { name: 'without policies, to outside', policies: [], in: [a, outside, 6, 80], want: 'pass' },
  { name: 'a rule about everything', policies: [policy('p', [rule()])], in: [a, b, 47, null], want: 'drop p 0' },
  { name: 'another network', policies: [policy('p', [rule()])], in: [store, outside, 6, 80], want: 'pass' },
  { name: 'the first rule that matches', policies: [policy('p', [rule(allow), rule()])], in: [a, b, 6, 80], want: 'accept p 0' },
  {
    name: 'the lowest priority',
    policies: [policy('a', [rule()], { priority: 1 }), policy('z', [rule(allow)])],
    in: [a, b, 6, 80],
    want: 'accept z 0',
  },
  {
    name: 'the name, at one priority',
    policies: [policy('z', [rule()]), policy('a', [rule(allow)])],
    in: [a, b, 6, 80],
    want: 'accept a 0',
  },
  {
    name: 'a default, after all rules',
    policies: [policy('a', [], closed), policy('b', [rule(allow)])],
    in: [a, b, 6, 80],
    want: 'accept b 0',
  },
  {
    name: 'a default',
    policies: [policy('a', []), policy('b', [rule({ ...allow, protocol: 'udp' })], closed)],
    in: [a, b, 6, 80],
    want: 'drop b default',
  },
  { name: 'a default, from outside', policies: [policy('p', [], closed)], in: [outside, b, 6, 80], want: 'drop p default' },
  { name: 'a deleted policy', policies: [policy('p', [rule()], { deleted: true })], in: [a, b, 6, 80], want: 'pass' },
  {
    name: 'the first port of a range',
    policies: [policy('p', [rule({ protocol: 'tcp', ports: ['443', '8000-8100'] })])],
    in: [a, b, 6, 8000],
    want: 'drop p 0',
  },
  {
    name: 'the port after a range',
    policies: [policy('p', [rule({ protocol: 'tcp', ports: ['443', '8000-8100'] })])],
    in: [a, b, 6, 8101],
    want: 'pass',
  },
  {
    name: 'ports of another protocol',
    policies: [policy('p', [rule({ protocol: 'tcp', ports: ['53'] })])],
    in: [a, b, 17, 53],
    want: 'pass',
  },
  { name: 'ports of any protocol', policies: [policy('p', [rule({ ports: ['53'] })])], in: [a, b, 132, 53], want: 'drop p 0' },
  { name: 'ports, where there are none', policies: [policy('p', [rule({ ports: ['0-65535'] })])], in: [a, b, 1, null], want: 'pass' },
  { name: 'ICMPv6 as ICMP', policies: [policy('p', [rule({ protocol: 'icmp' })])], in: [a, b, 58, null], want: 'drop p 0' },
  {
    name: 'an endpoint by name',
    policies: [policy('p', [rule({ from: selector({ endpoints: ['a'] }) })])],
    in: [a, b, 6, 80],
    want: 'drop p 0',
  },
  {
    name: 'the other direction',
    policies: [policy('p', [rule({ from: selector({ endpoints: ['a'] }) })])],
    in: [b, a, 6, 80],
    want: 'pass',
  },
  {
    name: 'all labels',
    policies: [policy('p', [rule({ to: selector({ labels: { role: 'back', tier: '2' } }) })])],
    in: [a, b, 6, 80],
    want: 'drop p 0',
  },
  {
    name: 'one label too many',
    policies: [policy('p', [rule({ to: selector({ labels: { role: 'back', tier: '3' } }) })])],
    in: [a, b, 6, 80],
    want: 'pass',
  },
  {
    name: 'labels in another network',
    policies: [policy('p', [rule({ to: selector({ labels: { role: 'back' } }) })])],
    in: [a, store, 6, 80],
    want: 'isolated',
  },
  {
    name: 'whoever is on a network',
    policies: [policy('p', [rule({ from: selector({ labels: {} }) })])],
    in: [stranger, b, 6, 80],
    want: 'drop p 0',
  },
  {
    name: 'an address of an endpoint',
    policies: [policy('p', [rule({ to: selector({ cidrs: ['192.0.2.0/30'] }) })])],
    in: [a, b, 6, 80],
    want: 'drop p 0',
  },
  {
    name: 'an address outside',
    policies: [policy('p', [rule({ to: selector({ cidrs: ['203.0.113.0/24'] }) })])],
    in: [a, outside, 6, 80],
    want: 'drop p 0',
  },
  {
    name: 'any part of a selector',
    policies: [policy('p', [rule({ to: selector({ endpoints: ['b'], cidrs: ['203.0.113.0/24'] }) })])],
    in: [a, b, 6, 80],
    want: 'drop p 0',
  },
  { name: 'an empty selector', policies: [policy('p', [rule({ to: selector({}) })])], in: [a, b, 6, 80], want: 'pass' },
  { name: 'ingress, from outside', policies: [policy('p', [rule({ direction: 'ingress' })])], in: [outside, a, 6, 80], want: 'drop p 0' },
  { name: 'ingress, to outside', policies: [policy('p', [rule({ direction: 'ingress' })])], in: [a, outside, 6, 80], want: 'pass' },
  { name: 'egress, to outside', policies: [policy('p', [rule({ direction: 'egress' })])], in: [a, outside, 6, 80], want: 'drop p 0' },
  { name: 'what may leave, but not enter', policies: [policy('p', [rule(allow)])], in: [a, store, 6, 80], want: 'isolated' },
  { name: 'what may enter', policies: [policy('p', [rule(allow)], { networkId: db })], in: [a, store, 6, 80], want: 'accept p 0' },
  {
    name: 'what may enter, but not leave',
    policies: [policy('in', [rule(allow)], { networkId: db }), policy('out', [rule({ protocol: 'tcp' })])],
    in: [a, store, 6, 80],
    want: 'drop out 0',
  },
  {
    name: 'what leaves by default, and may not enter',
    policies: [policy('in', [], { networkId: db, ...closed }), policy('out', [rule(allow)])],
    in: [a, store, 6, 80],
    want: 'drop in default',
  },
];

describe('what becomes of a flow', () => {
  test.each(cases)('$name: $want', ({ policies, in: [source, destination, protocol, destinationPort], want }) => {
    const decision = decide({ source, destination, protocol, destinationPort }, orderPolicies(policies));
    expect('policy' in decision ? `${decision.outcome} ${decision.policy.name} ${decision.rule ?? 'default'}` : decision.outcome).toBe(
      want,
    );
  });
});
