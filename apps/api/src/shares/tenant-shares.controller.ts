import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access';
import { Context, type RequestContext } from '../http/request-context';
import { NetworkShareListDto } from './share.dto';
import { SharesService } from './shares.service';

/** What a tenant shares, and what is shared with it. */
@ApiTags('shares')
@Controller('v1/shares')
export class TenantSharesController {
  constructor(@Inject(SharesService) private readonly shares: SharesService) {}

  @Get()
  @Access('share', 'read')
  @ApiOperation({ operationId: 'listTenantShares', summary: 'List all networks that the tenant shares, and those that are shared with it' })
  @ApiOkResponse({ type: NetworkShareListDto })
  list(@Context() context: RequestContext): Promise<NetworkShareListDto> {
    return this.shares.listAll(context);
  }
}
