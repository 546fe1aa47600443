import { NetyardError } from '@netyard/contracts';
import { Injectable } from '@nestjs/common';
import type { Principal } from '../access/principal';

/** As many watches of one token or session may stand at a replica. */
export const watchesAtOnce = 64;
/** A full account keeps a connection to the database for as long as its reader takes: a tenant's readers are not to have all of them. */
const accountsAtOnce = 2;
const retryAfterSeconds = 5;

/** How many watches there may be of a token, and how many full accounts of a tenant are read at once. Each replica counts for itself. */
@Injectable()
export class WatchLimit {
  readonly #open = new Map<string, number>();
  readonly #readers = new Map<string, { count: number; waiting: (() => void)[] }>();

  /** Counts a watch until the function that it gives is called. Throws NetyardError `rate-limited`. Tokens of the environment are the deployment's own, and not limited. */
  open({ id, sessionId }: Pick<Principal, 'id' | 'sessionId'>): () => void {
    if (id === null) return () => undefined;
    const key = sessionId ?? id;
    const count = this.#open.get(key) ?? 0;
    if (count >= watchesAtOnce)
      throw new NetyardError('rate-limited', `the token has the ${watchesAtOnce} watches that it may have at once`, [], {
        retryAfterSeconds,
      });
    this.#open.set(key, count + 1);
    return () => {
      const left = (this.#open.get(key) ?? 1) - 1;
      if (left > 0) this.#open.set(key, left);
      else this.#open.delete(key);
    };
  }

  /** Does the work when it is the tenant's turn. */
  async inTurn<Result>(tenantId: string, work: () => Promise<Result>): Promise<Result> {
    const readers = this.#readers.get(tenantId) ?? { count: 0, waiting: [] };
    this.#readers.set(tenantId, readers);
    if (readers.count < accountsAtOnce) readers.count++;
    else await new Promise<void>((resume) => readers.waiting.push(resume));
    try {
      return await work();
    } finally {
      const next = readers.waiting.shift();
      if (next) next();
      else if (--readers.count === 0) this.#readers.delete(tenantId);
    }
  }
}
