import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access';
import type { Answer } from '../http/answer';
import { BulkDeleteDto, BulkDeleteResultDto } from '../http/bulk.dto';
import { DeleteQuery } from '../http/delete.dto';
import { Context, type RequestContext } from '../http/request-context';
import {
  BulkCreateEndpointsDto,
  CreateEndpointDto,
  EndpointDto,
  EndpointListDto,
  EndpointListQuery,
  EndpointPageDto,
  JoinEndpointDto,
  PatchEndpointDto,
} from './endpoint.dto';
import { EndpointsService } from './endpoints.service';

@ApiTags('endpoints')
@Controller('v1/endpoints')
export class EndpointsController {
  constructor(@Inject(EndpointsService) private readonly endpoints: EndpointsService) {}

  @Get()
  @Access('endpoint', 'read')
  @ApiOperation({ operationId: 'listEndpoints', summary: 'List endpoints' })
  @ApiOkResponse({ type: EndpointPageDto })
  list(@Context() context: RequestContext, @Query() query: EndpointListQuery): Promise<EndpointPageDto> {
    return this.endpoints.list(context, query);
  }

  @Post()
  @Access('endpoint', 'create')
  @ApiOperation({ operationId: 'createEndpoint', summary: 'Create an endpoint, and join it when it names a sandbox' })
  @ApiCreatedResponse({ type: EndpointDto })
  create(@Context() context: RequestContext, @Body() body: CreateEndpointDto): Promise<Answer<EndpointDto>> {
    return this.endpoints.create(context, body);
  }

  @Post('bulk')
  @Access('endpoint', 'create')
  @ApiOperation({ operationId: 'createEndpoints', summary: 'Create up to 1,000 endpoints: all or none' })
  @ApiCreatedResponse({ type: EndpointListDto })
  createMany(@Context() context: RequestContext, @Body() body: BulkCreateEndpointsDto): Promise<Answer<EndpointListDto>> {
    return this.endpoints.createMany(context, body.items);
  }

  @Post('bulk-delete')
  @HttpCode(200)
  @Access('endpoint', 'delete')
  @ApiOperation({ operationId: 'deleteEndpoints', summary: 'Delete endpoints: all or none' })
  @ApiOkResponse({ type: BulkDeleteResultDto })
  removeMany(@Context() context: RequestContext, @Body() body: BulkDeleteDto): Promise<Answer<BulkDeleteResultDto>> {
    return this.endpoints.removeMany(context, body);
  }

  @Post('preview')
  @HttpCode(200)
  @Access('endpoint', 'read')
  @ApiOperation({
    operationId: 'previewEndpoint',
    summary: 'What creating an endpoint would give now: its host, addresses and interface, or why it is refused; nothing is changed',
  })
  @ApiOkResponse({ type: EndpointDto, description: 'As it would be. There is no endpoint of this id, and its address is not held for it.' })
  preview(@Context() context: RequestContext, @Body() body: CreateEndpointDto): Promise<EndpointDto> {
    return this.endpoints.preview(context, body);
  }

  @Get(':ref')
  @Access('endpoint', 'read')
  @ApiOperation({ operationId: 'getEndpoint', summary: 'Read an endpoint' })
  @ApiOkResponse({ type: EndpointDto })
  get(@Context() context: RequestContext, @Param('ref') ref: string): Promise<EndpointDto> {
    return this.endpoints.get(context, ref);
  }

  @Patch(':ref')
  @Access('endpoint', 'update')
  @ApiOperation({ operationId: 'patchEndpoint', summary: 'Change labels and gateway priority of an endpoint' })
  @ApiOkResponse({ type: EndpointDto })
  patch(@Context() context: RequestContext, @Param('ref') ref: string, @Body() body: PatchEndpointDto): Promise<Answer<EndpointDto>> {
    return this.endpoints.patch(context, ref, body);
  }

  @Delete(':ref')
  @Access('endpoint', 'delete')
  @ApiOperation({ operationId: 'deleteEndpoint', summary: 'Delete an endpoint' })
  @ApiNoContentResponse({ description: 'It is gone.' })
  @ApiAcceptedResponse({ type: EndpointDto, description: 'Its host is being cleaned.' })
  remove(@Context() context: RequestContext, @Param('ref') ref: string, @Query() query: DeleteQuery): Promise<Answer<EndpointDto>> {
    return this.endpoints.remove(context, ref, query);
  }

  @Post(':ref/join')
  @HttpCode(200)
  @Access('endpoint', 'update')
  @ApiOperation({ operationId: 'joinEndpoint', summary: 'Join an endpoint to a sandbox' })
  @ApiOkResponse({ type: EndpointDto })
  join(@Context() context: RequestContext, @Param('ref') ref: string, @Body() body: JoinEndpointDto): Promise<Answer<EndpointDto>> {
    return this.endpoints.join(context, ref, body);
  }

  @Post(':ref/leave')
  @HttpCode(200)
  @Access('endpoint', 'update')
  @ApiOperation({ operationId: 'leaveEndpoint', summary: 'Take an endpoint out of its sandbox; it keeps its addresses' })
  @ApiOkResponse({ type: EndpointDto })
  leave(@Context() context: RequestContext, @Param('ref') ref: string): Promise<Answer<EndpointDto>> {
    return this.endpoints.leave(context, ref);
  }
}
