import { elementText, objectKey, ruleSetNames, ruleSets, type RuleElementObject, type RuleSetName, type Step } from '@netyard/drivers';
import { RouteSocket } from '@netyard/netlink';
import { changeElements, fingerprintTable, listElements, NftContext } from '@netyard/nftables';
import { elementChanges, objectOf, placeOf } from './element-types';
import { flowShare } from './flow-share';
import { arpTable, bridgeTable, inetTable, tableName } from './script';

const families = ['inet', 'bridge', 'arp'] as const;

/** Text that is added to the inet table whenever it is built: what others keep in it. */
type Addition = () => string;

/**
 * Netyard's tables in the namespace of the thread that opens them, the host's own or a router's, and a mirror of what their sets hold: what somebody else takes away is put back
 * from it in one transaction.
 */
export class Firewall {
  readonly #elements = new Map<string, RuleElementObject>();
  /** Keys of elements by their owner, so that one owner's are found without a look at all. */
  readonly #byOwner = new Map<string, Set<string>>();
  #addition: Addition;
  /** How the tables are listed when they are as they should be. */
  #intact = '';
  /** Sets are compared with the mirror one after another, one for each `refresh`. */
  #nextSet = 0;

  private constructor(
    private readonly context: () => NftContext,
    /** What an earlier worker's policies have left in the inet table; it stays in force until `include` takes its place. Empty: nothing. */
    readonly inheritedPolicies: string,
    private readonly maxFlows: number,
  ) {
    this.#addition = () => inheritedPolicies;
  }

  /** Of the netfilter family, for what need not wait for libnftables. */
  readonly socket = RouteSocket.openNetfilter().kept();

  /**
   * Opens the tables and builds them anew, in one transaction, with the elements and policies that an earlier worker left. `context` gives libnftables whenever it is
   * needed. `maxFlows`: as many may an address of a network have; 0: any number, null: a share of what the kernel tracks. Throws NftError when libnftables is missing.
   */
  static open(context: () => NftContext, maxFlows: number | null = null): Firewall {
    const limit = maxFlows ?? flowShare();
    const policies = policiesIn(context().listTableText({ family: 'inet', table: tableName }) ?? '');
    try {
      return Firewall.#openWith(context, policies, limit);
    } catch (error) {
      if (policies === '') throw error;
      // Somebody has spoilt them.
      return Firewall.#openWith(context, '', limit);
    }
  }

  static #openWith(context: () => NftContext, policies: string, maxFlows: number): Firewall {
    const firewall = new Firewall(context, policies, maxFlows);
    for (const set of ruleSetNames) for (const element of firewall.#listed(set) ?? []) firewall.#remember(element);
    firewall.rebuild();
    return firewall;
  }

  get nft(): NftContext {
    return this.context();
  }

  /** `addition` becomes part of the inet table from the next time that it is built. */
  include(addition: Addition): void {
    this.#addition = addition;
  }

  /**
   * Compares the tables with what they should be, and builds them anew if somebody has changed them; says whether it had to. Rules are looked at every time;
   * of the elements, those of one set, or of all when `thorough`.
   */
  refresh(thorough = false): boolean {
    const sets = thorough ? ruleSetNames : [ruleSetNames[this.#nextSet++ % ruleSetNames.length] as RuleSetName];
    if (this.#listing() === this.#intact && sets.every((set) => this.#isSound(set))) return false;
    this.rebuild();
    return true;
  }

  /** Builds the tables anew from the mirror, all in one transaction. */
  rebuild(): void {
    const fresh = families.map((family) => `add table ${family} ${tableName}\ndelete table ${family} ${tableName}\n`).join('');
    this.nft.runScript(
      `${fresh}${inetTable(this.maxFlows)}${bridgeTable}${arpTable}${this.#addition()}${additions([...this.#elements.values()])}`,
    );
    this.acknowledge();
  }

  /** Takes the rules, as they are now, for right: after a change that was made on purpose. */
  acknowledge(): void {
    this.#intact = this.#listing();
  }

  /** What belongs to a link, or to an object by its id. */
  elementsOf(owner: string): RuleElementObject[] {
    return [...(this.#byOwner.get(owner) ?? [])].flatMap((key) => this.#elements.get(key) ?? []);
  }

  /** The element with this key of `objectKey`, if it stands. */
  find(key: string): RuleElementObject | undefined {
    return this.#elements.get(key);
  }

  owners(): string[] {
    return [...this.#byOwner.keys()];
  }

  /**
   * Adds and removes elements in one transaction; what is so already is left out. Somebody may have changed the tables meanwhile: after a refusal they are
   * built anew, and the change is tried once more. Throws NftError; then nothing has changed.
   */
  apply(steps: Step[]): void {
    try {
      this.#transact(steps);
    } catch {
      this.rebuild();
      this.#transact(steps);
    }
  }

  close(): void {
    this.socket.close();
  }

  #transact(steps: Step[]): void {
    const removed: RuleElementObject[] = [];
    const added: RuleElementObject[] = [];
    for (const { verb, object } of steps) {
      if (object.kind !== 'rule-element') continue;
      const known = this.#elements.get(objectKey(object));
      if (verb === 'remove' && known?.owner === object.owner) removed.push(known);
      if (verb === 'add' && known && !isSame(known, object)) removed.push(known);
      if (verb === 'add' && !(known && isSame(known, object))) added.push(object);
    }
    if (removed.length + added.length === 0) return;
    changeElements(this.socket, [...elementChanges('delete', removed), ...elementChanges('add', added)]);
    for (const element of removed) this.#forget(element);
    for (const element of added) this.#remember(element);
  }

  #remember(element: RuleElementObject): void {
    const key = objectKey(element);
    this.#elements.set(key, element);
    this.#byOwner.set(element.owner, (this.#byOwner.get(element.owner) ?? new Set()).add(key));
  }

  #forget(element: RuleElementObject): void {
    const key = objectKey(element);
    this.#elements.delete(key);
    const keys = this.#byOwner.get(element.owner);
    keys?.delete(key);
    if (keys?.size === 0) this.#byOwner.delete(element.owner);
  }

  /** Equal as long as nobody changes rules, chains or sets. */
  #listing(): string {
    return families.map((family) => fingerprintTable(this.socket, { family, table: tableName })).join(' ');
  }

  #listed(set: RuleSetName): RuleElementObject[] | undefined {
    return listElements(this.socket, placeOf(set))?.map((element) => objectOf(set, element));
  }

  #isSound(set: RuleSetName): boolean {
    const listed = this.#listed(set);
    const wanted = [...this.#elements.values()].filter((element) => element.set === set);
    if (listed?.length !== wanted.length) return false;
    return listed.every((element) => {
      const known = this.#elements.get(objectKey(element));
      return known !== undefined && isSame(known, element);
    });
  }
}

/** The part of a listed table that is policies'. */
function policiesIn(listing: string): string {
  const objects = listing.match(/^\t(?:counter|set|map|chain) (?:p-\S+|policies|policies-input) \{\n(?:\t\t.*\n|\n)*?\t\}\n/gm) ?? [];
  const isAny = objects.some((object) => /^\t\w+ p-/.test(object));
  return isAny ? `table inet ${tableName} {\n${objects.join('')}}\n` : '';
}

const isSame = (one: RuleElementObject, other: RuleElementObject): boolean =>
  one.owner === other.owner && String(one.value ?? '') === String(other.value ?? '');

/** One line for each set. */
function additions(elements: readonly RuleElementObject[]): string {
  const bySet = new Map<RuleSetName, string[]>();
  for (const element of elements) {
    const texts = bySet.get(element.set);
    if (texts) texts.push(elementText(element));
    else bySet.set(element.set, [elementText(element)]);
  }
  return [...bySet].map(([set, texts]) => `add element ${ruleSets[set]} ${tableName} ${set} { ${texts.join(', ')} }\n`).join('');
}
