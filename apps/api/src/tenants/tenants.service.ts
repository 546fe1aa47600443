import { isDeepStrictEqual } from 'node:util';
import {
  defaultTenantName,
  NetyardError,
  ordinaryGrants,
  type QuotaKind,
  quotaKinds,
  type Quotas,
  type TenantGrants,
} from '@netyard/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import { databaseFault } from '../database/database-fault';
import { acrossTenants } from '../database/scope';
import type { Transaction } from '../database/transaction';
import { Answer } from '../http/answer';
import type { ListQuery } from '../http/list.dto';
import type { RequestContext } from '../http/request-context';
import { PageQuery } from '../objects/list-page';
import { assertVersion, fieldError, mergeLabels, type NamedRow, newId, newMetadata, notFound, toMetadata } from '../objects/object-row';
import { forgetRouters } from '../routers/router-placement';
import { beyondGrants } from './beyond-grants';
import { changeGrants } from './grant-wish';
import { usageSql } from './quotas';
import type { BeyondGrantsDto, CreateTenantDto, PatchQuotasDto, PatchTenantDto, TenantDto, TenantPageDto } from './tenant.dto';

interface TenantRow extends NamedRow {
  address_space_id: string;
  grants: TenantGrants;
}

interface TenantView extends TenantRow {
  limits: Quotas | null;
  usage: Record<QuotaKind, number>;
}

const viewSql = (rows: string, more = ''): string => `
  SELECT t.*, q.limits, jsonb_build_object(${Object.entries(usageSql)
    .map(([kind, sql]) => `'${kind}', (${sql('t.id')})`)
    .join(', ')}, 'probesPerMinute', CASE WHEN q.probe_minute = date_trunc('minute', now()) THEN q.probe_count ELSE 0 END) AS usage ${more}
  FROM (${rows}) t LEFT JOIN tenant_quota q ON q.tenant_id = t.id`;

const byIdSql = viewSql('SELECT * FROM tenant WHERE id = $1');

/** Tenants are the deployment's: all of this runs across them. What the guard has let through is about the tenant of the context. */
@Injectable()
export class TenantsService {
  constructor(@Inject(Database) private readonly database: Database) {}

  list({ principal }: RequestContext, query: ListQuery): Promise<TenantPageDto> {
    return acrossTenants(async () => {
      const page = new PageQuery('tenant', null, query);
      if (principal.everywhere === null)
        page.where(`id = ANY (${page.bind(principal.memberships.map(({ tenantId }) => tenantId))}::uuid[])`);
      const { rows, nextCursor } = page.page(
        await this.database.queryOnce<TenantView & { sort_key: string }>(
          `${viewSql(page.rows, `, ${page.sortKey('t')}`)} ${page.order('t')}`,
          page.values,
        ),
      );
      const beyond = await beyondGrants(this.database, rows);
      return { items: rows.map((row) => toTenantDto(row, beyond.get(row.id))), nextCursor };
    });
  }

  async get({ tenantId, tenantName }: { tenantId: string; tenantName: string }): Promise<TenantDto> {
    return acrossTenants(async () => {
      const [row] = await this.database.query<TenantView>(byIdSql, [tenantId]);
      if (!row) throw notFound('tenant', tenantName);
      return toTenantDto(row, (await beyondGrants(this.database, [row])).get(row.id));
    });
  }

  async create({ metadata, spec }: CreateTenantDto): Promise<Answer<TenantDto>> {
    const { id, name, labels } = newMetadata('tenant', metadata);
    try {
      await acrossTenants(() =>
        this.database.inTransaction(async (transaction) => {
          const addressSpaceId = newId();
          await transaction.query('INSERT INTO address_space (id) VALUES ($1)', [addressSpaceId]);
          await transaction.query('INSERT INTO stream (id) VALUES ($1)', [id]);
          await transaction.query('INSERT INTO tenant (id, name, labels, address_space_id, grants) VALUES ($1, $2, $3, $4, $5)', [
            id,
            name,
            labels,
            addressSpaceId,
            await changeGrants(transaction, ordinaryGrants, spec?.grants),
          ]);
          await writeQuotas(transaction, id, {}, spec?.quotas);
        }),
      );
      return new Answer(201, await this.get({ tenantId: id, tenantName: name }));
    } catch (error) {
      if (databaseFault(error).constraint !== 'tenant_name_key') throw error;
      throw fieldError('name-taken', `there is a tenant ${name} already`, '/metadata/name');
    }
  }

  async patch(context: RequestContext, { metadata, spec }: PatchTenantDto): Promise<Answer<TenantDto>> {
    await acrossTenants(() =>
      this.database.inTransaction(async (transaction) => {
        const present = await this.#lock(transaction, context);
        const grants = await changeGrants(transaction, present.grants, spec?.grants);
        const areNewQuotas = await writeQuotas(transaction, present.id, await limitsOf(transaction, present.id), spec?.quotas);
        const isNewSpec = areNewQuotas || !isDeepStrictEqual(grants, present.grants);
        await transaction.query(
          'UPDATE tenant SET labels = $2, grants = $3, generation = generation + $4, resource_version = resource_version + 1 WHERE id = $1',
          [present.id, mergeLabels(present.labels, metadata?.labels), grants, isNewSpec ? 1 : 0],
        );
      }),
    );
    return new Answer(200, await this.get(context));
  }

  /** Throws NetyardError `in-use` that says what there is in it. */
  async remove(context: RequestContext): Promise<Answer<never>> {
    await acrossTenants(() =>
      this.database.inTransaction(async (transaction) => {
        const { id, name, address_space_id: addressSpaceId } = await this.#lock(transaction, context);
        if (name === defaultTenantName)
          throw new NetyardError('in-use', 'the default tenant stays: the default networks of hosts are its own');
        await assertEmpty(transaction, id, name);
        await forgetRouters(transaction, 'tenant_id', id);
        for (const table of ['probe', 'event', 'idempotency', 'host_tenant', 'network_use'])
          await transaction.query(`DELETE FROM ${table} WHERE tenant_id = $1`, [id]);
        await transaction.query('DELETE FROM tenant WHERE id = $1', [id]);
        await transaction.query('DELETE FROM address_space WHERE id = $1', [addressSpaceId]);
        await transaction.query('DELETE FROM stream WHERE id = $1', [id]);
        await transaction.query('DELETE FROM feed WHERE stream_id = $1', [id]);
      }),
    );
    return Answer.gone();
  }

  async #lock(transaction: Transaction, context: RequestContext): Promise<TenantRow> {
    const [row] = await transaction.query<TenantRow>('SELECT * FROM tenant WHERE id = $1 FOR UPDATE', [context.tenantId]);
    if (!row) throw notFound('tenant', context.tenantName);
    assertVersion(context, 'tenant', row);
    return row;
  }
}

async function assertEmpty(transaction: Transaction, id: string, name: string): Promise<void> {
  const kinds = ['network', 'sandbox', 'endpoint', 'policy'] as const;
  const found = await transaction.query<{ kind: string; count: number; names: string[] }>(
    kinds
      .map(
        (kind) =>
          `SELECT '${kind}' AS kind, count(*)::int AS count, (array_agg(name ORDER BY name))[1:3] AS names FROM ${kind} WHERE tenant_id = $1 HAVING count(*) > 0`,
      )
      .join(' UNION ALL '),
    [id],
  );
  if (found.length === 0) return;
  const told = found.map(
    ({ kind, count, names }) => `${kind} ${names.join(', ')}${count > names.length ? ` and ${count - names.length} more` : ''}`,
  );
  throw new NetyardError('in-use', `tenant ${name} has ${told.join('; ')}: delete them first`);
}

async function limitsOf(transaction: Transaction, tenantId: string): Promise<Quotas> {
  const [row] = await transaction.query<{ limits: Quotas }>('SELECT limits FROM tenant_quota WHERE tenant_id = $1', [tenantId]);
  return row?.limits ?? {};
}

/** Merges quotas into the present ones; says whether that changed any. Without any, the tenant has no row, and nobody waits for it. */
async function writeQuotas(transaction: Transaction, tenantId: string, present: Quotas, patch: PatchQuotasDto = {}): Promise<boolean> {
  const merged = Object.entries({ ...present, ...patch }).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
  const wanted: Quotas = Object.fromEntries(merged);
  if (isDeepStrictEqual(wanted, present)) return false;
  if (merged.length === 0) await transaction.query('DELETE FROM tenant_quota WHERE tenant_id = $1', [tenantId]);
  else
    await transaction.query(
      'INSERT INTO tenant_quota (tenant_id, limits) VALUES ($1, $2) ON CONFLICT (tenant_id) DO UPDATE SET limits = excluded.limits',
      [tenantId, wanted],
    );
  return true;
}

const noQuotas = Object.fromEntries(quotaKinds.map((kind) => [kind, null])) as Record<QuotaKind, null>;

const toTenantDto = (row: TenantView, beyondGrants: BeyondGrantsDto[] = []): TenantDto => ({
  metadata: toMetadata(row),
  spec: { grants: row.grants, quotas: { ...noQuotas, ...row.limits } },
  status: { usage: row.usage, beyondGrants },
});
