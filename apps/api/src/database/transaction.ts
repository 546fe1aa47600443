import type { ObjectKind } from '@netyard/contracts';
import { createHash } from 'node:crypto';
import type { PoolClient, QueryResultRow } from 'pg';
import { takeRole } from './roles';
import type { Scope } from './scope';

/** A change that a stream tells of: a reference only, the reader looks the object up. */
export interface FeedEntry {
  /** Inquiries, keys and peers are in the streams of hosts alone; `peers` are all of a network, by its id. */
  kind: ObjectKind | 'inquiry' | 'key' | 'peer' | 'peers';
  id: string;
  name: string;
}

/** Something that people may want to read later. */
export interface EventNote extends FeedEntry {
  kind: ObjectKind;
  /** Null for what happens to the deployment: of hosts. */
  tenantId: string | null;
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
  /** The host that told of it. */
  hostId?: string;
}

/** What a transaction added to one stream: what came after one revision, up to another. */
export interface StreamGrowth {
  streamId: string;
  after: number;
  revision: number;
  changes: (FeedEntry & { revision: number })[];
}

const statementNames = new Map<string, string>();

/** Statements are planned once for each connection and role, whose plans differ, under a name that follows from their text. */
function statementName(sql: string, scope: Scope): string {
  let name = statementNames.get(sql);
  if (name === undefined) statementNames.set(sql, (name = createHash('sha1').update(sql).digest('hex').slice(0, 16)));
  return scope === 'deployment' ? `nyd_${name}` : `nyt_${name}`;
}

/** The streams' rows are locked in one order, until the commit: so revisions are in the order of commits, and none is passed over. */
const publishSql = `
  WITH entry AS (
    SELECT *, row_number() OVER (PARTITION BY stream_id ORDER BY n) AS step FROM (
      SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[]) WITH ORDINALITY AS e (stream_id, kind, object_id, name, n)
      -- Whoever a network is shared with follows it as well.
      UNION ALL SELECT u.tenant_id, e.kind, e.object_id, e.name, e.n FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[]) WITH ORDINALITY AS e (stream_id, kind, object_id, name, n)
        JOIN network_use u ON u.network_id = e.object_id AND u.owner_id = e.stream_id AND u.tenant_id <> u.owner_id WHERE e.kind = 'network'
    ) e
  ), locked AS MATERIALIZED (
    SELECT id FROM stream WHERE id IN (SELECT stream_id FROM entry) ORDER BY id FOR UPDATE
  ), bumped AS (
    UPDATE stream s SET revision = s.revision + t.steps
    FROM locked l JOIN (SELECT stream_id, count(*) AS steps FROM entry GROUP BY stream_id) t ON t.stream_id = l.id
    WHERE s.id = l.id
    RETURNING s.id, s.revision, t.steps
  ), written AS (
    INSERT INTO feed (stream_id, revision, kind, object_id, name)
    SELECT e.stream_id, b.revision - b.steps + e.step, e.kind, e.object_id, e.name FROM entry e JOIN bumped b ON b.id = e.stream_id
  ), noted AS (
    INSERT INTO event (id, tenant_id, kind, object_id, object_name, type, reason, message, count, host_id)
    SELECT gen_random_uuid(), e."tenantId", e.kind, e.id, e.name, e.type, e.reason, e.message, e.count, e."hostId"
    FROM jsonb_to_recordset($5::jsonb) AS e ("tenantId" uuid, kind text, id uuid, name text, type text, reason text, message text, count int, "hostId" uuid)
    ON CONFLICT (object_id, reason, md5(message), host_id) DO UPDATE SET count = event.count + excluded.count, last_seen_at = now(), object_name = excluded.object_name
  )
  SELECT b.id, b.revision::float8 AS revision, b.steps::int AS steps,
    (SELECT jsonb_agg(jsonb_build_object('kind', e.kind, 'id', e.object_id, 'name', e.name, 'revision', b.revision - b.steps + e.step) ORDER BY e.step) FROM entry e WHERE e.stream_id = b.id) AS changes
  FROM bumped b`;

/** One transaction, and what it has to tell when it commits. */
export class Transaction {
  readonly #announced = new Map<string, { streamId: string } & FeedEntry>();
  readonly #notes = new Map<string, EventNote & { count: number }>();

  /** `isPrepared`: statements are kept by name in the session, which is the same for every transaction of the client. */
  constructor(
    private readonly client: PoolClient,
    private scope: Scope,
    private readonly isPrepared: boolean,
  ) {}

  /**
   * From here on the transaction sees the rows of all tenants. What a request names has been found before this, behind the wall; what follows from it may
   * touch what is others': the hosts' ports, a network that is shared, what was joined to it. Does nothing when that is so already.
   */
  async leaveTenant(): Promise<void> {
    if (this.scope === 'deployment') return;
    this.scope = 'deployment';
    await this.client.query(takeRole(this.scope));
  }

  /** Runs one statement. Its text must be one of few: it is prepared and kept. */
  async query<Row extends QueryResultRow = QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
    const statement = { text: sql, values };
    return (await this.client.query<Row>(this.isPrepared ? { ...statement, name: statementName(sql, this.scope) } : statement)).rows;
  }

  /** Puts a change into a stream when the transaction commits; the same change twice is one. */
  announce(streamId: string, kind: FeedEntry['kind'], id: string, name: string): void {
    this.#announced.set(`${streamId} ${kind} ${id}`, { streamId, kind, id, name });
  }

  /** Writes an event when the transaction commits; repeats are counted. */
  note(note: EventNote): void {
    const key = `${note.id} ${note.reason} ${note.message}`;
    const same = this.#notes.get(key);
    if (same) same.count++;
    else this.#notes.set(key, { ...note, count: 1 });
  }

  /** Must be the last statement: from here to the commit nobody else can write to the same streams. */
  async publish(): Promise<StreamGrowth[]> {
    const entries = [...this.#announced.values()];
    if (entries.length + this.#notes.size === 0) return [];
    // Hosts and other tenants are told, too.
    await this.leaveTenant();
    const streams = await this.query<{ id: string; revision: number; steps: number; changes: StreamGrowth['changes'] }>(publishSql, [
      entries.map(({ streamId }) => streamId),
      entries.map(({ kind }) => kind),
      entries.map(({ id }) => id),
      entries.map(({ name }) => name),
      JSON.stringify([...this.#notes.values()]),
    ]);
    return streams.map(({ id: streamId, revision, steps, changes }) => ({ streamId, after: revision - steps, revision, changes }));
  }
}
