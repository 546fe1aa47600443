import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import type { FeedEntry, Transaction } from '../database/transaction';

/** What a stream says has changed, each object once, and up to which revision. */
export interface FeedBatch {
  revision: number;
  changes: { kind: FeedEntry['kind']; id: string; name: string; revision: number }[];
}

export const retentionMs = 3_600_000;
const batchLimit = 2_000;

/** Reads the streams that transactions write. */
@Injectable()
export class FeedLog {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** What came after the revision; undefined when that is nothing. Of several changes to an object the last one is told. */
  async after(streamId: string, revision: number): Promise<FeedBatch | undefined> {
    const rows = await this.database.query<FeedBatch['changes'][number]>(
      `SELECT revision::float8 AS revision, kind, object_id AS id, name FROM feed WHERE stream_id = $1 AND revision > $2 ORDER BY revision LIMIT ${batchLimit}`,
      [streamId, revision],
    );
    const last = rows.at(-1);
    if (!last) return undefined;
    const changes = new Map<string, FeedBatch['changes'][number]>();
    for (const row of rows) {
      const key = `${row.kind} ${row.id}`;
      changes.delete(key);
      changes.set(key, row);
    }
    return { revision: last.revision, changes: [...changes.values()] };
  }

  /** The stream's last revision; undefined when there is no such stream. */
  async revision(transaction: Transaction, streamId: string): Promise<number | undefined> {
    const [row] = await transaction.query<{ revision: number }>('SELECT revision::float8 AS revision FROM stream WHERE id = $1', [
      streamId,
    ]);
    return row?.revision;
  }

  /** Whether everything after the revision is still there. */
  async canResume(streamId: string, revision: number): Promise<boolean> {
    const [row] = await this.database.query<{ last: number; least: number | null }>(
      `SELECT s.revision::float8 AS last, (SELECT min(f.revision)::float8 FROM feed f WHERE f.stream_id = s.id) AS least FROM stream s WHERE s.id = $1`,
      [streamId],
    );
    if (!row || revision > row.last) return false;
    return revision === row.last || (row.least !== null && revision >= row.least - 1);
  }

  /** Drops what is too old to be resumed from. */
  async prune(reader: Pick<Transaction, 'query'> = this.database): Promise<void> {
    await reader.query(`DELETE FROM feed WHERE created_at < now() - make_interval(secs => $1)`, [retentionMs / 1000]);
  }
}

/** A place in a stream as an event id: with the stream's mark, so that it is not taken for a place in another one. */
export const toEventId = (streamId: string, revision: number): string => `${revision}-${streamId.slice(-8)}`;

/** Reads the `Last-Event-ID` of a client; undefined when it is no place in this stream. */
export function parseEventId(streamId: string, lastEventId: string | undefined): number | undefined {
  const [, revision = '', mark] = /^(\d{1,15})-([0-9a-f]{8})$/.exec(lastEventId ?? '') ?? [];
  return mark === streamId.slice(-8) ? Number(revision) : undefined;
}
