import { Body, Controller, Delete, Get, Inject, Param, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access';
import type { Answer } from '../http/answer';
import { Context, type RequestContext } from '../http/request-context';
import { MemberDto, MemberListDto, PutMemberDto } from './member.dto';
import { MembersService } from './members.service';

@ApiTags('members')
@Controller('v1/tenants/:tenant/members')
export class MembersController {
  constructor(@Inject(MembersService) private readonly members: MembersService) {}

  @Get()
  @Access('member', 'read')
  @ApiOperation({ operationId: 'listMembers', summary: 'List the members of a tenant' })
  @ApiOkResponse({ type: MemberListDto })
  list(@Context() context: RequestContext, @Param('tenant') _tenant: string): Promise<MemberListDto> {
    return this.members.list(context);
  }

  @Get(':ref')
  @Access('member', 'read')
  @ApiOperation({ operationId: 'getMember', summary: 'Read a member of a tenant, by the user’s name or id' })
  @ApiOkResponse({ type: MemberDto })
  get(@Context() context: RequestContext, @Param('tenant') _tenant: string, @Param('ref') ref: string): Promise<MemberDto> {
    return this.members.get(context, ref);
  }

  @Put(':ref')
  @Access('member', 'update')
  @ApiOperation({ operationId: 'putMember', summary: 'Make a user a member of a tenant, or give a member another role' })
  @ApiOkResponse({ type: MemberDto })
  put(
    @Context() context: RequestContext,
    @Param('tenant') _tenant: string,
    @Param('ref') ref: string,
    @Body() body: PutMemberDto,
  ): Promise<Answer<MemberDto>> {
    return this.members.put(context, ref, body);
  }

  @Delete(':ref')
  @Access('member', 'delete')
  @ApiOperation({ operationId: 'deleteMember', summary: 'End a membership' })
  @ApiNoContentResponse({ description: 'The user is a member no more.' })
  remove(@Context() context: RequestContext, @Param('tenant') _tenant: string, @Param('ref') ref: string): Promise<Answer<never>> {
    return this.members.remove(context, ref);
  }
}
