import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access';
import type { Answer } from '../http/answer';
import { BulkDeleteDto, BulkDeleteResultDto } from '../http/bulk.dto';
import { CascadeQuery } from '../http/delete.dto';
import { Context, type RequestContext } from '../http/request-context';
import {
  BulkCreateNetworksDto,
  CreateNetworkDto,
  NetworkDto,
  NetworkListDto,
  NetworkListQuery,
  NetworkPageDto,
  PatchNetworkDto,
} from './network.dto';
import { NetworksService } from './networks.service';

@ApiTags('networks')
@Controller('v1/networks')
export class NetworksController {
  constructor(@Inject(NetworksService) private readonly networks: NetworksService) {}

  @Get()
  @Access('network', 'read')
  @ApiOperation({ operationId: 'listNetworks', summary: 'List networks' })
  @ApiOkResponse({ type: NetworkPageDto })
  list(@Context() context: RequestContext, @Query() query: NetworkListQuery): Promise<NetworkPageDto> {
    return this.networks.list(context, query);
  }

  @Post()
  @Access('network', 'create')
  @ApiOperation({ operationId: 'createNetwork', summary: 'Create a network' })
  @ApiCreatedResponse({ type: NetworkDto })
  create(@Context() context: RequestContext, @Body() body: CreateNetworkDto): Promise<Answer<NetworkDto>> {
    return this.networks.create(context, body);
  }

  @Post('bulk')
  @Access('network', 'create')
  @ApiOperation({ operationId: 'createNetworks', summary: 'Create up to 1,000 networks: all or none' })
  @ApiCreatedResponse({ type: NetworkListDto })
  createMany(@Context() context: RequestContext, @Body() body: BulkCreateNetworksDto): Promise<Answer<NetworkListDto>> {
    return this.networks.createMany(context, body.items);
  }

  @Post('bulk-delete')
  @HttpCode(200)
  @Access('network', 'delete')
  @ApiOperation({ operationId: 'deleteNetworks', summary: 'Delete networks that have no endpoints: all or none' })
  @ApiOkResponse({ type: BulkDeleteResultDto })
  removeMany(@Context() context: RequestContext, @Body() body: BulkDeleteDto): Promise<Answer<BulkDeleteResultDto>> {
    return this.networks.removeMany(context, body);
  }

  @Get(':ref')
  @Access('network', 'read')
  @ApiOperation({ operationId: 'getNetwork', summary: 'Read a network' })
  @ApiOkResponse({ type: NetworkDto })
  get(@Context() context: RequestContext, @Param('ref') ref: string): Promise<NetworkDto> {
    return this.networks.get(context, ref);
  }

  @Patch(':ref')
  @Access('network', 'update')
  @ApiOperation({ operationId: 'patchNetwork', summary: 'Change labels and options of a network' })
  @ApiOkResponse({ type: NetworkDto })
  patch(@Context() context: RequestContext, @Param('ref') ref: string, @Body() body: PatchNetworkDto): Promise<Answer<NetworkDto>> {
    return this.networks.patch(context, ref, body);
  }

  @Delete(':ref')
  @Access('network', 'delete')
  @ApiOperation({ operationId: 'deleteNetwork', summary: 'Delete a network' })
  @ApiNoContentResponse({ description: 'It is gone.' })
  @ApiAcceptedResponse({ type: NetworkDto, description: 'Its hosts are being cleaned.' })
  remove(@Context() context: RequestContext, @Param('ref') ref: string, @Query() query: CascadeQuery): Promise<Answer<NetworkDto>> {
    return this.networks.remove(context, ref, query);
  }
}
