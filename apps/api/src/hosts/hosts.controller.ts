import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access';
import type { Answer } from '../http/answer';
import { DeleteQuery } from '../http/delete.dto';
import { ListQuery } from '../http/list.dto';
import { Context, type RequestContext } from '../http/request-context';
import { PlacedPageDto, PlacedQuery } from './enrolment.dto';
import { HostDto, HostPageDto, PatchHostDto } from './host.dto';
import { HostsService } from './hosts.service';

@ApiTags('hosts')
@Controller('v1/hosts')
export class HostsController {
  constructor(@Inject(HostsService) private readonly hosts: HostsService) {}

  @Get()
  @Access('host', 'read')
  @ApiOperation({ operationId: 'listHosts', summary: 'List hosts' })
  @ApiOkResponse({ type: HostPageDto })
  list(@Context() context: RequestContext, @Query() query: ListQuery): Promise<HostPageDto> {
    return this.hosts.list(context, query);
  }

  @Get(':ref')
  @Access('host', 'read')
  @ApiOperation({ operationId: 'getHost', summary: 'Read a host' })
  @ApiOkResponse({ type: HostDto })
  get(@Context() context: RequestContext, @Param('ref') ref: string): Promise<HostDto> {
    return this.hosts.get(context, ref);
  }

  @Get(':ref/placed')
  @Access('placement', 'read')
  @ApiOperation({ operationId: 'listPlaced', summary: 'List what of all tenants is on a host' })
  @ApiOkResponse({ type: PlacedPageDto })
  placed(@Param('ref') ref: string, @Query() query: PlacedQuery): Promise<PlacedPageDto> {
    return this.hosts.placed(ref, query);
  }

  @Patch(':ref')
  @Access('host', 'update')
  @ApiOperation({ operationId: 'patchHost', summary: 'Change labels of a host' })
  @ApiOkResponse({ type: HostDto })
  patch(@Context() context: RequestContext, @Param('ref') ref: string, @Body() body: PatchHostDto): Promise<Answer<HostDto>> {
    return this.hosts.patch(context, ref, body);
  }

  @Post(':ref/key-rotations')
  @Access('host', 'update')
  @HttpCode(202)
  @ApiOperation({
    operationId: 'rotateHostKeys',
    summary: 'Replace the keys of a host’s encrypted tunnels; with `Prefer: wait`, answered when they are replaced',
  })
  @ApiAcceptedResponse({ type: HostDto, description: 'Under way: `status.keys` says what is waited for.' })
  @ApiOkResponse({ type: HostDto, description: 'The keys are replaced.' })
  rotateKeys(@Context() context: RequestContext, @Param('ref') ref: string): Promise<Answer<HostDto>> {
    return this.hosts.rotateKeys(context, ref);
  }

  @Delete(':ref')
  @Access('host', 'delete')
  @ApiOperation({ operationId: 'deleteHost', summary: 'Forget a host that has nothing on it; with `force`, and all that is on it' })
  @ApiNoContentResponse({ description: 'It is gone; a worker that is still running registers it anew.' })
  remove(@Context() context: RequestContext, @Param('ref') ref: string, @Query() query: DeleteQuery): Promise<Answer<never>> {
    return this.hosts.remove(context, ref, query);
  }
}
