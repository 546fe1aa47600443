import { timingSafeEqual } from 'node:crypto';
import { type AccessScope, defaultTenantName, type DeploymentRole, NetyardError, type TenantId, type TenantRole } from '@netyard/contracts';
import { Address, Prefix } from '@netyard/inet';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Config } from '../config';
import { Database } from '../database/database';
import { enrolmentSecretPrefix, hostSecretPrefix, principalOfEnrolment, principalOfHost } from '../hosts/host-credentials';
import { splitReferences } from '../objects/object-row';
import { unlimited } from './access-policy';
import type { Principal, TenantRow } from './principal';
import { secretHash } from './secret';

interface TokenRow {
  id: string;
  name: string;
  tenant_id: TenantId | null;
  role: DeploymentRole | TenantRole;
  read_only: boolean;
  scopes: AccessScope[] | null;
  allowed_sources: string[];
  expires_at: Date | null;
  is_expired: boolean;
  is_used_lately: boolean;
}

/** A session that has not been used for so long is over. */
const idleHours = 24;

const tokenSql = `
  SELECT id, name, tenant_id, role, read_only, scopes, allowed_sources, expires_at, coalesce(expires_at < now(), false) AS is_expired, coalesce(last_used_at > now() - interval '1 minute', false) AS is_used_lately
  FROM api_token WHERE secret_hash = $1`;
/** A session ends when its time is over, when it has not been used for long, or with its user. */
const sessionSql = `
  SELECT s.id AS session_id, s.provider, u.id, u.name, u.deployment_role, s.expires_at, s.last_used_at > now() - interval '1 minute' AS is_used_lately,
    coalesce((SELECT jsonb_agg(jsonb_build_object('tenantId', m.tenant_id, 'role', m.role) ORDER BY m.created_at, m.tenant_id) FROM membership m WHERE m.user_id = u.id), '[]') AS memberships
  FROM session s JOIN app_user u ON u.id = s.user_id
  WHERE s.secret_hash = $1 AND s.expires_at > now() AND s.last_used_at > now() - make_interval(hours => $2) AND NOT u.is_disabled`;

interface SessionRow {
  session_id: string;
  provider: string | null;
  id: string;
  name: string;
  deployment_role: DeploymentRole | null;
  expires_at: Date;
  is_used_lately: boolean;
  memberships: Principal['memberships'];
}

const tenantSql = 'SELECT id, name, address_space_id, grants FROM tenant WHERE name = ANY ($1) OR id = ANY ($2::uuid[])';

/** Finds out who asks, and for which tenant. Runs across tenants: nobody's wall stands yet. */
@Injectable()
export class Authentication {
  readonly #logger = new Logger(Authentication.name);
  readonly #environment: { principal: Principal; hash: Buffer }[];

  constructor(
    @Inject(Config) config: Config,
    @Inject(Database) private readonly database: Database,
  ) {
    const of = (name: string, everywhere: 'admin' | 'worker', token: string) => ({
      principal: { kind: 'environment', id: null, name, everywhere, memberships: [], limits: unlimited } as const satisfies Principal,
      hash: secretHash(token),
    });
    this.#environment = [];
    if (config.adminToken !== null) this.#environment.push(of('NETYARD_ADMIN_TOKEN', 'admin', config.adminToken));
    if (config.workerToken !== null) this.#environment.push(of('NETYARD_WORKER_TOKEN', 'worker', config.workerToken));
  }

  /** Whose token a request has. Throws NetyardError `unauthenticated` for none, or one that is not good (here, or any more). */
  async principalOf(authorization: string | undefined, source: string): Promise<Principal> {
    const [, token] = /^Bearer +([^\s]+)$/i.exec(authorization ?? '') ?? [];
    if (token === undefined) throw new NetyardError('unauthenticated', 'the request needs the header Authorization: Bearer <token>');
    const hash = secretHash(token);
    const [match] = this.#environment.filter((known) => timingSafeEqual(known.hash, hash));
    if (match) return match.principal;
    if (token.startsWith(hostSecretPrefix)) return principalOfHost(this.database, hash);
    if (token.startsWith(enrolmentSecretPrefix)) return principalOfEnrolment(this.database, hash);
    return this.#principalOfToken(hash, source);
  }

  /** A tenant by name or id; undefined when there is none. */
  async tenant(ref: string): Promise<TenantRow | undefined> {
    const { names, ids } = splitReferences([ref]);
    const rows = await this.database.query<TenantRow & Record<string, unknown>>(tenantSql, [names, ids]);
    return rows.find(({ id }) => id === ref.toLowerCase()) ?? rows.find(({ name }) => name === ref);
  }

  /** The tenant that a request is about when it names none; for who is a member of none, the default one, in which the policy table then lets it do nothing. */
  async ownTenant({ everywhere, memberships: [first] }: Principal): Promise<TenantRow> {
    const tenant = await this.tenant(everywhere === null && first ? first.tenantId : defaultTenantName);
    if (!tenant) throw new Error(`the database has no tenant ${first?.tenantId ?? defaultTenantName}`);
    return tenant;
  }

  async #principalOfToken(hash: Buffer, source: string): Promise<Principal> {
    const [row] = await this.database.query<TokenRow & Record<string, unknown>>(tokenSql, [hash]);
    if (!row) return this.#principalOfSession(hash);
    if (row.is_expired) throw new NetyardError('unauthenticated', `the token ${row.name} has expired`);
    if (row.allowed_sources.length > 0 && !isFrom(source, row.allowed_sources))
      throw new NetyardError('unauthenticated', `the token ${row.name} is not good from ${source}`);
    if (!row.is_used_lately)
      this.#noteUse('UPDATE api_token SET last_used_at = now(), last_used_from = $2 WHERE id = $1', [row.id, source]);
    const { tenant_id: tenantId } = row;
    return {
      kind: 'token',
      id: row.id,
      name: row.name,
      everywhere: tenantId === null ? (row.role as DeploymentRole) : null,
      memberships: tenantId === null ? [] : [{ tenantId, role: row.role as TenantRole }],
      limits: { readOnly: row.read_only, scopes: row.scopes, isBound: row.allowed_sources.length > 0 },
      expiresAt: row.expires_at,
    };
  }

  async #principalOfSession(hash: Buffer): Promise<Principal> {
    const [row] = await this.database.query<SessionRow & Record<string, unknown>>(sessionSql, [hash, idleHours]);
    if (!row) throw new NetyardError('unauthenticated', 'the token is not known');
    if (!row.is_used_lately) this.#noteUse('UPDATE session SET last_used_at = now() WHERE id = $1', [row.session_id]);
    const { id, name, deployment_role: everywhere, memberships, session_id: sessionId, provider, expires_at: expiresAt } = row;
    return { kind: 'user', id, name, everywhere, memberships, limits: unlimited, sessionId, provider, expiresAt };
  }

  /** Nobody waits for this, and once a minute is enough. */
  #noteUse(sql: string, values: unknown[]): void {
    void this.database
      .inTransaction((transaction) => transaction.query(sql, values), { mayBeLost: true })
      .catch((error: unknown) => this.#logger.warn(`noting the use of a token failed: ${String(error)}`));
  }
}

/** Whether an address, which may be one of IPv4 in IPv6 clothes, lies in one of the prefixes. */
function isFrom(source: string, prefixes: string[]): boolean {
  const address = Address.parse(source.replace(/^::ffff:(?=\d+\.)/i, ''));
  return address !== undefined && prefixes.some((prefix) => Prefix.parse(prefix)?.contains(address) ?? false);
}
