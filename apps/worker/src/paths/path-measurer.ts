import { pathKey, type MeasuredPath, type WantedPath } from './messages';
import { advance, beginSearch, nextBytes, resultOf, stateFor, type Passage, type PathResult, type PathSearch } from './path-search';

/** Searches under way at one time: a host of fifty is no storm. */
const searchesAtOnce = 16;
/** How often a packet is sent before it counts as lost. */
const attempts = 3;
/** How long an answer is waited for: at most, where the way back and forth is not known yet, and at least. */
const longestWaitMs = 1_000;
const shortestWaitMs = 200;
const roundTripsToWait = 8;
/** New paths are measured within this time, each at another moment. */
const firstWithinMs = 300;
/** What does not carry everything is looked at this often, or as often as all others where that is more. */
const troubledIntervalMs = 15_000;
const sequences = 0x1_0000;

/** Sends one packet. */
export type Send = (path: WantedPath, bytes: number, sequence: number) => void;

interface Attempt {
  sequence: number;
  number: number;
  sentAtMs: number;
  deadlineMs: number;
  refusal: { by: string; mostBytes: number } | null;
}

interface Path {
  wanted: WantedPath;
  result: PathResult | undefined;
  roundTripMs: number | undefined;
  dueMs: number;
  search: PathSearch | null;
  attempt: Attempt | null;
}

/** Measures paths, each from time to time. Has no clock, socket or timer of its own: `turn` is called again when it says, or something was heard. */
export class PathMeasurer {
  readonly #paths = new Map<string, Path>();
  /** Paths by the sequence number of the packet that is under way on them. */
  readonly #bySequence = new Map<number, Path>();
  #sequence = 0;
  #measured: Omit<MeasuredPath, 'measuredAt'>[] = [];

  constructor(
    private readonly intervalMs: number,
    private readonly send: Send,
    private readonly random: () => number = Math.random,
  ) {}

  /** These and no others are to be measured from now on; `anew`: all of them now. */
  want(wanted: WantedPath[], anew: boolean, nowMs: number): void {
    const keys = new Set(wanted.map(pathKey));
    for (const [key, path] of this.#paths) if (!keys.has(key)) this.#drop(key, path);
    for (const one of wanted) {
      const known = this.#paths.get(pathKey(one));
      if (known) {
        known.wanted = one;
        const isUnknown = known.result && stateFor(known.result, one.neededBytes) === 'unmeasured';
        if (!known.search && (anew || isUnknown)) known.dueMs = Math.min(known.dueMs, this.#soon(nowMs));
      } else {
        const path = { wanted: one, result: undefined, roundTripMs: undefined, dueMs: this.#soon(nowMs), search: null, attempt: null };
        this.#paths.set(pathKey(one), path);
      }
    }
  }

  /** Sends what is due, and gives up what was waited for long enough. Gives the moment when there is something to do again. */
  turn(nowMs: number): number {
    for (const path of this.#paths.values()) {
      if (path.attempt && nowMs >= path.attempt.deadlineMs) this.#lost(path, path.attempt, nowMs);
      if (!path.search && path.dueMs <= nowMs && this.searching < searchesAtOnce) this.#begin(path, nowMs);
    }
    const isFull = this.searching >= searchesAtOnce;
    return Math.min(
      Infinity,
      ...[...this.#paths.values()].map(({ search, attempt, dueMs }) =>
        search ? (attempt?.deadlineMs ?? nowMs) : isFull ? Infinity : dueMs,
      ),
    );
  }

  /** How many searches are under way. */
  get searching(): number {
    return this.#bySequence.size;
  }

  answered(sequence: number, nowMs: number): void {
    const path = this.#bySequence.get(sequence);
    if (!path?.attempt) return;
    path.roundTripMs = nowMs - path.attempt.sentAtMs;
    this.#advance(path, { passed: true }, nowMs);
  }

  /** Somebody on the way says that the packet is too large. It is believed of the size, and tried again: an answer may be a lie or stale. */
  refused(sequence: number, refusal: { by: string; mostBytes: number }): void {
    const attempt = this.#bySequence.get(sequence)?.attempt;
    if (attempt) Object.assign(attempt, { refusal, deadlineMs: 0 });
  }

  /** What has been found out since the last call; `measuredAt`: now. */
  drain(measuredAt: string): MeasuredPath[] {
    return this.#measured.splice(0).map((path) => ({ ...path, measuredAt }));
  }

  #begin(path: Path, nowMs: number): void {
    path.search = beginSearch(path.wanted.neededBytes, path.result?.carriedBytes ?? null);
    this.#try(path, 1, null, nowMs);
  }

  #try(path: Path, number: number, refusal: Attempt['refusal'], nowMs: number): void {
    const bytes = path.search && nextBytes(path.search);
    if (bytes === null) return;
    const sequence = this.#nextSequence();
    const waitMs =
      path.roundTripMs === undefined
        ? longestWaitMs
        : Math.min(longestWaitMs, Math.max(shortestWaitMs, path.roundTripMs * roundTripsToWait));
    path.attempt = { sequence, number, sentAtMs: nowMs, deadlineMs: nowMs + waitMs, refusal };
    this.#bySequence.set(sequence, path);
    this.send(path.wanted, bytes, sequence);
  }

  #lost(path: Path, attempt: Attempt, nowMs: number): void {
    this.#bySequence.delete(attempt.sequence);
    if (attempt.number < attempts) this.#try(path, attempt.number + 1, attempt.refusal, nowMs);
    else this.#advance(path, { passed: false, refusal: attempt.refusal }, nowMs);
  }

  #advance(path: Path, passage: Passage, nowMs: number): void {
    if (path.attempt) this.#bySequence.delete(path.attempt.sequence);
    path.attempt = null;
    if (!path.search) return;
    path.search = advance(path.search, passage);
    if (path.search.phase === 'done') this.#finish(path, path.search, nowMs);
    else this.#try(path, 1, null, nowMs);
  }

  #finish(path: Path, search: PathSearch, nowMs: number): void {
    const { wanted } = path;
    path.search = null;
    path.result = resultOf(search);
    const state = stateFor(path.result, wanted.neededBytes);
    const intervalMs = state === 'carries' ? this.intervalMs : Math.min(this.intervalMs, troubledIntervalMs);
    path.dueMs = state === 'unmeasured' ? nowMs : nowMs + intervalMs * (0.75 + this.random() / 2);
    const { localAddress, remoteAddress } = wanted;
    this.#measured.push({ localAddress, remoteAddress, result: path.result });
  }

  #drop(key: string, path: Path): void {
    this.#paths.delete(key);
    if (path.attempt) this.#bySequence.delete(path.attempt.sequence);
  }

  #nextSequence(): number {
    do this.#sequence = (this.#sequence + 1) % sequences;
    while (this.#bySequence.has(this.#sequence));
    return this.#sequence;
  }

  #soon(nowMs: number): number {
    return nowMs + this.random() * firstWithinMs;
  }
}
