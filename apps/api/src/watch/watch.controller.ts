import { Controller, Get, Headers, Inject, Query, Res } from '@nestjs/common';
import { ApiExtraModels, ApiHeader, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access';
import type { Response } from 'express';
import { Context, type RequestContext } from '../http/request-context';
import { WatchDeleteDto, WatchQuery } from './watch.dto';
import { WatchService } from './watch.service';

const eventsText = `Server-sent events. \`snapshot\` begins a full account of what there is, which \`in-sync\` ends; from then on
come changes: \`upsert\` (data: WatchUpsert) and \`delete\` (data: WatchDelete). \`id\` is the place in the stream, good for \`Last-Event-ID\`.`;

@ApiTags('watch')
@ApiExtraModels(WatchDeleteDto)
@Controller('v1/watch')
export class WatchController {
  constructor(@Inject(WatchService) private readonly watches: WatchService) {}

  @Get()
  @Access('watch', 'read')
  @ApiOperation({ operationId: 'watch', summary: 'Follow all objects as they change' })
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'Place to go on after; 410 when it is too old.' })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ description: eventsText, content: { 'text/event-stream': { schema: { type: 'string' } } } })
  watch(
    @Context() context: RequestContext,
    @Query() query: WatchQuery,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    return this.watches.follow(context, query, lastEventId, response);
  }
}
