import { Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Database } from './database/database';
import { acrossTenants } from './database/scope';
import type { Transaction } from './database/transaction';
import { forgetRetiredKeys } from './encryption/key-rotation';
import { FeedLog } from './feed/feed-log';
import { announceHost } from './hosts/host-visibility';
import { heartbeatLimitSeconds, silentCondition } from './hosts/registration.service';
import { idempotencyHours } from './http/idempotency.interceptor';
import { publishEverywhere } from './ports/everywhere';
import { finishOnSilentHosts } from './ports/port-hosts';
import { settlePortsOn } from './ports/settle-ports';
import { SandboxMoves } from './sandboxes/sandbox-moves';

const eventDays = 7;
const eventsKept = 100_000;

/** What has to be done from time to time, by one replica of all: whoever gets the lock for as long as the transaction lasts. */
@Injectable()
export class Housekeeping {
  readonly #logger = new Logger(Housekeeping.name);

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FeedLog) private readonly feed: FeedLog,
    @Inject(SandboxMoves) private readonly moves: SandboxMoves,
  ) {}

  /** Hosts that have fallen silent are no longer Ready. */
  @Interval(5_000)
  async findSilentHosts(): Promise<void> {
    await this.#alone('looking for silent hosts', async (transaction) => {
      const silent = await transaction.query<{ id: string; name: string; last_seen_at: Date | null }>(
        `UPDATE host SET is_alive = false, resource_version = resource_version + 1 WHERE is_alive AND last_seen_at < now() - make_interval(secs => $1) RETURNING id, name, last_seen_at`,
        [heartbeatLimitSeconds],
      );
      for (const { id, name, last_seen_at: lastSeenAt } of silent) {
        const condition = silentCondition(lastSeenAt);
        await transaction.query('UPDATE host SET conditions = $2 WHERE id = $1', [id, JSON.stringify([condition])]);
        await announceHost(transaction, { id, name });
        transaction.note({ tenantId: null, kind: 'host', id, name, type: 'Warning', reason: 'Silent', message: condition.message });
      }
      const ids = silent.map(({ id }) => id);
      await finishOnSilentHosts(transaction, ids);
      await settlePortsOn(transaction, ids);
    });
  }

  /** Keys of hosts that have been replaced. */
  @Interval(5_000)
  async forgetKeys(): Promise<void> {
    await this.#alone('forgetting keys', forgetRetiredKeys);
  }

  /** Ports come to hosts that could not publish them before: what was in the way has gone, or a host came at the moment in which they were made. */
  @Interval(5_000)
  async publishEverywhere(): Promise<void> {
    await this.#alone('publishing ports on every host', (transaction) => publishEverywhere(transaction, null));
  }

  /** Endpoints join their sandboxes again that have moved: what told of that may have been lost. */
  @Interval(5_000)
  async rejoin(): Promise<void> {
    await acrossTenants(() => this.moves.rejoin(null)).catch((error: unknown) =>
      this.#logger.warn(`joining again what has moved failed: ${error instanceof Error ? error.message : String(error)}`),
    );
  }

  /** What is too old to be of use goes. */
  @Interval(60_000)
  async prune(): Promise<void> {
    await this.#alone('pruning', async (transaction) => {
      await this.feed.prune(transaction);
      await transaction.query(`DELETE FROM idempotency WHERE created_at < now() - interval '${idempotencyHours} hours'`);
      await transaction.query(`DELETE FROM probe WHERE expires_at < now() - interval '1 hour'`);
      await transaction.query('DELETE FROM host_enrolment WHERE expires_at < now()');
      await transaction.query('DELETE FROM session WHERE expires_at < now()');
      await transaction.query('DELETE FROM sign_in WHERE expires_at < now()');
      await transaction.query(`DELETE FROM inquiry WHERE expires_at < now() - interval '1 minute'`);
      await transaction.query(`DELETE FROM event WHERE last_seen_at < now() - interval '${eventDays} days'`);
      await transaction.query(`DELETE FROM event WHERE id IN (SELECT id FROM event ORDER BY last_seen_at DESC OFFSET ${eventsKept})`);
    });
  }

  /** Does nothing while another replica is at it. The lock goes with the transaction, so that it needs no session of its own (PgBouncer). */
  async #alone(what: string, work: (transaction: Transaction) => Promise<void>): Promise<void> {
    try {
      await acrossTenants(() =>
        this.database.inTransaction(async (transaction) => {
          const [lock] = await transaction.query<{ mine: boolean }>('SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS mine', [
            `netyard ${what}`,
          ]);
          if (lock?.mine) await work(transaction);
        }),
      );
    } catch (error) {
      this.#logger.warn(`${what} failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
