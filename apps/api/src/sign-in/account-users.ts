import { NetyardError, type TenantRole } from '@netyard/contracts';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { AuditLog, type AuditRecord } from '../audit/audit-log';
import { Database } from '../database/database';
import { acrossTenants } from '../database/scope';
import type { Transaction } from '../database/transaction';
import { newId } from '../objects/object-row';
import type { UserRow } from '../users/user.queries';
import { admissionObstacle, membershipsOf, userNames } from './claims';
import type { Account } from './oidc-provider';
import type { OidcProviderSettings } from './oidc-settings';

/** The request by which somebody signs in, as the audit tells of it. */
export type SignInRequest = Pick<AuditRecord, 'source' | 'requestId' | 'method' | 'path'>;

/** What a sign-in has changed, for the audit. */
type Change = Pick<AuditRecord, 'tenant' | 'access' | 'object' | 'before' | 'after'>;

/** The users that accounts at providers belong to, and the memberships that come of their claims. */
@Injectable()
export class AccountUsers {
  readonly #logger = new Logger(AccountUsers.name);

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AuditLog) private readonly audit: AuditLog,
  ) {}

  /**
   * The user whose account it is, by issuer and subject alone; where the provider's settings say so, a new one. Memberships that came of claims are brought up
   * to date; those by hand are let be. Throws NetyardError `forbidden` for an account that may not sign in.
   */
  async userOf(account: Account, settings: OidcProviderSettings, request: SignInRequest): Promise<UserRow> {
    const obstacle = admissionObstacle(settings.admit, account.claims);
    if (obstacle !== undefined) throw new NetyardError('forbidden', `${settings.name}: the account may not sign in here: ${obstacle}`);
    const changes: Change[] = [];
    const user = await acrossTenants(() =>
      this.database.inTransaction(async (transaction) => {
        // An account that signs in twice at once for the first time becomes one user.
        await transaction.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${account.issuer} ${account.subject}`]);
        changes.length = 0;
        const present = await linkedTo(transaction, account);
        if (!present && !settings.createUsers)
          throw new NetyardError(
            'forbidden',
            `${settings.name}: the account belongs to no user; an admin can link it (issuer ${account.issuer}, subject ${account.subject})`,
          );
        const found = present ?? (await create(transaction, account, settings));
        if (!present) changes.push(userMade(found, account));
        if (found.is_disabled) throw new NetyardError('forbidden', `the user ${found.name} is disabled`);
        changes.push(...(await this.#bringUpToDate(transaction, found, account, settings)));
        return found;
      }),
    );
    const actor = { kind: 'user', id: user.id, name: user.name } as const;
    for (const change of changes) await this.audit.record({ ...request, ...change, actor, status: 201, problem: null });
    return user;
  }

  async #bringUpToDate(transaction: Transaction, user: UserRow, { claims }: Account, settings: OidcProviderSettings): Promise<Change[]> {
    const wanted = membershipsOf(settings.memberships, claims);
    const tenants = await transaction.query<{ id: string; name: string }>('SELECT id, name FROM tenant WHERE name = ANY ($1)', [
      [...wanted.keys()],
    ]);
    for (const name of wanted.keys())
      if (!tenants.some((tenant) => tenant.name === name))
        this.#logger.warn(`the settings of provider ${settings.name} make members of tenant ${name}, which there is not`);
    const ended = await transaction.query<MembershipRow>(
      `DELETE FROM membership m USING tenant t WHERE t.id = m.tenant_id AND m.user_id = $1 AND m.provider = $2 AND m.tenant_id <> ALL ($3::uuid[])
       RETURNING t.id, t.name, m.role AS former, NULL AS role`,
      [user.id, settings.name, tenants.map(({ id }) => id)],
    );
    const made = await transaction.query<MembershipRow>(
      `WITH wanted AS (SELECT * FROM unnest($3::uuid[], $4::text[], $5::text[]) AS w (id, name, role)),
         former AS (SELECT tenant_id, role FROM membership WHERE user_id = $1),
         written AS (
           INSERT INTO membership AS m (tenant_id, user_id, role, provider) SELECT id, $1, role, $2 FROM wanted
           ON CONFLICT (tenant_id, user_id) DO UPDATE SET role = excluded.role, resource_version = m.resource_version + 1
             WHERE m.provider = excluded.provider AND m.role <> excluded.role
           RETURNING tenant_id
         )
       SELECT w.id, w.name, f.role AS former, w.role FROM written JOIN wanted w ON w.id = written.tenant_id LEFT JOIN former f ON f.tenant_id = w.id`,
      [user.id, settings.name, tenants.map(({ id }) => id), tenants.map(({ name }) => name), tenants.map(({ name }) => wanted.get(name))],
    );
    return [...ended, ...made].map((row) => membershipChanged(user, row));
  }
}

interface MembershipRow extends Record<string, unknown> {
  id: string;
  name: string;
  former: TenantRole | null;
  role: TenantRole | null;
}

async function linkedTo(transaction: Transaction, { issuer, subject }: Account): Promise<UserRow | undefined> {
  const [row] = await transaction.query<UserRow>(
    'SELECT u.* FROM app_user u JOIN user_identity i ON i.user_id = u.id WHERE i.issuer = $1 AND i.subject = $2 FOR UPDATE OF u',
    [issuer, subject],
  );
  return row;
}

async function create(transaction: Transaction, account: Account, { nameClaim }: OidcProviderSettings): Promise<UserRow> {
  const { issuer, subject } = account;
  for (const name of userNames(nameClaim, account.claims, account)) {
    const [user] = await transaction.query<UserRow>(
      'INSERT INTO app_user (id, name) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING RETURNING *',
      [newId(), name],
    );
    if (!user) continue;
    await transaction.query('INSERT INTO user_identity (issuer, subject, user_id) VALUES ($1, $2, $3)', [issuer, subject, user.id]);
    return user;
  }
  throw new NetyardError('name-taken', 'the names that the account could have are taken: an admin can link it to a user');
}

const userMade = ({ id, name }: UserRow, { issuer, subject }: Account): Change => ({
  tenant: null,
  access: { resource: 'user', verb: 'create' },
  object: name,
  before: null,
  after: { metadata: { id, name }, spec: { identities: [{ issuer, subject }] } },
});

function membershipChanged({ id, name }: UserRow, row: MembershipRow): Change {
  const as = (role: TenantRole | null): object | null => (role === null ? null : { metadata: { id, name }, spec: { role } });
  return {
    tenant: { id: row.id, name: row.name },
    access: { resource: 'member', verb: row.role === null ? 'delete' : 'update' },
    object: name,
    before: as(row.former),
    after: as(row.role),
  };
}
