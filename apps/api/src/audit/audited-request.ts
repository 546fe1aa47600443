import type { AccessResource } from '@netyard/contracts';
import type { Request } from 'express';
import type { RouteAccess } from '../access/access';
import type { AuthenticatedRequest } from '../http/request-context';
import { requestIdOf } from '../http/request-id';
import type { AuditRecord } from './audit-log';

/** A request as far as it is known: who asks may not have been found out. */
type AnyRequest = Request & Partial<Pick<AuthenticatedRequest, 'netyard' | 'netyardAccess'>>;

/** What is no tenant's, whichever tenant the request has named: its owners are told nothing of it. */
const deploymentResources = new Set<AccessResource>([
  'host',
  'user',
  'deployment-token',
  'session',
  'enrolment',
  'credential',
  'placement',
  'intent',
]);

/** What an entry says of the request itself. */
export function auditRecordOf(
  request: AnyRequest,
): Pick<AuditRecord, 'tenant' | 'actor' | 'source' | 'requestId' | 'method' | 'path' | 'access' | 'object'> {
  const { netyard, netyardAccess: access } = request;
  const { ref, port, with: other, tenant } = request.params as Record<string, string | undefined>;
  const isTenants = netyard && netyard.role !== 'memberless' && !(access && deploymentResources.has(access.resource));
  return {
    tenant: isTenants ? { id: netyard.tenantId, name: netyard.tenantName } : null,
    actor: netyard
      ? { kind: netyard.principal.kind, id: netyard.principal.id, name: netyard.principal.name }
      : { kind: 'unknown', id: null, name: nameGiven(request, access) },
    source: request.ip ?? '',
    requestId: requestIdOf(request),
    method: request.method,
    path: request.path,
    access: access ?? null,
    object: other ?? port ?? ref ?? tenant ?? null,
  };
}

/** Whom somebody says to be who signs in. */
function nameGiven(request: AnyRequest, access: RouteAccess | undefined): string {
  const { name } = (typeof request.body === 'object' && request.body !== null ? request.body : {}) as { name?: unknown };
  return access?.resource === 'session' && typeof name === 'string' ? name : '';
}

/** Whether a refusal is to be written down: of changes every one, of looking what nobody was let in for. Workers repeat what they say all the time. */
export function isAudited({ netyardAccess: access }: AnyRequest, status: number): boolean {
  if (access === undefined) return false;
  return status === 401 || status === 403 || (access.verb !== 'read' && access.resource !== 'intent');
}
