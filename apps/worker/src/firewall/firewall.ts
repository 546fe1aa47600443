import { objectKey, ruleSetNames, type RuleElementObject, type Step } from '@netyard/drivers';
import { NftContext, type NftCommand } from '@netyard/nftables';
import { buildTable, isIntact, table } from './table';

/** Netyard's table in the router namespace of the thread that opens it, with what its sets hold. */
export class Firewall {
  readonly #elements = new Map<string, RuleElementObject>();
  /** Keys of elements by each name in them, so that one network's are found without a look at all. */
  readonly #byName = new Map<string, Set<string>>();

  private constructor(private readonly nft: NftContext) {}

  /** Opens the table; makes it if it is not there or not as it should be. Throws NftError when libnftables is missing. */
  static open(): Firewall {
    const firewall = new Firewall(NftContext.open());
    firewall.refresh();
    return firewall;
  }

  /** Reads the table anew, and builds it anew if somebody has changed its rules. Says whether it had to. Elements stay as they were read. */
  refresh(): boolean {
    const listing = this.nft.listTable(table);
    const intact = listing !== undefined && isIntact(listing);
    this.#elements.clear();
    this.#byName.clear();
    for (const set of listing ? ruleSetNames : []) {
      for (const key of this.nft.listElements(table, set) ?? []) this.#remember({ kind: 'rule-element', set, key: [...key] });
    }
    if (intact) return false;
    const elements = [...this.#elements.values()].map((object): Step => ({ verb: 'add', object }));
    this.nft.apply([
      ...(listing
        ? ([
            { verb: 'add', in: table, object: { kind: 'table' } },
            { verb: 'delete', in: table, object: { kind: 'table' } },
          ] satisfies NftCommand[])
        : []),
      ...buildTable,
      ...commands(elements),
    ]);
    return listing !== undefined;
  }

  /** The elements that name a link. */
  elementsOf(link: string): RuleElementObject[] {
    return [...(this.#byName.get(link) ?? [])].flatMap((key) => this.#elements.get(key) ?? []);
  }

  /** Names of links that elements name. */
  links(): string[] {
    return [...this.#byName.keys()];
  }

  /**
   * Adds and removes elements in one transaction; what is so already is left out. Somebody may have changed the table meanwhile: after a refusal it is read
   * anew, and the rest tried once more. Throws NftError; then nothing has changed.
   */
  apply(steps: Step[]): void {
    try {
      this.#transact(steps);
    } catch {
      this.refresh();
      this.#transact(steps);
    }
  }

  close(): void {
    this.nft.close();
  }

  #transact(steps: Step[]): void {
    const changes = steps.filter(
      ({ verb, object }) => object.kind === 'rule-element' && this.#elements.has(objectKey(object)) === (verb === 'remove'),
    );
    this.nft.apply(commands(changes));
    for (const { verb, object } of changes) {
      if (object.kind !== 'rule-element') continue;
      if (verb === 'add') this.#remember(object);
      else this.#forget(object);
    }
  }

  #remember(element: RuleElementObject): void {
    const key = objectKey(element);
    this.#elements.set(key, element);
    const link = linkOf(element);
    this.#byName.set(link, (this.#byName.get(link) ?? new Set()).add(key));
  }

  #forget(element: RuleElementObject): void {
    const key = objectKey(element);
    this.#elements.delete(key);
    const keys = this.#byName.get(linkOf(element));
    keys?.delete(key);
    if (keys?.size === 0) this.#byName.delete(linkOf(element));
  }
}

/** Every key ends with the name of its bridge. */
const linkOf = ({ key }: RuleElementObject): string => key.at(-1) ?? '';

/** One command for each set and verb; removals come first. */
function commands(steps: Step[]): NftCommand[] {
  return (['remove', 'add'] as const).flatMap((verb) =>
    ruleSetNames.flatMap((set): NftCommand[] => {
      const keys = steps.flatMap((step) =>
        step.verb === verb && step.object.kind === 'rule-element' && step.object.set === set ? [step.object.key] : [],
      );
      return keys.length === 0 ? [] : [{ verb: verb === 'add' ? 'add' : 'delete', in: table, object: { kind: 'elements', set, keys } }];
    }),
  );
}
