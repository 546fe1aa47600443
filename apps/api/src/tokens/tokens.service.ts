import type { AccessScope, DeploymentRole, TenantRole } from '@netyard/contracts';
import { Prefix } from '@netyard/inet';
import { Inject, Injectable } from '@nestjs/common';
import { newSecret, secretHash } from '../access/secret';
import { Database } from '../database/database';
import { databaseFault } from '../database/database-fault';
import { acrossTenants } from '../database/scope';
import type { Transaction } from '../database/transaction';
import { Answer } from '../http/answer';
import type { ListQuery } from '../http/list.dto';
import type { RequestContext } from '../http/request-context';
import { PageQuery } from '../objects/list-page';
import {
  assertVersion,
  fieldError,
  findByReference,
  type NamedRow,
  newMetadata,
  notFound,
  splitReferences,
  toMetadata,
} from '../objects/object-row';
import type { CreateDeploymentTokenDto, CreateTokenDto, TokenDto, TokenPageDto } from './token.dto';

interface TokenRow extends NamedRow {
  role: TenantRole | DeploymentRole;
  read_only: boolean;
  scopes: AccessScope[] | null;
  allowed_sources: string[];
  expires_at: Date | null;
  last_used_at: Date | null;
  last_used_from: string | null;
}

/** Without the hash: nothing that reads tokens has to do with it. */
const columns = `id, name, labels, created_at, generation, resource_version, deletion_requested_at, role, read_only, scopes, allowed_sources, expires_at, last_used_at, last_used_from`;
/** Those of a tenant, or with null those of the deployment. */
const ofTenant = 'tenant_id IS NOT DISTINCT FROM $1::uuid';

/** Tokens by which programs ask. They are kept across tenants, since they say whose a request is. */
@Injectable()
export class TokensService {
  constructor(@Inject(Database) private readonly database: Database) {}

  list(tenantId: string | null, query: ListQuery): Promise<TokenPageDto> {
    return acrossTenants(async () => {
      const page = new PageQuery('api_token', tenantId, query);
      if (tenantId === null) page.where('tenant_id IS NULL');
      const { rows, nextCursor } = page.page(
        await this.database.queryOnce<TokenRow & { sort_key: string }>(
          `SELECT ${columns}, ${page.sortKey('t')} FROM (${page.rows}) t ${page.order('t')}`,
          page.values,
        ),
      );
      return { items: rows.map((row) => toTokenDto(row)), nextCursor };
    });
  }

  async get(tenantId: string | null, ref: string): Promise<TokenDto> {
    return toTokenDto(await acrossTenants(() => find(this.database, tenantId, ref)));
  }

  async create(
    context: RequestContext,
    tenantId: string | null,
    { metadata, spec }: CreateTokenDto | CreateDeploymentTokenDto,
  ): Promise<Answer<TokenDto>> {
    const { id, name, labels } = newMetadata('token', metadata);
    const secret = newSecret();
    const expiresAt = parseExpiry(spec.expiresAt);
    await this.#assertNotOutliving(context, expiresAt);
    try {
      const [row] = await acrossTenants(() =>
        this.database.query<TokenRow>(
          `INSERT INTO api_token (id, tenant_id, name, labels, role, read_only, scopes, allowed_sources, expires_at, secret_hash)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING ${columns}`,
          [
            id,
            tenantId,
            name,
            labels,
            spec.role,
            spec.readOnly ?? false,
            spec.scopes ? JSON.stringify(spec.scopes) : null,
            parseSources(spec.allowedSources ?? []),
            expiresAt,
            secretHash(secret),
          ],
        ),
      );
      if (!row) throw new Error(`token ${name} is not there after its creation`);
      return new Answer(201, toTokenDto(row, secret));
    } catch (error) {
      if (databaseFault(error).constraint !== 'api_token_name_key') throw error;
      throw fieldError('name-taken', `there is a token ${name} already`, '/metadata/name');
    }
  }

  async remove(context: RequestContext, tenantId: string | null, ref: string): Promise<Answer<never>> {
    await acrossTenants(() =>
      this.database.inTransaction(async (transaction) => {
        const row = await find(transaction, tenantId, ref, 'FOR UPDATE');
        assertVersion(context, 'token', row);
        await transaction.query('DELETE FROM api_token WHERE id = $1', [row.id]);
      }),
    );
    return Answer.gone();
  }

  /** A token that ends makes none that does not end with it. */
  async #assertNotOutliving({ principal }: RequestContext, expiresAt: Date | null): Promise<void> {
    if (principal.kind !== 'token') return;
    const [own] = await acrossTenants(() =>
      this.database.query<{ expires_at: Date | null }>('SELECT expires_at FROM api_token WHERE id = $1', [principal.id]),
    );
    const end = own?.expires_at ?? null;
    if (end === null || (expiresAt !== null && expiresAt <= end)) return;
    throw fieldError(
      'invalid-value',
      `a token cannot outlive the one that makes it, which ends at ${end.toISOString()}`,
      '/spec/expiresAt',
    );
  }
}

async function find(reader: Pick<Transaction, 'query'>, tenantId: string | null, ref: string, lock = ''): Promise<TokenRow> {
  const { names, ids } = splitReferences([ref]);
  const rows = await reader.query<TokenRow>(
    `SELECT ${columns} FROM api_token WHERE ${ofTenant} AND (name = ANY ($2) OR id = ANY ($3::uuid[])) ${lock}`,
    [tenantId, names, ids],
  );
  const row = findByReference(rows, ref);
  if (!row) throw notFound('token', ref);
  return row;
}

function parseExpiry(text: string | undefined): Date | null {
  if (text === undefined) return null;
  const date = new Date(text);
  if (Number.isNaN(date.getTime()) || date.getTime() <= Date.now())
    throw fieldError('invalid-value', `${text} is no time that is yet to come`, '/spec/expiresAt');
  return date;
}

function parseSources(texts: string[]): string[] {
  return texts.map((text, index) => {
    const prefix = Prefix.parse(text);
    if (!prefix) throw fieldError('invalid-value', `"${text}" is no prefix without host bits`, `/spec/allowedSources/${index}`);
    return prefix.toString();
  });
}

function toTokenDto(row: TokenRow, token?: string): TokenDto {
  return {
    metadata: toMetadata(row),
    spec: {
      role: row.role,
      readOnly: row.read_only,
      scopes: row.scopes,
      allowedSources: row.allowed_sources,
      expiresAt: row.expires_at?.toISOString() ?? null,
    },
    status: {
      lastUsedAt: row.last_used_at?.toISOString() ?? null,
      lastUsedFrom: row.last_used_from,
      ...(token === undefined ? {} : { token }),
    },
  };
}
