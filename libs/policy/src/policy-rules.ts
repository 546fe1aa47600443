import { bridgeLinkName, shortId, type DesiredPolicy } from '@netyard/contracts';
import { orderPolicies } from './decide';
import type { PolicyMember } from './member';
import { defaultCounter, NetworkView, ruleCounter } from './network-view';
import { Ruleset, type RulesetChange, type Target } from './ruleset';

/** Chains that exist always: what is forwarded, and what is for the host itself, comes to them. */
export const forwardChain = 'policies';
export const inputChain = 'policies-input';

/**
 * Policies and the endpoints of a host, and the rules that they are compiled to. A change of policies compiles those of its network anew; an endpoint that comes or
 * goes costs its own entries only.
 */
export class PolicyRules {
  readonly ruleset = new Ruleset();
  readonly #policies = new Map<string, DesiredPolicy>();
  readonly #members = new Map<string, PolicyMember>();
  readonly #views = new Map<string, NetworkView>();
  readonly #changedNetworks = new Set<string>();
  #viewCount = 0;

  get policies(): DesiredPolicy[] {
    return [...this.#policies.values()];
  }

  get members(): PolicyMember[] {
    return [...this.#members.values()];
  }

  policy(id: string): DesiredPolicy | undefined {
    return this.#policies.get(id);
  }

  /** What each network's policies are compiled to. */
  get views(): ReadonlyMap<string, NetworkView> {
    return this.#views;
  }

  /** May be repeated; the same policy once more changes nothing. */
  upsertPolicy(policy: DesiredPolicy): void {
    if (policy.deleted) return this.removePolicy(policy.id);
    const known = this.#policies.get(policy.id);
    if (known && meaningOf(known) === meaningOf(policy)) return;
    if (known && known.networkId !== policy.networkId) this.removePolicy(known.id);
    this.#policies.set(policy.id, policy);
    this.#changedNetworks.add(policy.networkId);
    this.#count(policy, known?.networkId === policy.networkId ? known : undefined);
  }

  removePolicy(id: string): void {
    const policy = this.#policies.get(id);
    if (!policy) return;
    this.#policies.delete(id);
    this.#changedNetworks.add(policy.networkId);
    for (const { name } of countersOf(policy)) this.ruleset.removeCounter(name);
  }

  /** May be repeated; the same member once more changes nothing. */
  upsertMember(member: PolicyMember): void {
    const known = this.#members.get(member.endpointId);
    if (known && JSON.stringify(known) === JSON.stringify(member)) return;
    this.#members.set(member.endpointId, member);
    for (const view of this.#unchangedViews()) {
      view.removeMember(member.endpointId);
      view.addMember(member);
    }
  }

  removeMember(endpointId: string): void {
    if (!this.#members.delete(endpointId)) return;
    for (const view of this.#unchangedViews()) view.removeMember(endpointId);
  }

  /** Compiles what has changed; gives what is to be done, or null when that is nothing. */
  takeChange(): RulesetChange | null {
    if (this.#changedNetworks.size > 0) {
      for (const networkId of this.#changedNetworks) this.#compile(networkId);
      this.#changedNetworks.clear();
      this.#writeEntrances();
    }
    return this.ruleset.takeChange();
  }

  #unchangedViews(): NetworkView[] {
    return [...this.#views].flatMap(([networkId, view]) => (this.#changedNetworks.has(networkId) ? [] : view));
  }

  #compile(networkId: string): void {
    this.#views.get(networkId)?.remove();
    this.#views.delete(networkId);
    const own = [...this.#policies.values()].filter((policy) => policy.networkId === networkId && saysSomething(policy));
    const policies = orderPolicies(own).get(networkId) ?? [];
    if (policies.length === 0) return;
    const view = new NetworkView(networkId, policies, this.ruleset, `p-${shortId(networkId)}-${++this.#viewCount}`);
    for (const member of this.#members.values()) view.addMember(member);
    this.#views.set(networkId, view);
  }

  /** A flow within a network passes its rules once; one between two networks those of the network that it leaves, then those of the other. */
  #writeEntrances(): void {
    const roots = [...this.#views].map(([networkId, { root }]) => ({ bridge: bridgeLinkName(networkId), root }));
    const leading = (go: 'goto' | 'jump') =>
      roots.map(({ bridge, root }): { bridge: string; target: Target } => ({ bridge, target: { go, chain: root } }));
    if (roots.length === 0) {
      for (const chain of [forwardChain, inputChain]) this.ruleset.rewriteChain(chain, []);
      return;
    }
    this.ruleset.rewriteChain(forwardChain, [
      { look: 'within', entries: leading('goto') },
      { look: 'bridge', end: 'source', entries: leading('jump') },
      { look: 'bridge', end: 'destination', entries: leading('goto') },
    ]);
    this.ruleset.rewriteChain(inputChain, [{ look: 'bridge', end: 'source', entries: leading('goto') }]);
  }

  /** A rule that is as it was keeps its counts, at another place in the list too. */
  #count(policy: DesiredPolicy, known: DesiredPolicy | undefined): void {
    const old = new Map(known && countersOf(known).map(({ name, rule }) => [name, rule]));
    const left = new Map(old);
    const added: { name: string; rule: string }[] = [];
    for (const counter of countersOf(policy)) {
      if (left.get(counter.name) === counter.rule) left.delete(counter.name);
      else added.push(counter);
    }
    for (const name of left.keys()) this.ruleset.removeCounter(name);
    for (const { name, rule } of added) {
      const from = [...left].find(([, oldRule]) => oldRule === rule)?.[0] ?? null;
      if (from !== null) left.delete(from);
      this.ruleset.addCounter(name, from);
    }
  }
}

/** A policy without rules whose default allows has no effect. */
const saysSomething = ({ rules, defaultAction }: DesiredPolicy): boolean => rules.length > 0 || defaultAction === 'deny';

const meaningOf = ({ generation: _generation, ...rest }: DesiredPolicy): string => JSON.stringify(rest);

const countersOf = (policy: DesiredPolicy): { name: string; rule: string }[] => [
  ...policy.rules.map((rule, index) => ({ name: ruleCounter(policy.id, index), rule: JSON.stringify(rule) })),
  { name: defaultCounter(policy.id), rule: 'default' },
];
