import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { mergeMap, type Observable } from 'rxjs';
import { accessKey, type RouteAccess } from '../access/access';
import { inTenant } from '../database/scope';
import type { AuthenticatedRequest } from '../http/request-context';
import { AuditLog } from './audit-log';
import { auditRecordOf } from './audited-request';
import { FormerState, keptOf } from './former-state';

/** Writes down every change before it is acknowledged: what nobody could read later, nobody is told has happened. What is refused, the filter of problems writes down. */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(AuditLog) private readonly log: AuditLog,
    @Inject(FormerState) private readonly former: FormerState,
  ) {}

  async intercept(execution: ExecutionContext, next: CallHandler<unknown>): Promise<Observable<unknown>> {
    const request = execution.switchToHttp().getRequest<AuthenticatedRequest>();
    const response = execution.switchToHttp().getResponse<Response>();
    const access = this.reflector.get<RouteAccess | undefined>(accessKey, execution.getHandler());
    if (access === undefined || access.verb === 'read' || access.resource === 'intent') return next.handle();
    const { netyard } = request as Partial<AuthenticatedRequest>;
    const isChange = netyard !== undefined && access.verb !== 'create';
    const before = isChange
      ? await inTenant(netyard.tenantId, () => this.former.of(netyard, access, request.params as Record<string, string>))
      : null;
    return next.handle().pipe(
      mergeMap(async (body) => {
        await this.log.record({
          ...auditRecordOf(request),
          status: response.statusCode,
          problem: null,
          before,
          ...resultOf(request, body),
        });
        return body;
      }),
    );
  }
}

/** What there is since, and what it is called. */
function resultOf(request: AuthenticatedRequest, body: unknown): { after: object | null; object: string | null } {
  const after = keptOf(body);
  const named = after as { metadata?: { name?: string } } | null;
  return { after, object: named?.metadata?.name ?? signedIn(request, body) ?? auditRecordOf(request).object };
}

/** Who it is that has signed in. */
function signedIn({ netyardAccess: access }: AuthenticatedRequest, body: unknown): string | undefined {
  const { name } = (body ?? {}) as { name?: unknown };
  return access.resource === 'session' && access.verb === 'create' && typeof name === 'string' ? name : undefined;
}
