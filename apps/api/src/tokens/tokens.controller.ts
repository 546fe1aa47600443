import { Body, Controller, Delete, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access';
import type { Answer } from '../http/answer';
import { ShownOnce } from '../http/idempotency.interceptor';
import { ListQuery } from '../http/list.dto';
import { Context, type RequestContext } from '../http/request-context';
import { CreateTokenDto, TokenDto, TokenPageDto } from './token.dto';
import { TokensService } from './tokens.service';

@ApiTags('tokens')
@Controller('v1/tenants/:tenant/tokens')
export class TokensController {
  constructor(@Inject(TokensService) private readonly tokens: TokensService) {}

  @Get()
  @Access('token', 'read')
  @ApiOperation({ operationId: 'listTokens', summary: 'List the tokens of a tenant, without their secrets' })
  @ApiOkResponse({ type: TokenPageDto })
  list(@Context() context: RequestContext, @Query() query: ListQuery): Promise<TokenPageDto> {
    return this.tokens.list(context.tenantId, query);
  }

  @Post()
  @ShownOnce()
  @Access('token', 'create')
  @ApiOperation({ operationId: 'createToken', summary: 'Make a token of a tenant; its secret is shown this once' })
  @ApiCreatedResponse({ type: TokenDto })
  create(@Context() context: RequestContext, @Param('tenant') _tenant: string, @Body() body: CreateTokenDto): Promise<Answer<TokenDto>> {
    return this.tokens.create(context, context.tenantId, body);
  }

  @Get(':ref')
  @Access('token', 'read')
  @ApiOperation({ operationId: 'getToken', summary: 'Read a token of a tenant, without its secret' })
  @ApiOkResponse({ type: TokenDto })
  get(@Context() context: RequestContext, @Param('tenant') _tenant: string, @Param('ref') ref: string): Promise<TokenDto> {
    return this.tokens.get(context.tenantId, ref);
  }

  @Delete(':ref')
  @Access('token', 'delete')
  @ApiOperation({ operationId: 'deleteToken', summary: 'Revoke a token of a tenant: it is good for nothing from then on' })
  @ApiNoContentResponse({ description: 'It is gone.' })
  remove(@Context() context: RequestContext, @Param('tenant') _tenant: string, @Param('ref') ref: string): Promise<Answer<never>> {
    return this.tokens.remove(context, context.tenantId, ref);
  }
}
