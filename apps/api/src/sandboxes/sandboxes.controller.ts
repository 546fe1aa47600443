import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access';
import type { Answer } from '../http/answer';
import { BulkDeleteDto, BulkDeleteResultDto } from '../http/bulk.dto';
import { DeleteQuery } from '../http/delete.dto';
import { Context, type RequestContext } from '../http/request-context';
import {
  BulkCreateSandboxesDto,
  CreateSandboxDto,
  SandboxDto,
  SandboxListDto,
  SandboxListQuery,
  SandboxPageDto,
  PatchSandboxDto,
} from './sandbox.dto';
import { SandboxesService } from './sandboxes.service';

@ApiTags('sandboxes')
@Controller('v1/sandboxes')
export class SandboxesController {
  constructor(@Inject(SandboxesService) private readonly sandboxes: SandboxesService) {}

  @Get()
  @Access('sandbox', 'read')
  @ApiOperation({ operationId: 'listSandboxes', summary: 'List sandboxes' })
  @ApiOkResponse({ type: SandboxPageDto })
  list(@Context() context: RequestContext, @Query() query: SandboxListQuery): Promise<SandboxPageDto> {
    return this.sandboxes.list(context, query);
  }

  @Post()
  @Access('sandbox', 'create')
  @ApiOperation({ operationId: 'createSandbox', summary: 'Create a sandbox' })
  @ApiCreatedResponse({ type: SandboxDto })
  create(@Context() context: RequestContext, @Body() body: CreateSandboxDto): Promise<Answer<SandboxDto>> {
    return this.sandboxes.create(context, body);
  }

  @Post('bulk')
  @Access('sandbox', 'create')
  @ApiOperation({ operationId: 'createSandboxes', summary: 'Create up to 1,000 sandboxes: all or none' })
  @ApiCreatedResponse({ type: SandboxListDto })
  createMany(@Context() context: RequestContext, @Body() body: BulkCreateSandboxesDto): Promise<Answer<SandboxListDto>> {
    return this.sandboxes.createMany(context, body.items);
  }

  @Post('bulk-delete')
  @HttpCode(200)
  @Access('sandbox', 'delete')
  @ApiOperation({ operationId: 'deleteSandboxes', summary: 'Delete sandboxes and their endpoints: all or none' })
  @ApiOkResponse({ type: BulkDeleteResultDto })
  removeMany(@Context() context: RequestContext, @Body() body: BulkDeleteDto): Promise<Answer<BulkDeleteResultDto>> {
    return this.sandboxes.removeMany(context, body);
  }

  @Get(':ref')
  @Access('sandbox', 'read')
  @ApiOperation({ operationId: 'getSandbox', summary: 'Read a sandbox' })
  @ApiOkResponse({ type: SandboxDto })
  get(@Context() context: RequestContext, @Param('ref') ref: string): Promise<SandboxDto> {
    return this.sandboxes.get(context, ref);
  }

  @Patch(':ref')
  @Access('sandbox', 'update')
  @ApiOperation({ operationId: 'patchSandbox', summary: 'Change labels of a sandbox' })
  @ApiOkResponse({ type: SandboxDto })
  patch(@Context() context: RequestContext, @Param('ref') ref: string, @Body() body: PatchSandboxDto): Promise<Answer<SandboxDto>> {
    return this.sandboxes.patch(context, ref, body);
  }

  @Delete(':ref')
  @Access('sandbox', 'delete')
  @ApiOperation({ operationId: 'deleteSandbox', summary: 'Delete a sandbox and its endpoints' })
  @ApiNoContentResponse({ description: 'It is gone.' })
  @ApiAcceptedResponse({ type: SandboxDto, description: 'Its host is being cleaned.' })
  remove(@Context() context: RequestContext, @Param('ref') ref: string, @Query() query: DeleteQuery): Promise<Answer<SandboxDto>> {
    return this.sandboxes.remove(context, ref, query);
  }
}
