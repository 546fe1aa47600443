import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext } from '../http/request-context';
import { notFound } from '../objects/object-row';
import type { RouterDto, RouterListQuery, RouterPageDto } from './router.dto';
import { RouterQueries } from './router.queries';

@Injectable()
export class RoutersService {
  constructor(@Inject(RouterQueries) private readonly queries: RouterQueries) {}

  list({ tenantId }: RequestContext, query: RouterListQuery): Promise<RouterPageDto> {
    return this.queries.list(tenantId, query);
  }

  async get({ tenantId }: RequestContext, ref: string): Promise<RouterDto> {
    const router = await this.queries.byReference(tenantId, ref);
    if (!router) throw notFound('router', ref);
    return router;
  }
}
