export { decide, decideIn, orderPolicies, type Decision, type NetworkDecision, type PolicyBook } from './decide';
export type { Flow, Side } from './flow';
export { memberAddresses, type PolicyMember } from './member';
export { defaultCounter, NetworkView, ruleCounter } from './network-view';
export { forwardChain, inputChain, PolicyRules } from './policy-rules';
export { icmpNumbers, parsePortRange, portProtocolNumbers, protocolClass, type PortProtocolName, type PortRange } from './protocol';
export { memberKey, Ruleset, type Counter, type End, type MemberMap, type RulesetChange, type Statement, type Target } from './ruleset';
