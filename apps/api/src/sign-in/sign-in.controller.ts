import { Body, Controller, Get, Inject, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { Access, PublicRoute } from '../access/access';
import type { Answer } from '../http/answer';
import { requestIdOf } from '../http/request-id';
import { SessionDto } from '../sessions/session.dto';
import { BegunSignInDto, BeginSignInDto, CompleteSignInDto, SignInMethodListDto } from './sign-in.dto';
import { SignInService } from './sign-in.service';

@ApiTags('sessions')
@Controller('v1')
export class SignInController {
  constructor(@Inject(SignInService) private readonly signIn: SignInService) {}

  @Get('sign-in')
  @PublicRoute()
  @ApiOperation({ operationId: 'listSignInMethods', summary: 'How one can sign in', security: [] })
  @ApiOkResponse({ type: SignInMethodListDto })
  methods(): SignInMethodListDto {
    return this.signIn.methods();
  }

  @Post('sign-in/oidc')
  @PublicRoute()
  @ApiOperation({
    operationId: 'beginOidcSignIn',
    summary: 'Begin to sign in by an OpenID Connect provider: where to send the browser',
    security: [],
  })
  @ApiCreatedResponse({ type: BegunSignInDto })
  begin(@Req() request: Request, @Body() body: BeginSignInDto): Promise<Answer<BegunSignInDto>> {
    return this.signIn.begin(body, request.ip ?? '');
  }

  @Post('sessions/oidc')
  @PublicRoute()
  @Access('session', 'create')
  @ApiOperation({
    operationId: 'completeOidcSignIn',
    summary: 'Sign in with what an OpenID Connect provider has sent the browser back with; the token of the session is shown this once',
    security: [],
  })
  @ApiCreatedResponse({ type: SessionDto })
  complete(@Req() request: Request, @Body() body: CompleteSignInDto): Promise<Answer<SessionDto>> {
    const { method, path, ip: source = '' } = request;
    return this.signIn.complete(body, { method, path, source, requestId: requestIdOf(request) }, request.headers['user-agent']);
  }
}
