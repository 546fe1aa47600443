import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Put, Res } from '@nestjs/common';
import { ApiBody, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access';
import type { Response } from 'express';
import { Context, type RequestContext } from '../http/request-context';
import { HostDto, HostRegistrationDto } from './host.dto';
import { hostReportSchema } from './report-schema';
import { RegistrationService } from './registration.service';
import { ReportsService } from './reports.service';
import { WorkerFeed } from './worker-feed';

/** What workers ask for. */
@ApiTags('workers')
@Controller('v1/hosts')
export class WorkerController {
  constructor(
    @Inject(RegistrationService) private readonly registrations: RegistrationService,
    @Inject(ReportsService) private readonly reports: ReportsService,
    @Inject(WorkerFeed) private readonly feeds: WorkerFeed,
  ) {}

  @Put(':ref/registration')
  @Access('intent', 'update')
  @ApiOperation({ operationId: 'registerHost', summary: 'Register a host by its name, and say that it lives' })
  @ApiOkResponse({ type: HostDto })
  register(@Context() context: RequestContext, @Param('ref') ref: string, @Body() body: HostRegistrationDto): Promise<HostDto> {
    return this.registrations.register(context, ref, body);
  }

  @Get(':ref/feed')
  @Access('intent', 'read')
  @ApiOperation({ operationId: 'followHostFeed', summary: 'Follow what the host is to realise' })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({
    description: 'Server-sent events; `data` is a feed message, `id` the place to resume from.',
    content: { 'text/event-stream': { schema: { type: 'string' } } },
  })
  feed(@Param('ref') ref: string, @Headers('last-event-id') lastEventId: string | undefined, @Res() response: Response): Promise<void> {
    return this.feeds.follow(ref, lastEventId, response);
  }

  @Post(':ref/reports')
  @HttpCode(204)
  @Access('intent', 'update')
  @ApiOperation({ operationId: 'reportFromHost', summary: 'Say what stands on the host' })
  @ApiBody({ schema: hostReportSchema })
  @ApiNoContentResponse({ description: 'Taken in.' })
  report(@Param('ref') ref: string, @Body() body: unknown): Promise<void> {
    return this.reports.take(ref, body);
  }
}
