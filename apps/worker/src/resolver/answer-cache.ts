import type { UpstreamAnswer } from './message';

interface Entry {
  answer: UpstreamAnswer;
  storedAtMs: number;
}

/** What upstreams have said, by question, as long as they allow; the least recently used goes first when it is full. */
export class AnswerCache {
  readonly #entries = new Map<string, Entry>();

  constructor(
    private readonly limit: number,
    private readonly nowMs: () => number,
  ) {}

  /** A copy, with times to live that have run down; undefined when nothing is known (any more). */
  get(key: string): UpstreamAnswer | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    const ageSeconds = Math.floor((this.nowMs() - entry.storedAtMs) / 1000);
    this.#entries.delete(key);
    if (ageSeconds >= entry.answer.ttlSeconds) return undefined;
    this.#entries.set(key, entry);
    const bytes = Buffer.from(entry.answer.bytes);
    for (const offset of entry.answer.ttlOffsets) bytes.writeUInt32BE(Math.max(0, bytes.readUInt32BE(offset) - ageSeconds), offset);
    return { ...entry.answer, bytes };
  }

  put(key: string, answer: UpstreamAnswer): void {
    if (answer.ttlSeconds === 0) return;
    this.#entries.delete(key);
    this.#entries.set(key, { answer, storedAtMs: this.nowMs() });
    if (this.#entries.size <= this.limit) return;
    for (const oldest of this.#entries.keys()) {
      this.#entries.delete(oldest);
      return;
    }
  }
}
