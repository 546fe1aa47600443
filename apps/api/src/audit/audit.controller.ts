import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Access } from '../access/access';
import { Context, type RequestContext } from '../http/request-context';
import { AuditFilter, AuditListQuery, AuditPageDto } from './audit.dto';
import { AuditService } from './audit.service';

@ApiTags('audit')
@Controller('v1/audit')
export class AuditController {
  constructor(@Inject(AuditService) private readonly audit: AuditService) {}

  @Get()
  @Access('audit', 'read')
  @ApiOperation({ operationId: 'listAudit', summary: 'List what was done and what was refused, the latest first' })
  @ApiOkResponse({ type: AuditPageDto })
  list(@Context() context: RequestContext, @Query() query: AuditListQuery): Promise<AuditPageDto> {
    return this.audit.list(context, query);
  }

  @Get('export')
  @Access('audit', 'read')
  @ApiOperation({ operationId: 'exportAudit', summary: 'All of it, one entry a line' })
  @ApiProduces('application/x-ndjson')
  @ApiOkResponse({
    description: 'Newline-delimited JSON: an AuditEntry in each line.',
    content: { 'application/x-ndjson': { schema: { type: 'string' } } },
  })
  export(@Context() context: RequestContext, @Query() query: AuditFilter, @Res() response: Response): Promise<void> {
    return this.audit.export(context, query, response);
  }
}
