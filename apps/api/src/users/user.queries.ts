import type { DeploymentRole, TenantRole } from '@netyard/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import type { ListQuery } from '../http/list.dto';
import { PageQuery } from '../objects/list-page';
import { findByReference, type NamedRow, splitReferences, toMetadata } from '../objects/object-row';
import type { IdentityDto, UserDto, UserPageDto } from './user.dto';

export interface UserRow extends NamedRow {
  deployment_role: DeploymentRole | null;
  is_disabled: boolean;
  password_hash: string | null;
}

interface UserView extends UserRow {
  memberships: { tenant: string; role: TenantRole }[];
  identities: IdentityDto[];
}

const viewSql = (rows: string, more = ''): string => `
  SELECT u.*, coalesce(m.memberships, '[]') AS memberships, coalesce(i.identities, '[]') AS identities ${more} FROM (${rows}) u
  LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object('tenant', t.name, 'role', m.role) ORDER BY t.name) AS memberships FROM membership m JOIN tenant t ON t.id = m.tenant_id WHERE m.user_id = u.id
  ) m ON true
  LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object('issuer', issuer, 'subject', subject) ORDER BY created_at, issuer, subject) AS identities FROM user_identity WHERE user_id = u.id
  ) i ON true`;

const byReferenceSql = viewSql('SELECT * FROM app_user WHERE name = ANY ($1) OR id = ANY ($2::uuid[])');

/** Reading users; across tenants. */
@Injectable()
export class UserQueries {
  constructor(@Inject(Database) private readonly database: Database) {}

  async byReference(ref: string): Promise<UserDto | undefined> {
    const { names, ids } = splitReferences([ref]);
    const row = findByReference(await this.database.query<UserView>(byReferenceSql, [names, ids]), ref);
    return row && toUserDto(row);
  }

  async rowByReference(ref: string, reader: Pick<Transaction, 'query'>, lock = 'FOR KEY SHARE'): Promise<UserRow | undefined> {
    const { names, ids } = splitReferences([ref]);
    const sql = `SELECT * FROM app_user WHERE name = ANY ($1) OR id = ANY ($2::uuid[]) ${lock}`;
    return findByReference(await reader.query<UserRow>(sql, [names, ids]), ref);
  }

  async list(query: ListQuery): Promise<UserPageDto> {
    const page = new PageQuery('app_user', null, query);
    const sql = `${viewSql(page.rows, `, ${page.sortKey('u')}`)} ${page.order('u')}`;
    const { rows, nextCursor } = page.page(await this.database.queryOnce<UserView & { sort_key: string }>(sql, page.values));
    return { items: rows.map(toUserDto), nextCursor };
  }
}

const toUserDto = (row: UserView): UserDto => ({
  metadata: toMetadata(row),
  spec: { deploymentRole: row.deployment_role, disabled: row.is_disabled, identities: row.identities },
  status: { memberships: row.memberships, hasPassword: row.password_hash !== null },
});
