import { Body, Controller, Delete, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access';
import type { Answer } from '../http/answer';
import { DeleteQuery } from '../http/delete.dto';
import { Context, type RequestContext } from '../http/request-context';
import {
  AllPortsQuery,
  BulkCreatePortsDto,
  CreatePortDto,
  PatchPortDto,
  PortDto,
  PortListDto,
  PortListQuery,
  PortPageDto,
} from './port.dto';
import { PortsService } from './ports.service';

@ApiTags('ports')
@Controller('v1')
export class PortsController {
  constructor(@Inject(PortsService) private readonly ports: PortsService) {}

  @Get('ports')
  @Access('port', 'read')
  @ApiOperation({ operationId: 'listAllPorts', summary: 'List published ports of all endpoints' })
  @ApiOkResponse({ type: PortPageDto })
  list(@Context() context: RequestContext, @Query() query: AllPortsQuery): Promise<PortPageDto> {
    return this.ports.list(context, query);
  }

  @Get('endpoints/:ref/ports')
  @Access('port', 'read')
  @ApiOperation({ operationId: 'listPorts', summary: 'List published ports of an endpoint' })
  @ApiOkResponse({ type: PortPageDto })
  listOf(@Context() context: RequestContext, @Param('ref') ref: string, @Query() query: PortListQuery): Promise<PortPageDto> {
    return this.ports.listOf(context, ref, query);
  }

  @Post('endpoints/:ref/ports')
  @Access('port', 'create')
  @ApiOperation({ operationId: 'createPort', summary: 'Publish a port, or a range of ports, of an endpoint' })
  @ApiCreatedResponse({ type: PortDto })
  create(@Context() context: RequestContext, @Param('ref') ref: string, @Body() body: CreatePortDto): Promise<Answer<PortDto>> {
    return this.ports.create(context, ref, body);
  }

  @Post('endpoints/:ref/ports/bulk')
  @Access('port', 'create')
  @ApiOperation({ operationId: 'createPorts', summary: 'Publish up to 1,000 ports of an endpoint: all or none' })
  @ApiCreatedResponse({ type: PortListDto })
  createMany(
    @Context() context: RequestContext,
    @Param('ref') ref: string,
    @Body() body: BulkCreatePortsDto,
  ): Promise<Answer<PortListDto>> {
    return this.ports.createMany(context, ref, body.items);
  }

  @Get('endpoints/:ref/ports/:port')
  @Access('port', 'read')
  @ApiOperation({ operationId: 'getPort', summary: 'Read a published port' })
  @ApiOkResponse({ type: PortDto })
  get(@Context() context: RequestContext, @Param('ref') ref: string, @Param('port') port: string): Promise<PortDto> {
    return this.ports.get(context, ref, port);
  }

  @Patch('endpoints/:ref/ports/:port')
  @Access('port', 'update')
  @ApiOperation({ operationId: 'patchPort', summary: 'Change where a port is published, for whom, and its service name' })
  @ApiOkResponse({ type: PortDto })
  patch(
    @Context() context: RequestContext,
    @Param('ref') ref: string,
    @Param('port') port: string,
    @Body() body: PatchPortDto,
  ): Promise<Answer<PortDto>> {
    return this.ports.patch(context, ref, port, body);
  }

  @Delete('endpoints/:ref/ports/:port')
  @Access('port', 'delete')
  @ApiOperation({ operationId: 'deletePort', summary: 'Close a published port' })
  @ApiNoContentResponse({ description: 'It is closed.' })
  @ApiAcceptedResponse({ type: PortDto, description: 'Its host is still closing it.' })
  remove(
    @Context() context: RequestContext,
    @Param('ref') ref: string,
    @Param('port') port: string,
    @Query() query: DeleteQuery,
  ): Promise<Answer<PortDto>> {
    return this.ports.remove(context, ref, port, query);
  }
}
