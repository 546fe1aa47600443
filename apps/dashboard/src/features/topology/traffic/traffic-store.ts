import type { HostCounters } from '@netyard/api-client';
import { ratesBetween, type Rate, type Rates } from './rates';

/** What arrives within this time is shown together: so often a second at the most. */
const paintIntervalMs = 250;

/** Present rates of all endpoints that are looked at. Followers are told of changes, not of answers. */
export class TrafficStore {
  #rates: Rates = new Map();
  readonly #answers = new Map<string, HostCounters>();
  readonly #ratesOfHost = new Map<string, ReadonlyMap<string, Rate>>();
  readonly #listeners = new Set<() => void>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  get rates(): Rates {
    return this.#rates;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  take(host: string, answer: HostCounters): void {
    this.#ratesOfHost.set(host, ratesBetween(this.#answers.get(host), answer));
    this.#answers.set(host, answer);
    this.#timer ??= setTimeout(() => this.#publish(), paintIntervalMs);
  }

  /** A host that is not looked at, or does not answer, any more: nothing is known of it. */
  forget(host: string): void {
    if (!this.#answers.delete(host)) return;
    this.#ratesOfHost.delete(host);
    this.#timer ??= setTimeout(() => this.#publish(), paintIntervalMs);
  }

  #publish(): void {
    this.#timer = undefined;
    this.#rates = new Map([...this.#ratesOfHost.values()].flatMap((rates) => [...rates]));
    for (const listener of this.#listeners) listener();
  }
}
