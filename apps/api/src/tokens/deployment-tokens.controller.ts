import { Body, Controller, Delete, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access';
import type { Answer } from '../http/answer';
import { ShownOnce } from '../http/idempotency.interceptor';
import { ListQuery } from '../http/list.dto';
import { Context, type RequestContext } from '../http/request-context';
import { CreateDeploymentTokenDto, TokenDto, TokenPageDto } from './token.dto';
import { TokensService } from './tokens.service';

/** Tokens that are good for all of the deployment. */
@ApiTags('tokens')
@Controller('v1/tokens')
export class DeploymentTokensController {
  constructor(@Inject(TokensService) private readonly tokens: TokensService) {}

  @Get()
  @Access('deployment-token', 'read')
  @ApiOperation({ operationId: 'listDeploymentTokens', summary: 'List the tokens of admins and auditors, without their secrets' })
  @ApiOkResponse({ type: TokenPageDto })
  list(@Query() query: ListQuery): Promise<TokenPageDto> {
    return this.tokens.list(null, query);
  }

  @Post()
  @ShownOnce()
  @Access('deployment-token', 'create')
  @ApiOperation({ operationId: 'createDeploymentToken', summary: 'Make a token of an admin or auditor; its secret is shown this once' })
  @ApiCreatedResponse({ type: TokenDto })
  create(@Context() context: RequestContext, @Body() body: CreateDeploymentTokenDto): Promise<Answer<TokenDto>> {
    return this.tokens.create(context, null, body);
  }

  @Get(':ref')
  @Access('deployment-token', 'read')
  @ApiOperation({ operationId: 'getDeploymentToken', summary: 'Read a token of an admin or auditor, without its secret' })
  @ApiOkResponse({ type: TokenDto })
  get(@Param('ref') ref: string): Promise<TokenDto> {
    return this.tokens.get(null, ref);
  }

  @Delete(':ref')
  @Access('deployment-token', 'delete')
  @ApiOperation({ operationId: 'deleteDeploymentToken', summary: 'Revoke a token of an admin or auditor' })
  @ApiNoContentResponse({ description: 'It is gone.' })
  remove(@Context() context: RequestContext, @Param('ref') ref: string): Promise<Answer<never>> {
    return this.tokens.remove(context, null, ref);
  }
}
