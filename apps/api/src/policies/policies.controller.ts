import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access';
import type { Answer } from '../http/answer';
import { BulkDeleteDto, BulkDeleteResultDto } from '../http/bulk.dto';
import { DeleteQuery } from '../http/delete.dto';
import { Context, type RequestContext } from '../http/request-context';
import {
  BulkCreatePoliciesDto,
  CreatePolicyDto,
  PatchPolicyDto,
  PolicyCountersDto,
  PolicyDto,
  PolicyListDto,
  PolicyListQuery,
  PolicyPageDto,
  PolicyPreviewDto,
} from './policy.dto';
import { PoliciesService } from './policies.service';

@ApiTags('policies')
@Controller('v1/policies')
export class PoliciesController {
  constructor(@Inject(PoliciesService) private readonly policies: PoliciesService) {}

  @Get()
  @Access('policy', 'read')
  @ApiOperation({ operationId: 'listPolicies', summary: 'List policies' })
  @ApiOkResponse({ type: PolicyPageDto })
  list(@Context() context: RequestContext, @Query() query: PolicyListQuery): Promise<PolicyPageDto> {
    return this.policies.list(context, query);
  }

  @Post()
  @Access('policy', 'create')
  @ApiOperation({ operationId: 'createPolicy', summary: 'Create a policy: who may speak with whom on a network' })
  @ApiCreatedResponse({ type: PolicyDto })
  create(@Context() context: RequestContext, @Body() body: CreatePolicyDto): Promise<Answer<PolicyDto>> {
    return this.policies.create(context, body);
  }

  @Post('bulk')
  @Access('policy', 'create')
  @ApiOperation({ operationId: 'createPolicies', summary: 'Create up to 1,000 policies: all or none' })
  @ApiCreatedResponse({ type: PolicyListDto })
  createMany(@Context() context: RequestContext, @Body() body: BulkCreatePoliciesDto): Promise<Answer<PolicyListDto>> {
    return this.policies.createMany(context, body.items);
  }

  @Post('bulk-delete')
  @HttpCode(200)
  @Access('policy', 'delete')
  @ApiOperation({ operationId: 'deletePolicies', summary: 'Delete policies: all or none' })
  @ApiOkResponse({ type: BulkDeleteResultDto })
  removeMany(@Context() context: RequestContext, @Body() body: BulkDeleteDto): Promise<Answer<BulkDeleteResultDto>> {
    return this.policies.removeMany(context, body);
  }

  @Post('preview')
  @HttpCode(200)
  @Access('policy', 'read')
  @ApiOperation({ operationId: 'previewPolicy', summary: 'Which present flows a policy would cut; nothing is changed' })
  @ApiOkResponse({ type: PolicyPreviewDto })
  preview(@Context() context: RequestContext, @Body() body: CreatePolicyDto): Promise<PolicyPreviewDto> {
    return this.policies.preview(context, body);
  }

  @Get(':ref')
  @Access('policy', 'read')
  @ApiOperation({ operationId: 'getPolicy', summary: 'Read a policy' })
  @ApiOkResponse({ type: PolicyDto })
  get(@Context() context: RequestContext, @Param('ref') ref: string): Promise<PolicyDto> {
    return this.policies.get(context, ref);
  }

  @Get(':ref/counters')
  @Access('policy', 'read')
  @ApiOperation({ operationId: 'getPolicyCounters', summary: 'How many new flows each rule has decided' })
  @ApiOkResponse({ type: PolicyCountersDto })
  counters(@Context() context: RequestContext, @Param('ref') ref: string): Promise<PolicyCountersDto> {
    return this.policies.counters(context, ref);
  }

  @Patch(':ref')
  @Access('policy', 'update')
  @ApiOperation({ operationId: 'patchPolicy', summary: 'Change the rules, the default, the priority or the labels of a policy' })
  @ApiOkResponse({ type: PolicyDto })
  patch(@Context() context: RequestContext, @Param('ref') ref: string, @Body() body: PatchPolicyDto): Promise<Answer<PolicyDto>> {
    return this.policies.patch(context, ref, body);
  }

  @Delete(':ref')
  @Access('policy', 'delete')
  @ApiOperation({ operationId: 'deletePolicy', summary: 'Delete a policy' })
  @ApiNoContentResponse({ description: 'It is gone.' })
  @ApiAcceptedResponse({ type: PolicyDto, description: 'Its hosts are being cleaned of it.' })
  remove(@Context() context: RequestContext, @Param('ref') ref: string, @Query() query: DeleteQuery): Promise<Answer<PolicyDto>> {
    return this.policies.remove(context, ref, query);
  }
}
