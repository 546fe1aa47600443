import type { Condition, HostRegistration } from '@netyard/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import type { ListQuery } from '../http/list.dto';
import type { RequestContext } from '../http/request-context';
import { readyCondition } from '../objects/conditions';
import { PageQuery } from '../objects/list-page';
import { findByReference, type NamedRow, splitReferences, toMetadata } from '../objects/object-row';
import { hostKeysSql } from '../encryption/host-key.view';
import type { HostDto, HostKeyStatusDto, HostPageDto } from './host.dto';
import { isHostVisible } from './host-visibility';
import { underlayClashCondition, underlayClashSql } from './underlay-clash';

export interface HostRow extends NamedRow {
  conditions: Condition[];
  facts: HostRegistration | null;
  last_seen_at: Date | null;
  is_alive: boolean;
  is_drained: boolean;
}

type HostView = HostRow & { tenants: string[]; keys: HostKeyStatusDto[]; underlay_clash: string | null };

type Viewer = Pick<RequestContext, 'tenantId' | 'seesDeployment'>;

const viewSql = (rows: string, more = ''): string => `
  SELECT h.*, ARRAY(SELECT t.name FROM host_tenant ht JOIN tenant t ON t.id = ht.tenant_id WHERE ht.host_id = h.id ORDER BY t.name) AS tenants, ${hostKeysSql} AS keys, ${underlayClashSql} AS underlay_clash ${more} FROM (${rows}) h`;

/** Every host for those who see the deployment, those that are there for its tenant for others: `$1` is the tenant, or null. */
const seen = `($1::uuid IS NULL OR ${isHostVisible('host', '$1')})`;
const byIdsSql = viewSql(`SELECT * FROM host WHERE ${seen} AND id = ANY ($2::uuid[])`);
const byReferenceSql = viewSql(`SELECT * FROM host WHERE ${seen} AND (name = ANY ($2) OR id = ANY ($3::uuid[]))`);
const someSql = viewSql(`SELECT * FROM host WHERE ${seen} AND id > $2 ORDER BY id LIMIT $3`);

/** Hosts as somebody sees them: those that are not there for a tenant are not there at all, and a tenant is told what it needs to place something. */
export class SeenHosts {
  readonly #tenantId: string | null;

  constructor(
    private readonly database: Pick<Database, 'query' | 'queryOnce'>,
    private readonly viewer: Viewer,
  ) {
    this.#tenantId = viewer.seesDeployment ? null : viewer.tenantId;
  }

  async byIds(ids: string[], reader: Pick<Transaction, 'query'> = this.database): Promise<HostDto[]> {
    return ids.length === 0 ? [] : (await reader.query<HostView>(byIdsSql, [this.#tenantId, ids])).map((row) => this.#toDto(row));
  }

  async byReference(ref: string): Promise<HostDto | undefined> {
    const { names, ids } = splitReferences([ref]);
    const row = findByReference(await this.database.query<HostView>(byReferenceSql, [this.#tenantId, names, ids]), ref);
    return row && this.#toDto(row);
  }

  /** Some of all hosts, those after an id. */
  async some(reader: Transaction, _tenantId: string, afterId: string, limit: number): Promise<HostDto[]> {
    return (await reader.query<HostView>(someSql, [this.#tenantId, afterId, limit])).map((row) => this.#toDto(row));
  }

  async list(query: ListQuery): Promise<HostPageDto> {
    const page = new PageQuery('host', null, query);
    if (this.#tenantId !== null) page.where(isHostVisible('host', page.bind(this.#tenantId)));
    const sql = `${viewSql(page.rows, `, ${page.sortKey('h')}`)} ${page.order('h')}`;
    const { rows, nextCursor } = page.page(await this.database.queryOnce<HostView & { sort_key: string }>(sql, page.values));
    return { items: rows.map((row) => this.#toDto(row)), nextCursor };
  }

  #toDto(row: HostView): HostDto {
    return this.viewer.seesDeployment ? toHostDto(row) : toReducedHostDto(row);
  }
}

/** Reading hosts. They are the deployment's: what a tenant gets to see of them is for `seenBy` to say. */
@Injectable()
export class HostQueries {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Names of tenants are not a tenant's to read; those who see the deployment do so across tenants. */
  seenBy(viewer: Viewer): SeenHosts {
    return new SeenHosts(this.database, viewer);
  }

  async rowByReference(ref: string, reader: Pick<Transaction, 'query'> = this.database, lock = false): Promise<HostRow | undefined> {
    const { names, ids } = splitReferences([ref]);
    const sql = 'SELECT * FROM host WHERE name = ANY ($1) OR id = ANY ($2::uuid[])';
    return findByReference(await reader.query<HostRow>(lock ? `${sql} FOR UPDATE` : sql, [names, ids]), ref);
  }
}

export function toHostDto(row: HostView): HostDto {
  const { facts } = row;
  return {
    metadata: toMetadata(row),
    spec: { tenants: row.tenants, drained: row.is_drained },
    status: {
      conditions: conditionsOf(row),
      lastSeenAt: row.last_seen_at?.toISOString() ?? null,
      kernelRelease: facts?.kernelRelease || null,
      workerVersion: facts?.workerVersion || null,
      routes: facts?.routes ?? [],
      uplinkMtuBytes: facts?.uplinkMtuBytes ?? null,
      drivers: facts?.drivers ?? [],
      features: facts?.features ?? [],
      links: facts?.links ?? [],
      underlay: facts?.underlay ?? [],
      keys: row.keys,
      paths: facts?.paths ?? [],
    },
  };
}

function conditionsOf({ conditions, underlay_clash: clash, created_at: createdAt }: HostView): Condition[] {
  if (clash === null) return conditions;
  return [...conditions, underlayClashCondition(clash, readyCondition(conditions)?.lastTransitionTime ?? createdAt.toISOString())];
}

/** Without what tells of the machine and its surroundings. */
function toReducedHostDto(row: HostView): HostDto {
  const { facts } = row;
  return toHostDto({
    ...row,
    tenants: [],
    last_seen_at: null,
    keys: [],
    underlay_clash: null,
    facts: facts && { ...facts, kernelRelease: '', workerVersion: '', routes: [], links: [], underlay: [], paths: [] },
  });
}
