import { defaultTenantName, NetyardError, type TenantId } from '@netyard/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Authentication } from '../access/authentication';
import { permissionsOf } from '../access/access-policy';
import { roleIn, type Principal } from '../access/principal';
import { newSecret, secretHash } from '../access/secret';
import { Database } from '../database/database';
import { acrossTenants } from '../database/scope';
import type { Transaction } from '../database/transaction';
import { Answer } from '../http/answer';
import type { RequestContext } from '../http/request-context';
import { fieldError, newId, splitReferences } from '../objects/object-row';
import { UserQueries, type UserRow } from '../users/user.queries';
import { Attempts } from './attempts';
import { hashPassword, isPassword } from './password';
import { OidcProviders } from '../sign-in/oidc-providers';
import type { ChangePasswordDto, ListedSessionDto, SessionDto, SessionListDto, SignedOutDto, SignInDto } from './session.dto';

/** A session by password ends by itself after so long, used or not. */
const sessionHours = 7 * 24;
const failuresPerMinute = 10;

/** Where somebody signs in from. */
export interface SignInPlace {
  source: string;
  userAgent: string | undefined;
}

/** By what somebody has signed in, and for how long. */
export interface SignInMeans {
  hours: number;
  /** The OpenID Connect provider; null: a password. */
  provider: string | null;
  /** Of the provider. */
  idToken: string | null;
}

interface ListedRow extends Record<string, unknown> {
  id: string;
  created_at: Date;
  last_used_at: Date;
  expires_at: Date;
  source: string | null;
  user_agent: string | null;
  provider: string | null;
}

const listed = 'id, created_at, last_used_at, expires_at, source, user_agent, provider';

/** Signing in and out. What a session is kept as gives nobody the session. */
@Injectable()
export class SessionsService {
  readonly #attempts = new Attempts(failuresPerMinute);

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UserQueries) private readonly users: UserQueries,
    @Inject(Authentication) private readonly authentication: Authentication,
    @Inject(OidcProviders) private readonly providers: OidcProviders,
  ) {}

  /** Throws NetyardError `unauthenticated`, which does not tell whether it was the name or the password, or `rate-limited`. */
  async signIn({ name, password }: SignInDto, place: SignInPlace): Promise<Answer<SessionDto>> {
    const keys = [`name ${name}`, `source ${place.source}`];
    await this.#attempts.assertMay(...keys);
    const user = await acrossTenants(() => this.users.rowByReference(name, this.database, ''));
    const isRight = await isPassword(user?.password_hash ?? null, password);
    if (!user || !isRight || user.is_disabled) {
      await this.#attempts.count(...keys);
      throw new NetyardError('unauthenticated', 'the name or the password is wrong');
    }
    return this.start(user, place, { hours: sessionHours, provider: null, idToken: null });
  }

  /** Begins a session of a user who has shown who it is. */
  async start(
    user: UserRow,
    { source, userAgent = '' }: SignInPlace,
    { hours, provider, idToken }: SignInMeans,
  ): Promise<Answer<SessionDto>> {
    const token = newSecret();
    return acrossTenants(async () => {
      await this.database.query(
        `INSERT INTO session (id, user_id, secret_hash, expires_at, source, user_agent, provider, id_token) VALUES ($1, $2, $3, now() + make_interval(hours => $4), $5, $6, $7, $8)`,
        [newId(), user.id, secretHash(token), hours, source, userAgent.slice(0, 256), provider, idToken],
      );
      const principal = await this.authentication.principalOf(`Bearer ${token}`, source);
      return new Answer(201, { ...(await this.#describe(principal, undefined)), token });
    });
  }

  get({ principal, tenantName, role }: RequestContext): Promise<SessionDto> {
    return acrossTenants(() => this.#describe(principal, role === 'memberless' ? undefined : tenantName));
  }

  /** Those of the user who asks, the latest first. */
  async list({ principal }: RequestContext): Promise<SessionListDto> {
    const { user, session } = sessionOf(principal);
    const rows = await acrossTenants(() =>
      this.database.query<ListedRow>(
        `SELECT ${listed} FROM session WHERE user_id = $1 AND expires_at > now() ORDER BY created_at DESC, id`,
        [user],
      ),
    );
    return { items: rows.map((row) => toListedDto(row, session)) };
  }

  /** Ends one of the sessions of the user who asks. Throws NetyardError `not-found`, also for those of others. */
  async end({ principal }: RequestContext, ref: string): Promise<Answer<never>> {
    const { user } = sessionOf(principal);
    const ids = splitReferences([ref]).ids;
    const ended = await acrossTenants(() =>
      this.database.query('DELETE FROM session WHERE user_id = $1 AND id = ANY ($2::uuid[]) RETURNING id', [user, ids]),
    );
    if (ended.length === 0) throw new NetyardError('not-found', `there is no session ${ref}`);
    return Answer.gone();
  }

  /** Ends the session that asks; with `everywhere`, all of its user. Tells where the session at a provider can be ended, if it can. */
  async signOut({ principal }: RequestContext, everywhere: boolean): Promise<Answer<SignedOutDto>> {
    const { user, session } = sessionOf(principal);
    const ended = await acrossTenants(() =>
      this.database.query<{ id: string; provider: string | null; id_token: string | null }>(
        `DELETE FROM session WHERE ${everywhere ? 'user_id' : 'id'} = $1 RETURNING id, provider, id_token`,
        [everywhere ? user : session],
      ),
    );
    const own = ended.find(({ id }) => id === session);
    const logoutUrl = own ? await this.providers.logoutUrl(own) : null;
    return logoutUrl === null ? Answer.gone() : new Answer(200, { logoutUrl });
  }

  /** All other sessions end. Throws NetyardError `invalid-value` for a wrong present one. */
  async changePassword({ principal }: RequestContext, { current, password }: ChangePasswordDto): Promise<Answer<never>> {
    const { user, session } = sessionOf(principal);
    await this.#attempts.assertMay(`user ${user}`);
    const [row] = await acrossTenants(() =>
      this.database.query<{ password_hash: string | null }>('SELECT password_hash FROM app_user WHERE id = $1', [user]),
    );
    if (!(await isPassword(row?.password_hash ?? null, current))) {
      await this.#attempts.count(`user ${user}`);
      throw fieldError('invalid-value', 'that is not the present password', '/current');
    }
    const hash = await hashPassword(password);
    await acrossTenants(() =>
      this.database.inTransaction(async (transaction) => {
        await transaction.query('UPDATE app_user SET password_hash = $2, resource_version = resource_version + 1 WHERE id = $1', [
          user,
          hash,
        ]);
        await transaction.query('DELETE FROM session WHERE user_id = $1 AND id <> $2', [user, session]);
      }),
    );
    return Answer.gone();
  }

  async #describe(principal: Principal, tenantName: string | undefined): Promise<SessionDto> {
    const tenants = await this.database.query<{ id: TenantId; name: string }>(
      'SELECT id, name FROM tenant WHERE id = ANY ($1::uuid[]) ORDER BY name',
      [principal.memberships.map(({ tenantId }) => tenantId)],
    );
    const memberships = tenants.flatMap(({ id, name }) =>
      principal.memberships.filter(({ tenantId }) => tenantId === id).map(({ role }) => ({ tenant: name, role })),
    );
    const { kind, everywhere } = principal;
    const tenant = tenantName ?? memberships[0]?.tenant ?? (everywhere === null ? null : defaultTenantName);
    const tenantId = tenants.find(({ name }) => name === tenant)?.id;
    const role = tenantId === undefined ? (everywhere ?? 'memberless') : (roleIn(principal, tenantId) ?? 'memberless');
    if (
      kind === 'host' ||
      kind === 'enrolment' ||
      everywhere === 'host' ||
      everywhere === 'enrolling' ||
      role === 'host' ||
      role === 'enrolling'
    )
      throw new NetyardError('forbidden', 'a host has no session');
    return {
      kind,
      name: principal.name,
      deploymentRole: everywhere,
      memberships,
      tenant,
      role: role === 'memberless' ? null : role,
      permissions: permissionsOf(role, principal.limits),
      provider: principal.provider ?? null,
      expiresAt: principal.expiresAt?.toISOString() ?? null,
    };
  }
}

const toListedDto = (row: ListedRow, own: string): ListedSessionDto => ({
  id: row.id,
  createdAt: row.created_at.toISOString(),
  lastUsedAt: row.last_used_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
  source: row.source,
  userAgent: row.user_agent,
  provider: row.provider,
  current: row.id === own,
});

/** Throws NetyardError for a token, which is revoked and not signed out. */
function sessionOf({ id, sessionId, name }: Principal): { user: string; session: string } {
  if (id === null || sessionId === undefined)
    throw new NetyardError('invalid-value', `${name} is no session: a token is revoked where it was made`);
  return { user: id, session: sessionId };
}

/** Ends all sessions of a user. */
export async function endSessions(transaction: Transaction, userId: string): Promise<void> {
  await transaction.query('DELETE FROM session WHERE user_id = $1', [userId]);
}
