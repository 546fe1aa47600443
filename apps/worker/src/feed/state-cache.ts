import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Desired, DesiredKind, FeedMessage } from '@netyard/contracts';
import type { Log } from '../operations/messages';

const fileVersion = 1;
const writeDelayMs = 1_000;

type Keyed = { kind: DesiredKind; id: string };

/** An endpoint may be a peer at one moment and be here at the next. */
const keyOf = ({ kind, id }: Keyed): string => `${kind} ${id}`;

/**
 * A copy of the desired state on disk, from which a host restores its networks while the API is away. It may lag behind: the API's snapshot
 * has the last word. Written to a new file that takes the old one's place, so that it is whole at any time.
 */
export class StateCache {
  readonly #objects = new Map<string, Desired>();
  readonly #path: string;
  #named: Set<string> | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    directory: string,
    hostName: string,
    private readonly log: Log,
  ) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    this.#path = join(directory, `${hostName}.json`);
  }

  /** The state as messages of a feed without `in-sync`: nothing unknown may be deleted on its word. Empty if there is none that can be read. */
  read(): FeedMessage[] {
    try {
      const { version, objects }: { version: number; objects: Desired[] } = JSON.parse(readFileSync(this.#path, 'utf8'));
      if (version !== fileVersion) return [];
      for (const object of objects) this.#objects.set(keyOf(object), object);
      return objects.map((object) => ({ type: 'upsert', object }));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        this.log('warn', 'the cached state cannot be read; waiting for the API', { path: this.#path, error: String(error) });
      }
      return [];
    }
  }

  take(messages: FeedMessage[]): void {
    for (const message of messages) this.#take(message);
    this.#schedule();
  }

  /** Forgets what has gone. */
  drop(objects: Keyed[]): void {
    for (const object of objects) this.#objects.delete(keyOf(object));
    this.#schedule();
  }

  /** Writes at once what is not yet written. */
  flush(): void {
    if (!this.#timer) return;
    clearTimeout(this.#timer);
    this.#write();
  }

  #take(message: FeedMessage): void {
    switch (message.type) {
      case 'snapshot':
        this.#named = new Set();
        return;
      case 'upsert':
        if (message.object.kind === 'probe' || message.object.kind === 'inquiry') return;
        this.#named?.add(keyOf(message.object));
        this.#objects.set(keyOf(message.object), message.object);
        return;
      case 'delete':
        this.#objects.delete(keyOf(message));
        if (message.kind === 'network') this.#dropPeers(message.id);
        return;
      case 'in-sync':
        if (this.#named) for (const key of this.#objects.keys()) if (!this.#named.has(key)) this.#objects.delete(key);
        this.#named = null;
        return;
      case 'resume':
        this.#named = null;
        return;
    }
  }

  /** They are of no use without their network. */
  #dropPeers(networkId: string): void {
    for (const [key, object] of this.#objects) if (object.kind === 'peer' && object.networkId === networkId) this.#objects.delete(key);
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => this.#write(), writeDelayMs);
  }

  #write(): void {
    this.#timer = undefined;
    const next = `${this.#path}.new`;
    try {
      writeFileSync(next, JSON.stringify({ version: fileVersion, objects: [...this.#objects.values()] }), { mode: 0o600, flush: true });
      renameSync(next, this.#path);
    } catch (error) {
      this.log('error', 'the state cannot be cached on disk', { path: this.#path, error: String(error) });
    }
  }
}
