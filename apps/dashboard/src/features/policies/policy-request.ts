import type { CreatePolicy, PatchPolicy, Policy, PolicyRule } from '@netyard/api-client';
import { joinList, splitList } from '../form/listed';
import { parseSelector, selectorText } from './selector-text';

/** A rule as it is typed: selectors and ports as texts. */
export interface RuleValues {
  action: PolicyRule['action'];
  direction: PolicyRule['direction'];
  protocol: PolicyRule['protocol'];
  ports: string;
  from: string;
  to: string;
}

/** The body's shape, with texts for what people type. */
export interface PolicyFormValues {
  metadata: { name: string };
  spec: { network: string; priority: string; defaultAction: Policy['spec']['defaultAction']; rules: RuleValues[] };
}

export const emptyRule: RuleValues = { action: 'deny', direction: 'both', protocol: 'any', ports: '', from: '', to: '' };

export const emptyPolicy = (network: string): PolicyFormValues => ({
  metadata: { name: '' },
  spec: { network, priority: '0', defaultAction: 'allow', rules: [emptyRule] },
});

/** What a policy's form begins with. */
export const policyValues = ({ metadata, spec }: Policy): PolicyFormValues => ({
  metadata: { name: metadata.name },
  spec: {
    network: spec.network,
    priority: String(spec.priority),
    defaultAction: spec.defaultAction,
    rules: spec.rules.map(({ action, direction, protocol, ports, from, to }) => ({
      action,
      direction,
      protocol,
      ports: joinList(ports),
      from: selectorText(from),
      to: selectorText(to),
    })),
  },
});

/** The body of `POST /v1/policies`, and of its preview. */
export function policyRequest({ metadata, spec }: PolicyFormValues): CreatePolicy {
  const name = metadata.name.trim();
  return { ...(name ? { metadata: { name } } : {}), spec: { network: spec.network.trim(), ...changeable(spec) } };
}

/** The body of `PATCH /v1/policies/{ref}`: all but the network. */
export const policyPatch = ({ spec }: PolicyFormValues): PatchPolicy => ({ spec: changeable(spec) });

const changeable = ({ priority, defaultAction, rules }: PolicyFormValues['spec']) => ({
  priority: Number(priority),
  defaultAction,
  rules: rules.map(ruleRequest),
});

/** The rule as the API would tell it. */
export const ruleOf = ({ action, direction, protocol, ports, from, to }: RuleValues): PolicyRule => {
  const [source, destination] = [parseSelector(from), parseSelector(to)];
  return {
    action,
    direction,
    protocol,
    ports: splitList(ports),
    ...(source ? { from: source } : {}),
    ...(destination ? { to: destination } : {}),
  };
};

/** Without what the API would choose the same. */
function ruleRequest(values: RuleValues) {
  const { action, direction, protocol, ports, ...sides } = ruleOf(values);
  return {
    action,
    ...(protocol === 'any' ? {} : { protocol }),
    ...(ports.length > 0 ? { ports } : {}),
    ...sides,
    ...(direction === 'both' ? {} : { direction }),
  };
}
