import { NetyardError } from '@netyard/contracts';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { accessKey, publicRouteKey, type RouteAccess } from '../access/access';
import { refusal } from '../access/access-policy';
import { Authentication } from '../access/authentication';
import { RequestLimit } from '../access/request-limit';
import { roleIn, type Principal, type TenantRow } from '../access/principal';
import { acrossTenants } from '../database/scope';
import { HostAuthority } from '../hosts/host-authority';
import { parseIfMatch } from './etag';
import { parsePrefer } from './prefer';
import { rateLimitHeaders } from './rate-limit';
import type { AuthenticatedRequest } from './request-context';
import { requestIdOf } from './request-id';

/** Names the tenant that a request is about, for those who may act in several. */
export const tenantHeader = 'netyard-tenant';

/** The one place that decides: lets in those who may do what the route does to the tenant that the request is about. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Authentication) private readonly authentication: Authentication,
    @Inject(RequestLimit) private readonly limit: RequestLimit,
    @Inject(HostAuthority) private readonly authority: HostAuthority,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const targets = [execution.getHandler(), execution.getClass()];
    const access = this.reflector.getAllAndOverride<RouteAccess | undefined>(accessKey, targets);
    const request = execution.switchToHttp().getRequest<AuthenticatedRequest>();
    // Refusals are written down as well, with what they refuse.
    if (access) request.netyardAccess = access;
    if (this.reflector.getAllAndOverride<boolean>(publicRouteKey, targets)) return true;
    const principal = await acrossTenants(() => this.authentication.principalOf(request.headers.authorization, request.ip ?? ''));
    const limit = await this.limit.count(principal);
    if (limit) execution.switchToHttp().getResponse<Response>().set(rateLimitHeaders(limit));
    const tenant = await acrossTenants(() => this.#tenantOf(request, principal));
    const role = roleIn(principal, tenant.id);
    if (role === undefined) throw new NetyardError('not-found', `there is no tenant ${tenant.name}`);
    request.netyard = {
      tenantId: tenant.id,
      tenantName: tenant.name,
      addressSpaceId: tenant.address_space_id,
      grants: tenant.grants,
      principal,
      role,
      seesDeployment: role === 'admin' || role === 'auditor',
      requestId: requestIdOf(request),
      ifMatch: parseIfMatch(request.headers['if-match']),
      ...parsePrefer(request.headers['prefer']),
    };
    const reason = access === undefined ? 'nobody may do this' : refusal(role, access.resource, access.verb, principal.limits);
    if (reason !== undefined)
      throw new NetyardError('forbidden', role === 'memberless' ? `${principal.name} is a member of no tenant` : reason);
    const { ref } = request.params;
    if (principal.kind === 'host' || principal.kind === 'enrolment') assertOwnHost(principal, ref);
    // A host that enrols has no certificate yet.
    const isHosts = access?.resource === 'intent' || access?.resource === 'credential';
    if (isHosts && principal.kind !== 'enrolment' && typeof ref === 'string') this.authority.assertShown(request.socket, ref);
    return true;
  }

  /** Of the path, of the header, or the principal's own. One in which the principal has no say is none that there is. */
  async #tenantOf(request: Request, principal: Principal): Promise<TenantRow> {
    const ref = request.params['tenant'] ?? request.headers[tenantHeader];
    if (ref === undefined) return this.authentication.ownTenant(principal);
    const tenant = typeof ref === 'string' ? await this.authentication.tenant(ref) : undefined;
    if (!tenant || !isKnownTo(principal, tenant)) throw new NetyardError('not-found', `there is no tenant ${String(ref)}`);
    return tenant;
  }
}

/** Another host is none that there is, whatever a host asks for of it. */
function assertOwnHost({ name }: Principal, ref: string | string[] | undefined): void {
  if (ref !== name) throw new NetyardError('not-found', `there is no host ${String(ref)}`);
}

const isKnownTo = ({ everywhere, memberships }: Principal, { id }: TenantRow): boolean =>
  everywhere === 'admin' || everywhere === 'auditor' || memberships.some(({ tenantId }) => tenantId === id);
