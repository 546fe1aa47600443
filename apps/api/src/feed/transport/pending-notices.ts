import type { Notice } from './feed-transport';

/** What is to be told of each stream: of several notices the newest revision, with all of their steps. */
export class PendingNotices {
  #byStream = new Map<string, Notice>();

  get isEmpty(): boolean {
    return this.#byStream.size === 0;
  }

  add(notices: Iterable<Notice>): void {
    for (const notice of notices) {
      const known = this.#byStream.get(notice.streamId);
      this.#byStream.set(notice.streamId, known ? merged(known, notice) : notice);
    }
  }

  /** All of them, and begins anew. */
  take(): Notice[] {
    const notices = [...this.#byStream.values()];
    this.#byStream = new Map();
    return notices;
  }
}

/** Revisions of one process need not follow each other: those in between are another's, and read as well. */
function merged(one: Notice, other: Notice): Notice {
  const revision = Math.max(one.revision, other.revision);
  const after = Math.min(one.revision - one.steps, other.revision - other.steps);
  return { ...other, revision, steps: revision - after };
}
