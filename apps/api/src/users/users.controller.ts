import { Body, Controller, Delete, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access';
import type { Answer } from '../http/answer';
import { ListQuery } from '../http/list.dto';
import { Context, type RequestContext } from '../http/request-context';
import { CreateUserDto, PatchUserDto, UserDto, UserPageDto } from './user.dto';
import { UsersService } from './users.service';

@ApiTags('users')
@Controller('v1/users')
export class UsersController {
  constructor(@Inject(UsersService) private readonly users: UsersService) {}

  @Get()
  @Access('user', 'read')
  @ApiOperation({ operationId: 'listUsers', summary: 'List users' })
  @ApiOkResponse({ type: UserPageDto })
  list(@Query() query: ListQuery): Promise<UserPageDto> {
    return this.users.list(query);
  }

  @Post()
  @Access('user', 'create')
  @ApiOperation({ operationId: 'createUser', summary: 'Create a user' })
  @ApiCreatedResponse({ type: UserDto })
  create(@Body() body: CreateUserDto): Promise<Answer<UserDto>> {
    return this.users.create(body);
  }

  @Get(':ref')
  @Access('user', 'read')
  @ApiOperation({ operationId: 'getUser', summary: 'Read a user' })
  @ApiOkResponse({ type: UserDto })
  get(@Param('ref') ref: string): Promise<UserDto> {
    return this.users.get(ref);
  }

  @Patch(':ref')
  @Access('user', 'update')
  @ApiOperation({ operationId: 'patchUser', summary: 'Change labels, deployment role, password or identities of a user' })
  @ApiOkResponse({ type: UserDto })
  patch(@Context() context: RequestContext, @Param('ref') ref: string, @Body() body: PatchUserDto): Promise<Answer<UserDto>> {
    return this.users.patch(context, ref, body);
  }

  @Delete(':ref')
  @Access('user', 'delete')
  @ApiOperation({ operationId: 'deleteUser', summary: 'Delete a user, with all memberships' })
  @ApiNoContentResponse({ description: 'It is gone.' })
  remove(@Context() context: RequestContext, @Param('ref') ref: string): Promise<Answer<never>> {
    return this.users.remove(context, ref);
  }
}
