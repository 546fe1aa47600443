import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access';
import { Context, type RequestContext } from '../http/request-context';
import { EventListQuery, EventPageDto } from './event.dto';
import { EventsService } from './events.service';

@ApiTags('events')
@Controller('v1/events')
export class EventsController {
  constructor(@Inject(EventsService) private readonly events: EventsService) {}

  @Get()
  @Access('event', 'read')
  @ApiOperation({ operationId: 'listEvents', summary: 'List what happened, the latest first' })
  @ApiOkResponse({ type: EventPageDto })
  list(@Context() context: RequestContext, @Query() query: EventListQuery): Promise<EventPageDto> {
    return this.events.list(context, query);
  }
}
