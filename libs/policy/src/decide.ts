import type { DesiredPolicy, DesiredPolicyRule } from '@netyard/contracts';
import type { Flow } from './flow';
import { covers, parsePortRange, protocolClass } from './protocol';
import { selects } from './selector';

/** What one network's policies say of a flow. */
export interface NetworkDecision {
  action: 'allow' | 'deny';
  policy: DesiredPolicy;
  /** By its place in the policy's list; null: the default. */
  rule: number | null;
}

/** What becomes of a new flow. */
export type Decision =
  | ({ outcome: 'accept' | 'drop' } & NetworkDecision)
  /** Goes on, as if there were no policies. */
  | { outcome: 'pass' }
  /** Between two networks, without a rule of the destination's that allows it. Only a published port leads there. */
  | { outcome: 'isolated' };

/** Each network's policies, in the order in which they apply. */
export type PolicyBook = ReadonlyMap<string, readonly DesiredPolicy[]>;

export function orderPolicies(policies: Iterable<DesiredPolicy>): PolicyBook {
  const book = new Map<string, DesiredPolicy[]>();
  for (const policy of policies) {
    if (policy.deleted) continue;
    const own = book.get(policy.networkId);
    if (own) own.push(policy);
    else book.set(policy.networkId, [policy]);
  }
  for (const own of book.values())
    own.sort((one, other) => one.priority - other.priority || compare(one.name, other.name) || compare(one.id, other.id));
  return book;
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** What becomes of a flow, by the letter of the policies; what is compiled from them is measured by it. */
export function decide(flow: Flow, book: PolicyBook): Decision {
  const { source, destination } = flow;
  const leaving = decideIn(source.networkId, flow, book);
  if (leaving?.action === 'deny') return { outcome: 'drop', ...leaving };
  if (destination.networkId === null) return { outcome: 'pass' };
  const isWithin = source.networkId === destination.networkId;
  const entering = isWithin ? leaving : decideIn(destination.networkId, flow, book);
  if (entering) return { outcome: entering.action === 'deny' ? 'drop' : 'accept', ...entering };
  return { outcome: source.networkId === null || isWithin ? 'pass' : 'isolated' };
}

/** What the policies of one network say of a flow that one of its ends is on; null: nothing. */
export function decideIn(networkId: string | null, flow: Flow, book: PolicyBook): NetworkDecision | null {
  if (networkId === null) return null;
  const own = book.get(networkId) ?? [];
  for (const policy of own) {
    const index = policy.rules.findIndex((rule) => isInDirection(rule, networkId, flow) && matches(rule, flow));
    const rule = policy.rules[index];
    if (rule) return { action: rule.action, policy, rule: index };
  }
  const denying = own.find(({ defaultAction }) => defaultAction === 'deny');
  return denying ? { action: 'deny', policy: denying, rule: null } : null;
}

function isInDirection({ direction }: DesiredPolicyRule, networkId: string, { source, destination }: Flow): boolean {
  switch (direction) {
    case 'both':
      return source.networkId === networkId || destination.networkId === networkId;
    case 'ingress':
      return destination.networkId === networkId;
    case 'egress':
      return source.networkId === networkId;
  }
}

const matches = (rule: DesiredPolicyRule, flow: Flow): boolean =>
  covers(rule.protocol, protocolClass(flow.protocol)) &&
  hasPort(rule, flow.destinationPort) &&
  selects(rule.from, flow.source) &&
  selects(rule.to, flow.destination);

/** A rule with ports is about flows that have one. */
function hasPort({ ports }: DesiredPolicyRule, port: number | null): boolean {
  if (ports.length === 0) return true;
  if (port === null) return false;
  return ports.some((text) => {
    const range = parsePortRange(text);
    return range !== undefined && range.first <= port && port <= range.last;
  });
}
