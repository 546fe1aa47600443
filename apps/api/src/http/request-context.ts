import type { Role, TenantGrants, TenantId } from '@netyard/contracts';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { RouteAccess } from '../access/access';
import type { Principal } from '../access/principal';

/** Who asks, for which tenant, and how the request is to be answered. */
export interface RequestContext {
  tenantId: TenantId;
  tenantName: string;
  addressSpaceId: string;
  grants: TenantGrants;
  principal: Principal;
  /** Of the principal in the tenant. */
  role: Role;
  /** Whether all of the deployment is shown: hosts in full, and what happens to them. */
  seesDeployment: boolean;
  requestId: string;
  /** Resource versions of `If-Match`, one of which the object must have; null: whatever it has. */
  ifMatch: string[] | null;
  /** Of `Prefer: wait=N`; null when it is not asked for. */
  waitSeconds: number | null;
  /** Of `Prefer: respond-async`. */
  respondAsync: boolean;
}

/** A request that has passed the guard. */
export type AuthenticatedRequest = Request & { netyard: RequestContext; netyardAccess: RouteAccess };

export const Context = createParamDecorator(
  (_: unknown, execution: ExecutionContext): RequestContext => execution.switchToHttp().getRequest<AuthenticatedRequest>().netyard,
);
