import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access';
import { Context, type RequestContext } from '../http/request-context';
import { ChangeListQuery, ChangePageDto } from './change.dto';
import { ChangesService } from './changes.service';

@ApiTags('changes')
@Controller('v1/changes')
export class ChangesController {
  constructor(@Inject(ChangesService) private readonly changes: ChangesService) {}

  @Get()
  @Access('change', 'read')
  @ApiOperation({ operationId: 'listChanges', summary: 'List who made, changed and deleted which objects, the latest first' })
  @ApiOkResponse({ type: ChangePageDto })
  list(@Context() context: RequestContext, @Query() query: ChangeListQuery): Promise<ChangePageDto> {
    return this.changes.list(context, query);
  }
}
