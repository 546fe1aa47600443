import type { DesiredPolicy, PolicyCounters, PolicyPreview } from '@netyard/contracts';
import { changeElements, listCounters, parseElement, type Json } from '@netyard/nftables';
import {
  defaultCounter,
  forwardChain,
  PolicyRules,
  ruleCounter,
  type PolicyMember,
  type RulesetChange,
  type Target,
} from '@netyard/policy';
import type { Firewall } from '../firewall/firewall';
import { tableName } from '../firewall/script';
import { CutFlows } from './cut-flows';
import { entryChanges, hasEntriesOnly } from './entry-changes';
import { changeScript, wholeScript, type Counts } from './script';
import { previewOf, readFlows } from './tracked-flows';

export type { PolicyMember } from '@netyard/policy';

const table = { family: 'inet', table: tableName } as const;

/**
 * Policies in force on this host: chains, maps, sets and counters whose names begin with `p-` in Netyard's inet table, and what the chains `policies` and
 * `policies-input` hold. Everything that is upserted or removed takes effect with the next `commit`.
 */
export class Policies {
  readonly #rules = new PolicyRules();
  readonly #cutFlows: CutFlows;
  /** What an earlier worker left in force stands until all is known. */
  #isHeld: boolean;
  /** Whether the kernel may lack something of what was committed. */
  #isTorn = false;
  #hasRules = false;
  #counts = new Map<string, Counts>();

  constructor(private readonly firewall: Firewall) {
    this.#cutFlows = new CutFlows(firewall);
    this.#isHeld = firewall.inheritedPolicies !== '';
    if (!this.#isHeld) this.#include();
  }

  /** Takes the place of what an earlier worker left in force, now that all policies and members are known. May be repeated. Throws NftError. */
  begin(policies: Iterable<DesiredPolicy>, members: Iterable<PolicyMember>): void {
    if (!this.#isHeld) return;
    for (const policy of policies) this.upsertPolicy(policy);
    for (const member of members) this.upsertMember(member);
    this.#isHeld = false;
    this.#isTorn = true;
    this.#include();
    this.commit();
  }

  upsertPolicy(policy: DesiredPolicy): void {
    this.#rules.upsertPolicy(policy);
  }

  removePolicy(id: string): void {
    this.#rules.removePolicy(id);
  }

  has(id: string): boolean {
    return this.#rules.policy(id) !== undefined;
  }

  /** Costs nothing where no policy is about the member. */
  upsertMember(member: PolicyMember): void {
    this.#rules.upsertMember(member);
  }

  removeMember(endpointId: string): void {
    this.#rules.removeMember(endpointId);
  }

  /** Brings what has changed into force, in one transaction; nothing when nothing has. Throws NftError; then nothing has changed, and the next commit tries again. */
  commit(): void {
    if (this.#isHeld) return;
    const change = this.#rules.takeChange();
    if (this.#isTorn) return this.#rebuild();
    if (!change) return;
    try {
      this.#apply(change);
    } catch {
      // Somebody has changed the table meanwhile.
      return this.#rebuild();
    }
    this.#hasRules = this.#isInForce;
  }

  /** Entries alone, as an endpoint has them that comes or goes, do without libnftables. */
  #apply(change: RulesetChange): void {
    if (hasEntriesOnly(change)) return changeElements(this.firewall.socket, entryChanges(change, this.#rules.ruleset.maps));
    const takesOver = change.addedCounters.some(({ from }) => from !== null);
    const counts = takesOver ? this.#readCounts() : this.#counts;
    this.firewall.nft.runScript(changeScript(change, counts, this.#hasRules));
    const taken = change.addedCounters.map(({ name, from }): [string, Counts] => [
      name,
      counts.get(from ?? '') ?? { packets: 0, bytes: 0 },
    ]);
    for (const [name, count] of taken) this.#counts.set(name, count);
    this.firewall.acknowledge();
  }

  /** Compares the entries of maps with what they should be, and builds the table anew if somebody has changed them; says whether it had to. Throws NftError. */
  refresh(): boolean {
    if (this.#isHeld || this.#rules.ruleset.maps.size === 0) return false;
    if (!this.#isTorn && this.#isSound()) return false;
    this.#rebuild();
    return true;
  }

  /** Since the policy came, or the rule. Throws Error for a policy that is not on this host. */
  counters(policyId: string): PolicyCounters {
    const policy = this.#rules.policy(policyId);
    if (!policy) throw new Error(`policy ${policyId} is not on this host`);
    const counts = this.#readCounts();
    const of = (name: string): Counts => counts.get(name) ?? { packets: 0, bytes: 0 };
    return { rules: policy.rules.map((_, index) => of(ruleCounter(policyId, index))), defaultDenied: of(defaultCounter(policyId)) };
  }

  /** What would become of the present flows if the policy took the place of the one with its id, or came to those there are. Nothing is changed. Throws KernelError. */
  preview(policy: DesiredPolicy): PolicyPreview {
    const others = this.#rules.policies.filter(({ id }) => id !== policy.id);
    return previewOf(policy, policy.deleted ? others : [...others, policy], readFlows(this.firewall, this.#rules.members));
  }

  /** Forgets tracked flows that the present policies deny, and keeps them from beginning anew in their midst; says how many. Throws KernelError or NftError. */
  cutDenied(): number {
    return this.#isHeld ? 0 : this.#cutFlows.cut(this.#rules, this.#isInForce);
  }

  get #isInForce(): boolean {
    return (this.#rules.ruleset.chains.get(forwardChain) ?? []).length > 0;
  }

  #include(): void {
    this.firewall.include(() => wholeScript(this.#rules.ruleset, this.#readCounts()) + (this.#isInForce ? this.#cutFlows.script() : ''));
  }

  #rebuild(): void {
    this.#isTorn = true;
    this.firewall.rebuild();
    this.#isTorn = false;
    this.#hasRules = this.#isInForce;
  }

  /** The kernel's counts; the last known ones where somebody has taken the counters away. */
  #readCounts(): Map<string, Counts> {
    const counts = new Map(this.#counts);
    for (const { name, packets, bytes } of listCounters(this.firewall.socket, table))
      if (name.startsWith('p-c-')) counts.set(name, { packets, bytes });
    for (const name of counts.keys()) if (!this.#rules.ruleset.counters.has(name)) counts.delete(name);
    this.#counts = counts;
    return counts;
  }

  #isSound(): boolean {
    const { maps } = this.#rules.ruleset;
    return [...maps.values()].every(({ name, entries }) => {
      const listed = this.firewall.nft.list({ map: { ...table, name } });
      const elements = listed?.flatMap((entry) => (entry['map'] as { elem?: Json[] } | undefined)?.elem ?? []);
      return elements?.length === entries.size && elements.every((element) => isAsWanted(element, entries));
    });
  }
}

const verdicts = { accept: 'accept', drop: 'drop', pass: 'return' } as const;

/** Whether a listed element is one of those that there should be. */
function isAsWanted(element: Json, entries: ReadonlyMap<string, Target>): boolean {
  if (!Array.isArray(element)) return false;
  const [key = null, value = null] = element;
  const [bridge = '', address = ''] = parseElement(key);
  const target = entries.get(`"${bridge}" . ${address}`);
  if (!target) return false;
  return (
    JSON.stringify(value) ===
    JSON.stringify('chain' in target ? { [target.go]: { target: target.chain } } : { [verdicts[target.go]]: null })
  );
}
