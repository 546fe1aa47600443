import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access';
import { Context, type RequestContext } from '../http/request-context';
import { RouterDto, RouterListQuery, RouterPageDto } from './router.dto';
import { RoutersService } from './routers.service';

@ApiTags('routers')
@Controller('v1/routers')
export class RoutersController {
  constructor(@Inject(RoutersService) private readonly routers: RoutersService) {}

  @Get()
  @Access('router', 'read')
  @ApiOperation({
    operationId: 'listRouters',
    summary: 'List the routers of the tenant, one on each host where it has a bridge or overlay network',
  })
  @ApiOkResponse({ type: RouterPageDto })
  list(@Context() context: RequestContext, @Query() query: RouterListQuery): Promise<RouterPageDto> {
    return this.routers.list(context, query);
  }

  @Get(':ref')
  @Access('router', 'read')
  @ApiOperation({ operationId: 'getRouter', summary: 'Read a router, by its id or the name of its host' })
  @ApiOkResponse({ type: RouterDto })
  get(@Context() context: RequestContext, @Param('ref') ref: string): Promise<RouterDto> {
    return this.routers.get(context, ref);
  }
}
