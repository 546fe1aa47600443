import type { AccessResource, AccessVerb } from '@netyard/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../access/principal';
import { Database } from '../database/database';
import { acrossTenants } from '../database/scope';

/** What was done or refused, by whom, and from where. */
export interface AuditRecord {
  tenant: { id: string; name: string } | null;
  actor: Pick<Principal, 'id' | 'name'> & { kind: Principal['kind'] | 'unknown' };
  source: string;
  requestId: string;
  method: string;
  path: string;
  access: { resource: AccessResource; verb: AccessVerb } | null;
  object: string | null;
  status: number;
  problem: { type: string; detail: string } | null;
  before: object | null;
  after: object | null;
}

/** Those who are not let in are told of once a minute for each source: nobody can fill the database from outside. */
const strangerSeconds = 60;
const strangersKept = 10_000;

/** Writes down what was done. The database lets the API add to it, and change nothing of it. */
@Injectable()
export class AuditLog {
  readonly #strangers = new Map<string, number>();

  constructor(@Inject(Database) private readonly database: Database) {}

  async record({
    tenant,
    actor,
    source,
    requestId,
    method,
    path,
    access,
    object,
    status,
    problem,
    before,
    after,
  }: AuditRecord): Promise<void> {
    // Attempts to sign in are few: they are limited already.
    const isSignIn = access?.resource === 'session' && status !== 429;
    if (actor.kind === 'unknown' && !isSignIn && this.#isKnownStranger(source)) return;
    await acrossTenants(() =>
      this.database.query(
        `INSERT INTO audit (tenant_id, tenant, actor_kind, actor_id, actor, source, request_id, method, path, resource, verb, object, status, problem, detail, before, after)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
        [
          tenant?.id ?? null,
          tenant?.name ?? null,
          actor.kind,
          actor.id,
          storable(actor.name),
          source,
          requestId,
          method,
          storable(path),
          access?.resource ?? null,
          access?.verb ?? null,
          object === null ? null : storable(object),
          status,
          problem?.type ?? null,
          problem === null ? null : storable(problem.detail),
          before,
          after,
        ],
      ),
    );
  }

  #isKnownStranger(source: string): boolean {
    const now = Date.now();
    const last = this.#strangers.get(source) ?? 0;
    if (now - last < strangerSeconds * 1000) return true;
    if (this.#strangers.size >= strangersKept) this.#strangers.clear();
    this.#strangers.set(source, now);
    return false;
  }
}

/** What a request says may be no text that PostgreSQL keeps, and may be long. */
const storable = (text: string): string => Buffer.from(text).toString().replaceAll('\0', '\u{FFFD}').slice(0, 1024);
