import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Log } from '../operations/messages';

const writeDelayMs = 1_000;

/** A file of JSON that is whole at any time: written to a new one that takes the old one's place. It may lag behind by a second. */
export class StateFile<Content extends { version: number }> {
  #timer: NodeJS.Timeout | undefined;

  /** `what`: in the words of a log. `content` is asked for what is to be written. */
  constructor(
    private readonly path: string,
    private readonly what: string,
    private readonly version: Content['version'],
    private readonly content: () => Content,
    private readonly log: Log,
  ) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  }

  /** Undefined when there is none that can be read, or one of another version. */
  read(): Content | undefined {
    try {
      const content: Content = JSON.parse(readFileSync(this.path, 'utf8'));
      return content.version === this.version ? content : undefined;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
        this.log('warn', `${this.what} cannot be read`, { path: this.path, error: String(error) });
      return undefined;
    }
  }

  /** Has it written soon. */
  schedule(): void {
    this.#timer ??= setTimeout(() => this.#write(), writeDelayMs);
  }

  /** Writes at once what is not yet written. */
  flush(): void {
    if (!this.#timer) return;
    clearTimeout(this.#timer);
    this.#write();
  }

  #write(): void {
    this.#timer = undefined;
    const next = `${this.path}.new`;
    try {
      writeFileSync(next, JSON.stringify(this.content()), { mode: 0o600, flush: true });
      renameSync(next, this.path);
    } catch (error) {
      this.log('error', `${this.what} cannot be kept on disk`, { path: this.path, error: String(error) });
    }
  }
}
