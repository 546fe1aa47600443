import { isDeepStrictEqual } from 'node:util';
import { defaultTenantName, NetyardError, ordinaryGrants, type TenantGrants } from '@netyard/contracts';
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
import type { CreateTenantDto, PatchTenantDto, TenantDto, TenantPageDto } from './tenant.dto';

interface TenantView extends NamedRow {
  address_space_id: string;
  grants: TenantGrants;
}

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
          `SELECT t.*, ${page.sortKey('t')} FROM (${page.rows}) t ${page.order('t')}`,
          page.values,
        ),
      );
      return { items: rows.map(toTenantDto), nextCursor };
    });
  }

  async get({ tenantId, tenantName }: RequestContext): Promise<TenantDto> {
    const [row] = await acrossTenants(() => this.database.query<TenantView>('SELECT * FROM tenant WHERE id = $1', [tenantId]));
    if (!row) throw notFound('tenant', tenantName);
    return toTenantDto(row);
  }

  async create({ metadata, spec }: CreateTenantDto): Promise<Answer<TenantDto>> {
    const { id, name, labels } = newMetadata('tenant', metadata);
    try {
      const row = await acrossTenants(() =>
        this.database.inTransaction(async (transaction) => {
          const addressSpaceId = newId();
          await transaction.query('INSERT INTO address_space (id) VALUES ($1)', [addressSpaceId]);
          await transaction.query('INSERT INTO stream (id) VALUES ($1)', [id]);
          const [made] = await transaction.query<TenantView>(
            'INSERT INTO tenant (id, name, labels, address_space_id, grants) VALUES ($1, $2, $3, $4, $5) RETURNING *',
            [id, name, labels, addressSpaceId, { ...ordinaryGrants, ...spec?.grants }],
          );
          return made;
        }),
      );
      if (!row) throw new Error(`tenant ${name} is not there after its creation`);
      return new Answer(201, toTenantDto(row));
    } catch (error) {
      if (databaseFault(error).constraint !== 'tenant_name_key') throw error;
      throw fieldError('name-taken', `there is a tenant ${name} already`, '/metadata/name');
    }
  }

  async patch(context: RequestContext, { metadata, spec }: PatchTenantDto): Promise<Answer<TenantDto>> {
    const row = await acrossTenants(() =>
      this.database.inTransaction(async (transaction) => {
        const present = await this.#lock(transaction, context);
        const grants = { ...present.grants, ...spec?.grants };
        const [changed] = await transaction.query<TenantView>(
          'UPDATE tenant SET labels = $2, grants = $3, generation = generation + $4, resource_version = resource_version + 1 WHERE id = $1 RETURNING *',
          [present.id, mergeLabels(present.labels, metadata?.labels), grants, isDeepStrictEqual(grants, present.grants) ? 0 : 1],
        );
        return changed ?? present;
      }),
    );
    return new Answer(200, toTenantDto(row));
  }

  /** Throws NetyardError `in-use` that says what there is in it. */
  async remove(context: RequestContext): Promise<Answer<never>> {
    await acrossTenants(() =>
      this.database.inTransaction(async (transaction) => {
        const { id, name, address_space_id: addressSpaceId } = await this.#lock(transaction, context);
        if (name === defaultTenantName)
          throw new NetyardError('in-use', 'the default tenant stays: the default networks of hosts are its own');
        await assertEmpty(transaction, id, name);
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

  async #lock(transaction: Transaction, context: RequestContext): Promise<TenantView> {
    const [row] = await transaction.query<TenantView>('SELECT * FROM tenant WHERE id = $1 FOR UPDATE', [context.tenantId]);
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

const toTenantDto = (row: TenantView): TenantDto => ({ metadata: toMetadata(row), spec: { grants: row.grants } });
