import { Body, Controller, Delete, Get, Inject, Param, Post, Query } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Access } from '../access/access';
import type { Answer } from '../http/answer';
import { Context, type RequestContext } from '../http/request-context';
import { CreateProbeDto, ProbeDto, ProbeListQuery, ProbePageDto, probeResults } from './probe.dto';
import { ProbesService } from './probes.service';

@ApiTags('probes')
@ApiExtraModels(...probeResults)
@Controller('v1/probes')
export class ProbesController {
  constructor(@Inject(ProbesService) private readonly probes: ProbesService) {}

  @Get()
  @Access('probe', 'read')
  @ApiOperation({ operationId: 'listProbes', summary: 'List probes of the last hour' })
  @ApiOkResponse({ type: ProbePageDto })
  list(@Context() context: RequestContext, @Query() query: ProbeListQuery): Promise<ProbePageDto> {
    return this.probes.list(context, query);
  }

  @Post()
  @Access('probe', 'create')
  @ApiOperation({
    operationId: 'createProbe',
    summary: 'Run a probe inside a sandbox',
    description: 'Answers when there is a result, or when the time of the probe and 5 s are up; at once with `Prefer: respond-async`.',
  })
  @ApiCreatedResponse({ type: ProbeDto, description: 'The probe has finished.' })
  @ApiAcceptedResponse({ type: ProbeDto, description: 'It has not finished yet.' })
  create(@Context() context: RequestContext, @Body() body: CreateProbeDto): Promise<Answer<ProbeDto>> {
    return this.probes.create(context, body);
  }

  @Get(':ref')
  @Access('probe', 'read')
  @ApiOperation({ operationId: 'getProbe', summary: 'Read a probe' })
  @ApiOkResponse({ type: ProbeDto })
  get(@Context() context: RequestContext, @Param('ref') ref: string): Promise<ProbeDto> {
    return this.probes.get(context, ref);
  }

  @Delete(':ref')
  @Access('probe', 'delete')
  @ApiOperation({ operationId: 'deleteProbe', summary: 'Forget a probe' })
  @ApiNoContentResponse({ description: 'It is gone.' })
  remove(@Context() context: RequestContext, @Param('ref') ref: string): Promise<Answer<never>> {
    return this.probes.remove(context, ref);
  }
}
