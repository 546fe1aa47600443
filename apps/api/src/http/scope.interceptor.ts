import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Observable } from 'rxjs';
import { accessKey, type RouteAccess } from '../access/access';
import { acrossTenants, inTenant } from '../database/scope';
import type { AuthenticatedRequest } from './request-context';

/** Puts the wall up: what a request does in the database, it does as its tenant; what workers ask for is about a host, and so about all. */
@Injectable()
export class ScopeInterceptor implements NestInterceptor {
  constructor(@Inject(Reflector) private readonly reflector: Reflector) {}

  intercept(execution: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const { netyard } = execution.switchToHttp().getRequest<Partial<AuthenticatedRequest>>();
    if (netyard === undefined) return next.handle();
    const access = this.reflector.get<RouteAccess | undefined>(accessKey, execution.getHandler());
    // The handler runs where `handle` was called, not where its result is waited for.
    return access?.resource === 'intent' ? acrossTenants(() => next.handle()) : inTenant(netyard.tenantId, () => next.handle());
  }
}
