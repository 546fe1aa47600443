import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { Access, PublicRoute } from '../access/access';
import type { Answer } from '../http/answer';
import { Context, type RequestContext } from '../http/request-context';
import { ChangePasswordDto, SessionDto, SessionListDto, SignedOutDto, SignInDto } from './session.dto';
import { SessionsService } from './sessions.service';

@ApiTags('sessions')
@Controller('v1')
export class SessionsController {
  constructor(@Inject(SessionsService) private readonly sessions: SessionsService) {}

  @Post('sessions')
  @PublicRoute()
  @Access('session', 'create')
  @ApiOperation({
    operationId: 'signIn',
    summary: 'Sign in with a name and a password; the token of the session is shown this once',
    security: [],
  })
  @ApiCreatedResponse({ type: SessionDto })
  signIn(@Req() request: Request, @Body() body: SignInDto): Promise<Answer<SessionDto>> {
    return this.sessions.signIn(body, { source: request.ip ?? '', userAgent: request.headers['user-agent'] });
  }

  @Get('sessions')
  @Access('session', 'read')
  @ApiOperation({ operationId: 'listSessions', summary: 'List the sessions of the user who asks' })
  @ApiOkResponse({ type: SessionListDto })
  list(@Context() context: RequestContext): Promise<SessionListDto> {
    return this.sessions.list(context);
  }

  @Delete('sessions/:ref')
  @Access('session', 'delete')
  @ApiOperation({ operationId: 'endSession', summary: 'End one session of the user who asks' })
  @ApiNoContentResponse({ description: 'It is over.' })
  end(@Context() context: RequestContext, @Param('ref') ref: string): Promise<Answer<never>> {
    return this.sessions.end(context, ref);
  }

  @Delete('sessions')
  @Access('session', 'delete')
  @ApiOperation({ operationId: 'signOutEverywhere', summary: 'End all sessions of the user who asks' })
  @ApiOkResponse({ type: SignedOutDto, description: 'They are over; the one at the provider can be ended as well.' })
  @ApiNoContentResponse({ description: 'They are over.' })
  signOutEverywhere(@Context() context: RequestContext): Promise<Answer<SignedOutDto>> {
    return this.sessions.signOut(context, true);
  }

  @Get('session')
  @Access('session', 'read')
  @ApiOperation({ operationId: 'getSession', summary: 'Who asks, and what they may do where' })
  @ApiOkResponse({ type: SessionDto })
  get(@Context() context: RequestContext): Promise<SessionDto> {
    return this.sessions.get(context);
  }

  @Delete('session')
  @Access('session', 'delete')
  @ApiOperation({ operationId: 'signOut', summary: 'End the session that asks' })
  @ApiOkResponse({ type: SignedOutDto, description: 'It is over; the one at the provider can be ended as well.' })
  @ApiNoContentResponse({ description: 'It is over.' })
  signOut(@Context() context: RequestContext): Promise<Answer<SignedOutDto>> {
    return this.sessions.signOut(context, false);
  }

  @Put('session/password')
  @Access('session', 'update')
  @HttpCode(204)
  @ApiOperation({ operationId: 'changePassword', summary: 'Change the password of the user who asks; other sessions end' })
  @ApiNoContentResponse({ description: 'It is changed.' })
  changePassword(@Context() context: RequestContext, @Body() body: ChangePasswordDto): Promise<Answer<never>> {
    return this.sessions.changePassword(context, body);
  }
}
