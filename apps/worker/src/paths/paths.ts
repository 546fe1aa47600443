import { isDeepStrictEqual } from 'node:util';
import type { DesiredNetwork, EventReport, ReportedCondition, UnderlayPath } from '@netyard/contracts';
import { overheadBytes } from '@netyard/drivers';
import type { DesiredStore } from '../operations/desired-store';
import { pathKey, type MeasuredPath, type ToPaths, type WantedPath } from './messages';
import { stateFor } from './path-search';
import { underlayCondition, type NetworkPath } from './underlay-condition';

/** What the networks want changes in bursts: it is looked through once for each. */
const gatherMs = 100;

/** What the operations thread knows of the paths that its tunnels take: which there are, and what was measured last. Measuring is another thread's affair. */
export class Paths {
  readonly #measured = new Map<string, MeasuredPath>();
  /** Of networks, by id, as they were told of last. */
  readonly #conditions = new Map<string, ReportedCondition>();
  #wanted: WantedPath[] = [];
  #timer: NodeJS.Timeout | undefined;
  #anew = false;

  /** `isOn`: whether paths are measured at all. `onChange` is told when paths, or what is known of them, have changed. */
  constructor(
    private readonly hostName: string,
    private readonly store: DesiredStore,
    private readonly isOn: boolean,
    private readonly ask: (message: ToPaths) => void,
    private readonly onChange: (networks: NetworkChange[]) => void,
  ) {}

  /** Networks or peers may have changed; `anew`: the host's own underlay has, so that everything is to be measured again. */
  reconsider(anew = false): void {
    if (!this.isOn) return;
    this.#anew ||= anew;
    this.#timer ??= setTimeout(() => this.#consider(), gatherMs);
  }

  /** Takes results in. */
  take(paths: MeasuredPath[]): void {
    for (const path of paths) this.#measured.set(pathKey(path), path);
    this.#tellChanges();
  }

  /** The paths that a network's tunnels take from here, in the order of the hosts' names. */
  ofNetwork({ id, tunnel, options }: DesiredNetwork): (NetworkPath & MeasuredAt)[] {
    if (!tunnel) return [];
    return this.store
      .peersOfNetwork(id)
      .flatMap(({ deleted, names, name, tunnelAddress }) => {
        // Hosts themselves have no names to be asked for.
        if (deleted || names.length > 0 || tunnelAddress === null) return [];
        const path = { host: name, localAddress: tunnel.localAddress, remoteAddress: tunnelAddress };
        // Of encrypted networks these are addresses inside of WireGuard: what it adds is beneath the path that is measured.
        const neededBytes = Number(options['mtuBytes']) + overheadBytes({ underlay: tunnelAddress.includes(':') ? 'ipv6' : 'ipv4' });
        const measured = this.#measured.get(pathKey(path));
        return [{ ...path, neededBytes, result: measured?.result, measuredAt: measured?.measuredAt ?? null }];
      })
      .sort((one, other) => (one.host < other.host ? -1 : 1));
  }

  /** What the underlay does for the network; undefined for networks that have no tunnels. A host that has just come is told of when the way to it is measured. */
  conditionOf(network: DesiredNetwork): ReportedCondition | undefined {
    if (!network.tunnel) return undefined;
    const condition = underlayCondition(this.hostName, network, this.ofNetwork(network), this.isOn);
    return condition.reason === 'NotMeasured' ? (this.#conditions.get(network.id) ?? condition) : condition;
  }

  /** All paths, for the host's own status. */
  get facts(): UnderlayPath[] {
    return this.#wanted.map((path) => {
      const result = this.#measured.get(pathKey(path))?.result;
      return {
        ...path,
        state: stateFor(result, path.neededBytes),
        carriedBytes: result?.carriedBytes ?? null,
        refusedBy: result?.refusedBy ?? null,
      };
    });
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #consider(): void {
    this.#timer = undefined;
    const wanted = this.#findWanted();
    if (!this.#anew && isDeepStrictEqual(wanted, this.#wanted)) return;
    this.#wanted = wanted;
    const keys = new Set(wanted.map(pathKey));
    for (const key of this.#measured.keys()) if (!keys.has(key)) this.#measured.delete(key);
    for (const id of this.#conditions.keys()) if (!this.store.networks.has(id)) this.#conditions.delete(id);
    this.ask({ type: 'paths', wanted, anew: this.#anew });
    this.#anew = false;
    this.#tellChanges();
  }

  #tellChanges(): void {
    const changes = this.#tunnelled().flatMap((network) => {
      const condition = this.conditionOf(network);
      const before = this.#conditions.get(network.id);
      if (!condition || isDeepStrictEqual(condition, before)) return [];
      this.#conditions.set(network.id, condition);
      return [{ id: network.id, event: eventOf(network.name, before, condition) }];
    });
    this.onChange(changes);
  }

  /** Networks share paths; the largest packet counts. */
  #findWanted(): WantedPath[] {
    const found = new Map<string, WantedPath>();
    for (const { host, localAddress, remoteAddress, neededBytes } of this.#tunnelled().flatMap((network) => this.ofNetwork(network))) {
      const path = { host, localAddress, remoteAddress, neededBytes };
      const known = found.get(pathKey(path));
      if (!known || known.neededBytes < neededBytes) found.set(pathKey(path), path);
    }
    return [...found.values()].sort((one, other) => (one.host < other.host ? -1 : one.host > other.host ? 1 : 0));
  }

  #tunnelled(): DesiredNetwork[] {
    return [...this.store.networks.values()].filter(({ deleted, tunnel }) => !deleted && tunnel !== null);
  }
}

/** A network that has another condition now, and what people are to be told of it. */
export interface NetworkChange {
  id: string;
  event: Pick<EventReport, 'type' | 'reason' | 'message'> | undefined;
}

function eventOf(name: string, before: ReportedCondition | undefined, { status, message }: ReportedCondition): NetworkChange['event'] {
  if (status === 'False') return { type: 'Warning', reason: 'UnderlayDrops', message };
  if (status !== 'True' || before?.status !== 'False') return undefined;
  return { type: 'Normal', reason: 'UnderlayCarries', message: `the underlay carries again what network ${name} needs` };
}

interface MeasuredAt {
  measuredAt: string | null;
}
