import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide, decideIn, orderPolicies, type PolicyBook } from './decide';
import type { Flow } from './flow';
import { defaultCounter, ruleCounter } from './network-view';
import { forwardChain, inputChain, PolicyRules } from './policy-rules';
import { flowBetween, member, policy } from './testing/arbitrary';
import { interpret } from './testing/interpret';
import { Mirror } from './testing/mirror';

const numbers = [1, 2, 3, 4, 5, 6];
const members = fc.tuple(...numbers.map(member));
const policies = fc.tuple(policy(1), policy(2), policy(3));
const verdicts = { accept: 'accept', drop: 'drop', pass: 'pass', isolated: 'pass' } as const;

describe('what policies are compiled to', () => {
  test('decides every flow as the policies do, and counts it by the rules that decided', () => {
    fc.assert(
      fc.property(
        policies,
        members.chain((members) =>
          fc.record({ members: fc.constant(members), flows: fc.array(flowBetween(members), { minLength: 30, maxLength: 30 }) }),
        ),
        (policies, { members, flows }) => {
          const rules = new PolicyRules();
          for (const policy of policies) rules.upsertPolicy(policy);
          for (const member of members) rules.upsertMember(member);
          rules.takeChange();
          const book = orderPolicies(policies);
          for (const flow of flows) {
            const chain = flow.destination.networkId === null ? [forwardChain, inputChain] : [forwardChain];
            for (const entrance of chain) {
              const { verdict, counted } = interpret(flow, rules.ruleset, entrance);
              expect(verdict).toBe(verdicts[decide(flow, book).outcome]);
              expect(counted).toEqual(countersOf(flow, book));
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('is the same however it came about, and its changes are such that the kernel would take them', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('policy' as const), policy: fc.oneof(policy(1), policy(2), policy(3)) }),
      fc.record({ do: fc.constant('no-policy' as const), policy: fc.oneof(policy(1), policy(2), policy(3)) }),
      fc.record({ do: fc.constant('member' as const), member: fc.oneof(...numbers.map(member)) }),
      fc.record({ do: fc.constant('no-member' as const), member: fc.oneof(...numbers.map(member)) }),
      fc.constant({ do: 'commit' as const }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const rules = new PolicyRules();
        const mirror = new Mirror();
        const commit = (): void => {
          const change = rules.takeChange();
          if (change) mirror.apply(change);
        };
        for (const step of steps) {
          if (step.do === 'policy') rules.upsertPolicy(step.policy);
          if (step.do === 'no-policy') rules.removePolicy(step.policy.id);
          if (step.do === 'member') rules.upsertMember(step.member);
          if (step.do === 'no-member') rules.removeMember(step.member.endpointId);
          if (step.do === 'commit') commit();
        }
        commit();
        expect(mirror.maps).toEqual(rules.ruleset.maps);
        expect(mirror.counters).toEqual(rules.ruleset.counters);
        for (const [name, statements] of rules.ruleset.chains) expect(mirror.chains.get(name)).toEqual(statements);
        const book = orderPolicies(rules.policies);
        for (const flow of fc.sample(flowBetween(rules.members), { numRuns: 30, seed: 1 }))
          expect(interpret(flow, mirror, forwardChain).verdict).toBe(verdicts[decide(flow, book).outcome]);
      }),
      { numRuns: 300 },
    );
  });

  test('is nothing when the last policy has gone', () => {
    fc.assert(
      fc.property(policies, members, (policies, members) => {
        const rules = new PolicyRules();
        const mirror = new Mirror();
        for (const member of members) rules.upsertMember(member);
        for (const policy of policies) rules.upsertPolicy(policy);
        for (const change of [rules.takeChange()]) if (change) mirror.apply(change);
        for (const policy of policies) rules.removePolicy(policy.id);
        for (const change of [rules.takeChange()]) if (change) mirror.apply(change);
        expect([mirror.maps.size, mirror.counters.size]).toEqual([0, 0]);
        expect([...mirror.chains]).toEqual([
          [forwardChain, []],
          [inputChain, []],
        ]);
      }),
      { numRuns: 50 },
    );
  });
});

/** Of each network that the flow passes, up to the one that denies it. */
function countersOf(flow: Flow, book: PolicyBook): string[] {
  const counted: string[] = [];
  for (const networkId of new Set([flow.source.networkId, flow.destination.networkId])) {
    const decision = decideIn(networkId, flow, book);
    if (!decision) continue;
    counted.push(decision.rule === null ? defaultCounter(decision.policy.id) : ruleCounter(decision.policy.id, decision.rule));
    if (decision.action === 'deny') break;
  }
  return counted;
}
