import type { DesiredPolicyRule, NetworkId, PolicyId } from '@netyard/contracts';
import { bridgeLinkName } from '@netyard/contracts';
import { Address } from '@netyard/inet';
import { describe, expect, test } from 'vitest';
import { memberAddresses, type PolicyMember } from './member';
import { forwardChain, PolicyRules } from './policy-rules';
import { interpret } from './testing/interpret';

const networkId = '0192d3a0-0000-7000-8000-0a0000000001' as NetworkId;
const otherId = '0192d3a0-0000-7000-8000-0a0000000002' as NetworkId;

const member = (number: number, over: Partial<PolicyMember> = {}): PolicyMember => ({
  endpointId: `endpoint-${number}`,
  name: `e${number}`,
  labels: { role: `r${number % 50}` },
  networkId,
  networkName: 'net',
  bridge: bridgeLinkName(networkId),
  addresses: [`10.0.${number >> 8}.${number & 255}`],
  macAddress: `02:00:00:00:${(number >> 8).toString(16).padStart(2, '0')}:${(number & 255).toString(16).padStart(2, '0')}`,
  ...over,
});

const role = (number: number) => ({ endpoints: [], networkId, labels: { role: `r${number}` }, cidrs: [] });
const rule = (from: number, to: number): DesiredPolicyRule => ({
  action: 'deny',
  protocol: 'tcp',
  ports: [`${1000 + from}`, '8000-8100'],
  from: role(from),
  to: role(to),
  direction: 'both',
});

/** `count` policies of three rules each, and a thousand endpoints. */
function rulesOf(count: number): PolicyRules {
  const rules = new PolicyRules();
  for (let number = 1; number <= 1_000; number++) rules.upsertMember(member(number));
  for (let number = 0; number < count; number++)
    rules.upsertPolicy({
      kind: 'policy',
      id: `0192d3a0-0000-7000-8000-0f${String(number).padStart(10, '0')}` as PolicyId,
      generation: 1,
      name: `p${number}`,
      deleted: false,
      networkId,
      priority: 0,
      defaultAction: 'allow',
      rules: [0, 1, 2].map((step) => rule((number + step) % 50, (number * 3 + step) % 50)),
    });
  rules.takeChange();
  return rules;
}

const sideOf = (one: PolicyMember) => ({
  networkId: one.networkId,
  member: one,
  address: memberAddresses(one)[0] ?? Address.of('IPv4', 0n),
});

describe('a thousand endpoints', () => {
  test('take no more lookups under 100 policies than under 10', () => {
    const most = [10, 100].map((count) => {
      const { ruleset } = rulesOf(count);
      const lookups = Array.from({ length: 50 }, (_, from) =>
        Array.from({ length: 50 }, (_, to) => {
          const flow = { source: sideOf(member(from + 1)), destination: sideOf(member(to + 51)), protocol: 6, destinationPort: 8_050 };
          return interpret(flow, ruleset, forwardChain).lookups;
        }),
      );
      return Math.max(...lookups.flat());
    });
    expect(most[1]).toBe(most[0]);
    expect(most[1]).toBeLessThanOrEqual(10);
  });

  test('cost one that joins its own entries only, and one of another network none', () => {
    const rules = rulesOf(100);
    const chains = rules.ruleset.chains.size;
    rules.upsertMember(member(1_001));
    const change = rules.takeChange();
    expect(change?.addedChains.size).toBe(0);
    expect(change?.addedMaps.size).toBe(0);
    for (const keys of change?.addedEntries.values() ?? [])
      for (const key of keys.keys()) expect(key).toMatch(/10\.0\.3\.233$|fe80::ff:fe00:3e9$/);
    expect(rules.ruleset.chains.size).toBe(chains);
    rules.upsertMember(member(1_002, { networkId: otherId, bridge: bridgeLinkName(otherId) }));
    expect(rules.takeChange()).toBeNull();
    rules.upsertMember(member(1_001));
    expect(rules.takeChange()).toBeNull();
    rules.removeMember('endpoint-1001');
    const removed = [...(rules.takeChange()?.removedEntries.values() ?? [])].reduce((sum, keys) => sum + keys.size, 0);
    expect(removed).toBe([...(change?.addedEntries.values() ?? [])].reduce((sum, entries) => sum + entries.size, 0));
  });
});
