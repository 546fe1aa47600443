import { Controller, Delete, Get, Inject, Param, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access';
import type { Answer } from '../http/answer';
import { Context, type RequestContext } from '../http/request-context';
import { ShareDto, ShareListDto } from './share.dto';
import { SharesService } from './shares.service';

@ApiTags('shares')
@Controller('v1/networks/:ref/shares')
export class SharesController {
  constructor(@Inject(SharesService) private readonly shares: SharesService) {}

  @Get()
  @Access('share', 'read')
  @ApiOperation({ operationId: 'listShares', summary: 'List the tenants that a network is shared with' })
  @ApiOkResponse({ type: ShareListDto })
  list(@Context() context: RequestContext, @Param('ref') ref: string): Promise<ShareListDto> {
    return this.shares.list(context, ref);
  }

  @Put(':with')
  @Access('share', 'update')
  @ApiOperation({ operationId: 'putShare', summary: 'Share a network with another tenant, which may then use it and not change it' })
  @ApiOkResponse({ type: ShareDto })
  put(@Context() context: RequestContext, @Param('ref') ref: string, @Param('with') tenant: string): Promise<Answer<ShareDto>> {
    return this.shares.put(context, ref, tenant);
  }

  @Delete(':with')
  @Access('share', 'delete')
  @ApiOperation({ operationId: 'deleteShare', summary: 'Share a network no more with a tenant that has nothing on it' })
  @ApiNoContentResponse({ description: 'It is shared no more.' })
  remove(@Context() context: RequestContext, @Param('ref') ref: string, @Param('with') tenant: string): Promise<Answer<never>> {
    return this.shares.remove(context, ref, tenant);
  }
}
