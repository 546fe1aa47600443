import { join } from 'node:path';
import type { Desired, DesiredKind, FeedMessage } from '@netyard/contracts';
import type { Log } from '../operations/messages';
import { StateFile } from './state-file';

interface Content {
  version: 1;
  objects: Desired[];
}

type Keyed = { kind: DesiredKind; id: string };

/** An endpoint may be a peer at one moment and be here at the next. */
const keyOf = ({ kind, id }: Keyed): string => `${kind} ${id}`;

/**
 * A copy of the desired state on disk, from which a host restores its networks while the API is away. It may lag behind: the API's snapshot
 * has the last word.
 */
export class StateCache {
  readonly #objects = new Map<string, Desired>();
  readonly #file: StateFile<Content>;
  #named: Set<string> | null = null;

  constructor(directory: string, hostName: string, log: Log) {
    const content = (): Content => ({ version: 1, objects: [...this.#objects.values()] });
    this.#file = new StateFile(join(directory, `${hostName}.json`), 'the cached state', 1, content, log);
  }

  /** The state as messages of a feed without `in-sync`: nothing unknown may be deleted on its word. Empty if there is none that can be read. */
  read(): FeedMessage[] {
    const objects = this.#file.read()?.objects ?? [];
    for (const object of objects) this.#objects.set(keyOf(object), object);
    return objects.map((object) => ({ type: 'upsert', object }));
  }

  take(messages: FeedMessage[]): void {
    for (const message of messages) this.#take(message);
    this.#file.schedule();
  }

  /** Forgets what has gone. */
  drop(objects: Keyed[]): void {
    for (const object of objects) this.#objects.delete(keyOf(object));
    this.#file.schedule();
  }

  /** Writes at once what is not yet written. */
  flush(): void {
    this.#file.flush();
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
}
