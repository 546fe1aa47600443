import { bridgeLinkName, shortId, type DesiredPolicy, type DesiredPolicyRule } from '@netyard/contracts';
import type { Address } from '@netyard/inet';
import { fallbackStatements, type Place } from './fallback-statements';
import { memberAddresses, type PolicyMember } from './member';
import { pass, programStatements } from './program-statements';
import { flatten, type Clause, type Program } from './program';
import { parsePortRange, type PortRange } from './protocol';
import { isSame, memberKey, type Ruleset, type Statement, type Target } from './ruleset';
import { SelectorIndex, families, united, type Selected } from './selector-index';

/** A rule of the network's policies, in the order of all of them. */
interface ViewRule {
  /** In that order. */
  place: number;
  policy: DesiredPolicy;
  index: number;
  rule: DesiredPolicyRule;
  ports: readonly PortRange[];
  fromId: number | null;
  toId: number | null;
}

/** Addresses that the same selectors select; `inNetwork`: on the network's own bridge. */
interface AddressClass {
  key: string;
  inNetwork: boolean;
  selected: Selected;
}

interface SourceClass extends AddressClass {
  chain: string;
  /** Rules whose `from` selects it. */
  rules: ViewRule[];
  /** What becomes of its flows to each class. */
  targets: Map<AddressClass, Target>;
  /** Sources that fare as these do to all places, and so but to some endpoints; undefined: it has lookups for places of its own. */
  base: SourceClass | undefined;
}

/** Members' addresses that are the same to every source. */
interface Kind {
  destination: AddressClass;
  /** What they would be if they had no entries of their own. */
  fallback: AddressClass;
  placed: Set<Placed>;
}

/** One address of a member. */
interface Placed {
  key: string;
  address: Address;
  kind: Kind;
}

export const ruleCounter = (policyId: string, index: number): string => `p-c-${shortId(policyId)}-${index}`;
export const defaultCounter = (policyId: string): string => `p-c-${shortId(policyId)}-default`;

/**
 * What one network's policies are compiled to. A packet is looked up by its source, which leads to the chain of all sources that the same selectors select;
 * there by its destination, which leads to the program of the rules that are left for such a pair; there by protocol and port. Endpoints have entries in the
 * lookups only where they fare otherwise than anybody at their place would.
 */
export class NetworkView {
  readonly #rules: ViewRule[];
  readonly #defaultDeny: DesiredPolicy | undefined;
  readonly #from: SelectorIndex;
  readonly #to: SelectorIndex;
  readonly #placeClasses: readonly AddressClass[];
  readonly #sources = new Map<string, SourceClass>();
  readonly #destinations = new Map<string, AddressClass>();
  readonly #kinds = new Map<string, Kind>();
  readonly #placed = new Map<string, Placed[]>();
  readonly #byRules = new Map<string, Target>();
  readonly #programs = new Map<string, Target>();
  readonly #outcomes = new Map<string, Target>();

  /** Adds to `ruleset` all that there is without members. `name` begins the names of its chains and maps; `policies` are the network's, in order. */
  constructor(
    private readonly networkId: string,
    policies: readonly DesiredPolicy[],
    private readonly ruleset: Ruleset,
    private readonly name: string,
  ) {
    this.#from = new SelectorIndex(policies.flatMap(({ rules }) => rules.map(({ from }) => from)));
    this.#to = new SelectorIndex(policies.flatMap(({ rules }) => rules.map(({ to }) => to)));
    this.#rules = policies
      .flatMap((policy) => policy.rules.map((rule, index) => ({ policy, index, rule })))
      .map((placed, place) => ({
        ...placed,
        place,
        ports: placed.rule.ports.flatMap((text) => parsePortRange(text) ?? []),
        fromId: this.#from.idOf(placed.rule.from),
        toId: this.#to.idOf(placed.rule.to),
      }));
    this.#defaultDeny = policies.find(({ defaultAction }) => defaultAction === 'deny');
    this.#placeClasses = this.#findPlaceClasses();
    if (this.#from.selectsMembers) for (const family of families) this.ruleset.addMap(this.#sourceMap(family), family);
    const fallback = fallbackStatements('source', this.#from, this.#places(this.#from), (placeId, selected) =>
      this.#toSource(placeId === networkId, selected),
    );
    this.ruleset.addChain(name, [
      ...(this.#from.selectsMembers
        ? families.map((family) => ({ look: 'member', end: 'source', family, map: this.#sourceMap(family) }) as const)
        : []),
      ...fallback,
    ]);
  }

  /** The chain to which all flows with an end on the network's bridge are sent. */
  get root(): string {
    return this.name;
  }

  /** Makes the member's entries, if it needs any. */
  addMember(member: PolicyMember): void {
    const asSource = this.#from.ofMember(member);
    const asDestination = this.#to.ofMember(member);
    if (asSource.length + asDestination.length === 0) return;
    const { networkId, bridge } = member;
    const inNetwork = networkId === this.networkId;
    const placed = memberAddresses(member).map((address): Placed => {
      const key = memberKey(bridge, String(address));
      const sourceFallback = this.#from.ofPlace(networkId, address);
      const source = united(sourceFallback, asSource);
      if (source.length !== sourceFallback.length)
        this.ruleset.addEntry(this.#sourceMap(address.family), key, this.#toSource(inNetwork, source));
      const destinationFallback = this.#to.ofPlace(networkId, address);
      const kind = this.#kind(
        this.#destination(inNetwork, united(destinationFallback, asDestination)),
        this.#destination(inNetwork, destinationFallback),
      );
      return { key, address, kind };
    });
    this.#placed.set(member.endpointId, placed);
    for (const place of placed) {
      place.kind.placed.add(place);
      for (const source of this.#sources.values()) this.#addDestination(source, place.kind, [place]);
    }
  }

  removeMember(endpointId: string): void {
    const placed = this.#placed.get(endpointId);
    if (!placed) return;
    this.#placed.delete(endpointId);
    for (const place of placed) {
      const { key, address, kind } = place;
      kind.placed.delete(place);
      this.ruleset.removeEntry(this.#sourceMap(address.family), key);
      for (const { chain } of this.#sources.values()) this.ruleset.removeEntry(destinationMap(chain, address.family), key);
    }
  }

  /** Takes all out of the ruleset that the view has put there. */
  remove(): void {
    for (const family of families) {
      this.ruleset.removeMap(this.#sourceMap(family));
      for (const { chain } of this.#sources.values()) this.ruleset.removeMap(destinationMap(chain, family));
    }
    this.ruleset.removeChain(this.name);
    for (const { chain } of this.#sources.values()) this.ruleset.removeChain(chain);
    for (const target of [...this.#programs.values(), ...this.#outcomes.values()])
      if ('chain' in target) this.ruleset.removeChain(target.chain);
  }

  /** How many kinds of sources, of destinations, and programs there are. */
  get size(): { sources: number; destinations: number; programs: number } {
    return { sources: this.#sources.size, destinations: this.#destinations.size, programs: this.#programs.size };
  }

  #sourceMap(family: string): string {
    return `${this.name}-from-${family.toLowerCase()}`;
  }

  /** The network's own bridge, and those of other networks that are selected as a whole. */
  #places(index: SelectorIndex): Place[] {
    return [...new Set([this.networkId, ...index.networkIds])].map((networkId) => ({ networkId, bridge: bridgeLinkName(networkId) }));
  }

  /** To the chain of such sources. */
  #toSource(inNetwork: boolean, selected: Selected): Target {
    return { go: 'goto', chain: this.#source(inNetwork, selected).chain };
  }

  /** Makes the chain of such sources when it is first asked for. */
  #source(inNetwork: boolean, selected: Selected): SourceClass {
    const key = classKey(inNetwork, selected);
    const known = this.#sources.get(key);
    if (known) return known;
    const rules = this.#rules.filter(({ fromId, rule }) => (fromId === null ? rule.from === null : selected.includes(fromId)));
    const chain = `${this.name}-s${this.#sources.size}`;
    const source: SourceClass = { key, inNetwork, selected, rules, chain, targets: new Map(), base: undefined };
    this.#sources.set(key, source);
    source.base = this.#baseOf(source);
    const byMember = this.#to.selectsMembers ? families : [];
    for (const family of byMember) this.ruleset.addMap(destinationMap(chain, family), family);
    this.ruleset.addChain(chain, [
      ...byMember.map((family) => ({ look: 'member', end: 'destination', family, map: destinationMap(chain, family) }) as const),
      ...(source.base
        ? [{ look: 'nothing', counter: null, target: { go: 'goto', chain: source.base.chain } } as const]
        : this.#toPlaces(source)),
    ]);
    for (const kind of this.#kinds.values()) this.#addDestination(source, kind, kind.placed);
    return source;
  }

  /** Sources at such places of which no name or label is asked for, if these fare no differently at any place. */
  #baseOf(source: SourceClass): SourceClass | undefined {
    const selected = source.selected.filter((id) => this.#from.selectsPlaces(id));
    if (selected.length === source.selected.length) return undefined;
    const base = this.#source(source.inNetwork, selected);
    return this.#placeClasses.every((place) => isSame(this.#target(source, place), this.#target(base, place))) ? base : undefined;
  }

  #toPlaces(source: SourceClass): Statement[] {
    return fallbackStatements('destination', this.#to, this.#places(this.#to), (placeId, selected) =>
      this.#target(source, this.#destination(placeId === this.networkId, selected)),
    );
  }

  /** What destinations are to which no endpoint's entry leads. */
  #findPlaceClasses(): AddressClass[] {
    const cuts = [[], ...families.flatMap((family) => this.#to.cuts(family).map(({ ids }) => ids))];
    const networkIds = [null, ...this.#places(this.#to).map(({ networkId }) => networkId)];
    const found = networkIds.flatMap((id) => cuts.map((cut) => this.#destination(id === this.networkId, this.#to.ofCut(id, cut))));
    return [...new Set(found)];
  }

  #addDestination(source: SourceClass, kind: Kind, places: Iterable<Placed>): void {
    if (kind.destination === kind.fallback) return;
    const target = this.#target(source, kind.destination);
    const otherwise = source.base ? this.#target(source.base, kind.destination) : this.#target(source, kind.fallback);
    if (isSame(target, otherwise)) return;
    for (const { key, address } of places) this.ruleset.addEntry(destinationMap(source.chain, address.family), key, target);
  }

  #destination(inNetwork: boolean, selected: Selected): AddressClass {
    const key = classKey(inNetwork, selected);
    const known = this.#destinations.get(key);
    if (known) return known;
    const made = { key, inNetwork, selected };
    this.#destinations.set(key, made);
    return made;
  }

  #kind(destination: AddressClass, fallback: AddressClass): Kind {
    const key = `${destination.key} ${fallback.key}`;
    const known = this.#kinds.get(key);
    if (known) return known;
    const made: Kind = { destination, fallback, placed: new Set() };
    this.#kinds.set(key, made);
    return made;
  }

  /** What becomes of flows between such ends. */
  #target(source: SourceClass, destination: AddressClass): Target {
    if (!source.inNetwork && !destination.inNetwork) return pass;
    const known = source.targets.get(destination);
    if (known) return known;
    const rules = this.#rulesBetween(source, destination);
    const key = classKey(
      destination.inNetwork,
      rules.map(({ place }) => place),
    );
    const target = this.#byRules.get(key) ?? this.#program(rules, destination.inNetwork);
    this.#byRules.set(key, target);
    source.targets.set(destination, target);
    return target;
  }

  /** Rules of the source that also select the destination, up to the first that leaves nothing to those after it. */
  #rulesBetween(source: SourceClass, destination: AddressClass): ViewRule[] {
    const found: ViewRule[] = [];
    for (const candidate of source.rules) {
      const { rule, toId } = candidate;
      if (rule.direction === 'ingress' ? !destination.inNetwork : rule.direction === 'egress' && !source.inNetwork) continue;
      if (toId === null ? rule.to !== null : !destination.selected.includes(toId)) continue;
      found.push(candidate);
      if (rule.protocol === 'any' && rule.ports.length === 0) break;
    }
    return found;
  }

  /** The chain of a program, or what it leads to when it treats all flows alike; pairs with the same rules share it. */
  #program(rules: readonly ViewRule[], intoNetwork: boolean): Target {
    const clauses = rules.map((rule) => this.#clause(rule, intoNetwork));
    if (this.#defaultDeny)
      clauses.push({ protocol: 'any', ports: [], outcome: this.#outcome(defaultCounter(this.#defaultDeny.id), 'drop') });
    if (clauses.length === 0) return pass;
    const statements = programStatements(flatten(clauses) satisfies Program<Target>);
    const [only] = statements;
    if (!only) return pass;
    if (only.look === 'nothing') return only.target;
    const key = JSON.stringify(statements);
    const known = this.#programs.get(key);
    if (known) return known;
    const target: Target = { go: 'goto', chain: `${this.name}-p${this.#programs.size}` };
    this.#programs.set(key, target);
    this.ruleset.addChain(target.chain, statements);
    return target;
  }

  /** What a rule of the destination's allows comes in for good; what is allowed to leave has still to be let in elsewhere. */
  #clause({ policy, index, rule, ports }: ViewRule, intoNetwork: boolean): Clause<Target> {
    const verdict = rule.action === 'deny' ? 'drop' : intoNetwork ? 'accept' : 'pass';
    return { protocol: rule.protocol, ports, outcome: this.#outcome(ruleCounter(policy.id, index), verdict) };
  }

  /** The chain that counts and ends; one and the same object for the same outcome. */
  #outcome(counter: string, verdict: 'accept' | 'drop' | 'pass'): Target {
    const key = `${counter} ${verdict}`;
    const known = this.#outcomes.get(key);
    if (known) return known;
    const target: Target = { go: 'goto', chain: `${this.name}-o${this.#outcomes.size}` };
    this.#outcomes.set(key, target);
    this.ruleset.addChain(target.chain, [{ look: 'nothing', counter, target: { go: verdict } }]);
    return target;
  }
}

const classKey = (inNetwork: boolean, selected: Selected): string => `${inNetwork ? 'in' : 'out'} ${selected.join(',')}`;
const destinationMap = (chain: string, family: string): string => `${chain}-to-${family.toLowerCase()}`;
