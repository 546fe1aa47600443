import { createHash, timingSafeEqual } from 'node:crypto';
import { NetyardError, type TenantId } from '@netyard/contracts';
import { type CanActivate, type ExecutionContext, Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Config } from '../config';
import { Database } from '../database/database';
import { parseIfMatch } from './etag';
import { parsePrefer } from './prefer';
import type { AuthenticatedRequest, Role } from './request-context';
import { requestIdOf } from './request-id';
import { publicRouteKey, workerRouteKey } from './tokens';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Lets in those who have a token, and notes who asks. */
@Injectable()
export class AuthGuard implements CanActivate, OnModuleInit {
  readonly #tokens: { role: Role; digest: Buffer }[];
  #tenant: { tenantId: TenantId; addressSpaceId: string } | undefined;

  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Config) config: Config,
    @Inject(Database) private readonly database: Database,
  ) {
    this.#tokens = [{ role: 'admin', digest: digest(config.adminToken) }];
    if (config.workerToken !== null) this.#tokens.push({ role: 'worker', digest: digest(config.workerToken) });
  }

  /** Until there are more tenants, every token is of the one. */
  async onModuleInit(): Promise<void> {
    const [row] = await this.database.query<{ id: TenantId; address_space_id: string }>(
      `SELECT id, address_space_id FROM tenant WHERE name = 'default'`,
    );
    if (!row) throw new Error('the database has no default tenant');
    this.#tenant = { tenantId: row.id, addressSpaceId: row.address_space_id };
  }

  canActivate(execution: ExecutionContext): boolean {
    const targets = [execution.getHandler(), execution.getClass()];
    if (this.reflector.getAllAndOverride<boolean>(publicRouteKey, targets)) return true;
    const request = execution.switchToHttp().getRequest<AuthenticatedRequest>();
    const role = this.#roleOf(request.headers.authorization);
    if (role === 'worker' && !this.reflector.getAllAndOverride<boolean>(workerRouteKey, targets))
      throw new NetyardError('forbidden', 'the token is one of workers: it is good for their routes alone');
    if (!this.#tenant) throw new NetyardError('unavailable', 'the API is still starting');
    request.netyard = {
      ...this.#tenant,
      role,
      requestId: requestIdOf(request),
      ifMatch: parseIfMatch(request.headers['if-match']),
      ...parsePrefer(request.headers['prefer']),
    };
    return true;
  }

  #roleOf(authorization: string | undefined): Role {
    const [, token] = /^Bearer +([^\s]+)$/i.exec(authorization ?? '') ?? [];
    if (token === undefined) throw new NetyardError('unauthenticated', 'the request needs the header Authorization: Bearer <token>');
    const given = digest(token);
    const [match] = this.#tokens.filter((known) => timingSafeEqual(known.digest, given));
    if (!match) throw new NetyardError('unauthenticated', 'the token is not known');
    return match.role;
  }
}
