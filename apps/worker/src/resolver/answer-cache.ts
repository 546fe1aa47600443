import type { UpstreamAnswer } from './message';

interface Entry {
  answer: UpstreamAnswer;
  storedAtMs: number;
}

/** What an entry takes besides its message, in round numbers. */
const entryBytes = 512;

/** What upstreams have said, by question, as long as they allow; the least recently used goes first when it is full. */
export class AnswerCache {
  readonly #entries = new Map<string, Entry>();
  #bytes = 0;

  constructor(
    private readonly limit: { entries: number; bytes: number },
    private readonly nowMs: () => number,
  ) {}

  /** A copy, with times to live that have run down; undefined when nothing is known (any more). */
  get(key: string): UpstreamAnswer | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    const ageSeconds = Math.floor((this.nowMs() - entry.storedAtMs) / 1000);
    this.#delete(key);
    if (ageSeconds >= entry.answer.ttlSeconds) return undefined;
    this.#set(key, entry);
    const bytes = Buffer.from(entry.answer.bytes);
    for (const offset of entry.answer.ttlOffsets) bytes.writeUInt32BE(Math.max(0, bytes.readUInt32BE(offset) - ageSeconds), offset);
    return { ...entry.answer, bytes };
  }

  put(key: string, answer: UpstreamAnswer): void {
    if (answer.ttlSeconds === 0) return;
    this.#delete(key);
    this.#set(key, { answer, storedAtMs: this.nowMs() });
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.limit.entries && this.#bytes <= this.limit.bytes) return;
      this.#delete(oldest);
    }
  }

  #set(key: string, entry: Entry): void {
    this.#entries.set(key, entry);
    this.#bytes += entry.answer.bytes.length + entryBytes;
  }

  #delete(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#bytes -= entry.answer.bytes.length + entryBytes;
  }
}
