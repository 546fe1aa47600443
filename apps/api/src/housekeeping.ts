import { Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Database } from './database/database';
import { FeedLog } from './feed/feed-log';
import { heartbeatLimitSeconds, silentCondition } from './hosts/registration.service';
import { idempotencyHours } from './http/idempotency.interceptor';

const eventDays = 7;
const eventsKept = 100_000;

/** What has to be done from time to time. Every replica does it: it is harmless to do it twice. */
@Injectable()
export class Housekeeping {
  readonly #logger = new Logger(Housekeeping.name);

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FeedLog) private readonly feed: FeedLog,
  ) {}

  /** Hosts that have fallen silent are no longer Ready. */
  @Interval(5_000)
  async findSilentHosts(): Promise<void> {
    await this.#quietly('looking for silent hosts', () =>
      this.database.inTransaction(async (transaction) => {
        const silent = await transaction.query<{ id: string; name: string; tenant_id: string; last_seen_at: Date | null }>(
          `UPDATE host SET is_alive = false, resource_version = resource_version + 1 WHERE is_alive AND last_seen_at < now() - make_interval(secs => $1) RETURNING id, name, tenant_id, last_seen_at`,
          [heartbeatLimitSeconds],
        );
        for (const { id, name, tenant_id: tenantId, last_seen_at: lastSeenAt } of silent) {
          const condition = silentCondition(lastSeenAt);
          await transaction.query('UPDATE host SET conditions = $2 WHERE id = $1', [id, JSON.stringify([condition])]);
          transaction.announce(tenantId, 'host', id, name);
          transaction.note({ tenantId, kind: 'host', id, name, type: 'Warning', reason: 'Silent', message: condition.message });
        }
      }),
    );
  }

  /** What is too old to be of use goes. */
  @Interval(60_000)
  async prune(): Promise<void> {
    await this.#quietly('pruning', async () => {
      await this.feed.prune();
      await this.database.query(`DELETE FROM idempotency WHERE created_at < now() - interval '${idempotencyHours} hours'`);
      await this.database.query(`DELETE FROM probe WHERE expires_at < now() - interval '1 hour'`);
      await this.database.query(`DELETE FROM inquiry WHERE expires_at < now() - interval '1 minute'`);
      await this.database.query(`DELETE FROM event WHERE last_seen_at < now() - interval '${eventDays} days'`);
      await this.database.query(`DELETE FROM event WHERE id IN (SELECT id FROM event ORDER BY last_seen_at DESC OFFSET ${eventsKept})`);
    });
  }

  async #quietly(what: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#logger.warn(`${what} failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
