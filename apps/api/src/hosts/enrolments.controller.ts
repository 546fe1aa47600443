import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access';
import type { Answer } from '../http/answer';
import { ShownOnce } from '../http/idempotency.interceptor';
import { ListQuery } from '../http/list.dto';
import { Context, type RequestContext } from '../http/request-context';
import { CreateEnrolmentDto, EnrolmentDto, EnrolmentPageDto, ExchangeCredentialDto, HostCredentialDto } from './enrolment.dto';
import { EnrolmentsService } from './enrolments.service';

@ApiTags('hosts')
@Controller('v1/hosts')
export class EnrolmentsController {
  constructor(@Inject(EnrolmentsService) private readonly enrolments: EnrolmentsService) {}

  @Get('enrolments')
  @Access('enrolment', 'read')
  @ApiOperation({ operationId: 'listEnrolments', summary: 'List enrolments that have not been used, without their tokens' })
  @ApiOkResponse({ type: EnrolmentPageDto })
  list(@Query() query: ListQuery): Promise<EnrolmentPageDto> {
    return this.enrolments.list(query);
  }

  @Post('enrolments')
  @ShownOnce()
  @Access('enrolment', 'create')
  @ApiOperation({ operationId: 'createEnrolment', summary: 'Make a token by which one host enrols, once' })
  @ApiCreatedResponse({ type: EnrolmentDto })
  create(@Body() body: CreateEnrolmentDto): Promise<Answer<EnrolmentDto>> {
    return this.enrolments.create(body);
  }

  @Delete('enrolments/:ref')
  @Access('enrolment', 'delete')
  @ApiOperation({ operationId: 'deleteEnrolment', summary: 'Take an enrolment back, by the name of the host' })
  @ApiNoContentResponse({ description: 'Its token is good for nothing any more.' })
  remove(@Param('ref') ref: string): Promise<Answer<never>> {
    return this.enrolments.remove(ref);
  }

  @Put(':ref/credential')
  @HttpCode(200)
  @Access('credential', 'update')
  @ApiOperation({
    operationId: 'exchangeCredential',
    summary: 'Exchange the token of an enrolment, or the present credential, for a credential of this one host',
  })
  @ApiOkResponse({ type: HostCredentialDto })
  exchange(
    @Context() context: RequestContext,
    @Param('ref') _ref: string,
    @Body() body: ExchangeCredentialDto,
  ): Promise<HostCredentialDto> {
    return this.enrolments.exchange(context, body);
  }
}
