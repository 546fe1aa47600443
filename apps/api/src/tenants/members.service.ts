import { NetyardError, type TenantRole } from '@netyard/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import { acrossTenants } from '../database/scope';
import type { Transaction } from '../database/transaction';
import { Answer } from '../http/answer';
import type { RequestContext } from '../http/request-context';
import { assertVersion, findByReference, notFound, splitReferences } from '../objects/object-row';
import { UserQueries } from '../users/user.queries';
import type { MemberDto, MemberListDto, PutMemberDto } from './member.dto';

interface MemberRow extends Record<string, unknown> {
  id: string;
  name: string;
  role: TenantRole;
  provider: string | null;
  created_at: Date;
  resource_version: string;
}

const memberSql = `SELECT u.id, u.name, m.role, m.provider, m.created_at, m.resource_version FROM membership m JOIN app_user u ON u.id = m.user_id WHERE m.tenant_id = $1`;

/** Who may do what in a tenant. */
@Injectable()
export class MembersService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UserQueries) private readonly users: UserQueries,
  ) {}

  async list({ tenantId }: RequestContext): Promise<MemberListDto> {
    const rows = await acrossTenants(() => this.database.query<MemberRow>(`${memberSql} ORDER BY u.name`, [tenantId]));
    return { items: rows.map(toMemberDto) };
  }

  async get({ tenantId }: RequestContext, ref: string): Promise<MemberDto> {
    return toMemberDto(await acrossTenants(() => find(this.database, tenantId, ref)));
  }

  /** Makes a user a member, or gives a member another role. May be repeated. */
  async put(context: RequestContext, ref: string, { spec }: PutMemberDto): Promise<Answer<MemberDto>> {
    const { tenantId } = context;
    const row = await acrossTenants(() =>
      this.database.inTransaction(async (transaction) => {
        const user = await this.users.rowByReference(ref, transaction);
        // Who is no user is not told apart from who is none of this tenant's.
        if (!user) throw notFound('user', ref);
        const present = await find(transaction, tenantId, user.id, 'FOR UPDATE OF m').catch(() => undefined);
        if (present) assertVersion(context, 'member', present);
        if (present?.role === 'owner' && spec.role !== 'owner') await assertAnotherOwner(transaction, context, user);
        await transaction.query(
          `INSERT INTO membership AS m (tenant_id, user_id, role) VALUES ($1, $2, $3)
           ON CONFLICT (tenant_id, user_id) DO UPDATE SET role = excluded.role, provider = NULL, resource_version = m.resource_version + 1
             WHERE m.role <> excluded.role OR m.provider IS NOT NULL`,
          [tenantId, user.id, spec.role],
        );
        return find(transaction, tenantId, user.id);
      }),
    );
    return new Answer(200, toMemberDto(row));
  }

  async remove(context: RequestContext, ref: string): Promise<Answer<never>> {
    await acrossTenants(() =>
      this.database.inTransaction(async (transaction) => {
        const row = await find(transaction, context.tenantId, ref, 'FOR UPDATE OF m');
        assertVersion(context, 'member', row);
        if (row.role === 'owner') await assertAnotherOwner(transaction, context, row);
        await transaction.query('DELETE FROM membership WHERE tenant_id = $1 AND user_id = $2', [context.tenantId, row.id]);
      }),
    );
    return Answer.gone();
  }
}

async function find(reader: Pick<Transaction, 'query'>, tenantId: string, ref: string, lock = ''): Promise<MemberRow> {
  const { names, ids } = splitReferences([ref]);
  const rows = await reader.query<MemberRow>(`${memberSql} AND (u.name = ANY ($2) OR u.id = ANY ($3::uuid[])) ${lock}`, [
    tenantId,
    names,
    ids,
  ]);
  const row = findByReference(rows, ref);
  if (!row) throw notFound('member', ref);
  return row;
}

/** A tenant keeps somebody who can let others in; an admin can do without. Throws NetyardError `in-use` for the last owner. */
async function assertAnotherOwner(
  transaction: Transaction,
  { tenantId, role, tenantName }: RequestContext,
  { id, name }: { id: string; name: string },
): Promise<void> {
  if (role === 'admin') return;
  // Their rows are held: two owners who remove each other come one after the other.
  const owners = await transaction.query<{ user_id: string }>(
    `SELECT user_id FROM membership WHERE tenant_id = $1 AND role = 'owner' ORDER BY user_id FOR UPDATE`,
    [tenantId],
  );
  if (owners.every((owner) => owner.user_id === id))
    throw new NetyardError('in-use', `${name} is the last owner of tenant ${tenantName}: make another member an owner first`);
}

const toMemberDto = (row: MemberRow): MemberDto => ({
  metadata: { name: row.name, id: row.id, createdAt: row.created_at.toISOString(), resourceVersion: row.resource_version },
  spec: { role: row.role },
  status: { provider: row.provider },
});
