import { Inject, Injectable } from '@nestjs/common';
import type { Condition } from '@netyard/contracts';
import { Answer } from '../http/answer';
import type { RequestContext } from '../http/request-context';
import { isReadyAt } from './conditions';
import { FeedHub, type ObjectWatch } from '../feed/feed-hub';

/** How one looks at objects while waiting for them. */
export interface Settled<Dto> {
  /** Those that still exist. */
  load(ids: string[]): Promise<Dto[]>;
  idOf(dto: Dto): string;
  /** Whether there is nothing left to wait for. */
  isSettled(dto: Dto): boolean;
}

interface Ready {
  metadata: { id: string; generation: number; deletionRequestedAt: string | null };
  status: { conditions: Condition[] };
}

/** Looks at objects until they are Ready as they were last asked for. */
export const whenReady = <Dto extends Ready>(queries: { byIds(ids: string[]): Promise<Dto[]> }): Settled<Dto> => ({
  load: (ids) => queries.byIds(ids),
  idOf: ({ metadata }) => metadata.id,
  isSettled: ({ metadata, status }) => metadata.deletionRequestedAt === null && isReadyAt(status.conditions, metadata.generation),
});

/** Holds answers back until hosts have done what was asked, where the request prefers that (RFC 7240 section 4.3). */
@Injectable()
export class Settling {
  constructor(@Inject(FeedHub) private readonly hub: FeedHub) {}

  /** Runs a change with a watch that is to be told the ids of what it changes, before it commits. */
  async watching<Result>(work: (watch: ObjectWatch) => Promise<Result>): Promise<Result> {
    const watch = this.hub.watchObjects();
    try {
      return await work(watch);
    } finally {
      watch.close();
    }
  }

  /** Waits until the objects are settled or gone, or the time is up; gives them as they then are, in the order of the ids. */
  async settle<Dto>(watch: ObjectWatch, ids: string[], waitSeconds: number | null, look: Settled<Dto>): Promise<(Dto | undefined)[]> {
    const seen = new Map<string, Dto>();
    const pending = new Set(ids);
    const take = async (some: string[]): Promise<void> => {
      const found = new Map((await look.load(some)).map((dto) => [look.idOf(dto), dto]));
      for (const id of some) {
        const dto = found.get(id);
        if (dto) seen.set(id, dto);
        else seen.delete(id);
        if (!dto || look.isSettled(dto)) pending.delete(id);
      }
    };
    if (waitSeconds === null || waitSeconds === 0) {
      await take(ids);
      return ids.map((id) => seen.get(id));
    }
    await this.#waitFor(watch, pending, waitSeconds, take);
    const unread = ids.filter((id) => pending.has(id) && !seen.has(id));
    if (unread.length > 0) await take(unread);
    return ids.map((id) => seen.get(id));
  }

  async #waitFor(watch: ObjectWatch, pending: Set<string>, waitSeconds: number, take: (ids: string[]) => Promise<void>): Promise<void> {
    const unknown = [...pending].filter((id) => !watch.isPending(id));
    if (unknown.length > 0) await take(unknown);
    const deadline = Date.now() + waitSeconds * 1000;
    while (pending.size > 0 && !this.hub.stopping.aborted) {
      const remaining = deadline - Date.now();
      if (remaining <= 0) return;
      const changed = (await watch.next(remaining)).filter((id) => pending.has(id));
      if (changed.length > 0) await take(changed);
    }
  }

  /** What `Preference-Applied` has to say. */
  static applied({ waitSeconds, respondAsync }: RequestContext): Record<string, string> {
    if (respondAsync) return { 'Preference-Applied': 'respond-async' };
    return waitSeconds === null ? {} : { 'Preference-Applied': `wait=${waitSeconds}` };
  }

  /** The answer of a deletion: 204 once it is gone, 202 with what is still there. */
  static removed<Dto>(context: RequestContext, dto: Dto | undefined): Answer<Dto> {
    return dto === undefined ? Answer.gone(Settling.applied(context)) : new Answer(202, dto, Settling.applied(context));
  }
}
