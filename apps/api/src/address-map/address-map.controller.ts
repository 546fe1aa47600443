import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access';
import { Context, type RequestContext } from '../http/request-context';
import { AddressRangePageDto, AddressRangeQuery } from './address-map.dto';
import { AddressMapService } from './address-map.service';

@ApiTags('networks')
@Controller('v1/networks/:ref/addresses')
export class AddressMapController {
  constructor(@Inject(AddressMapService) private readonly addresses: AddressMapService) {}

  @Get()
  @Access('network', 'read')
  @ApiOperation({ operationId: 'listAddresses', summary: 'What is free in a network, and who has the rest: every address, in ranges' })
  @ApiOkResponse({ type: AddressRangePageDto })
  list(@Context() context: RequestContext, @Param('ref') ref: string, @Query() query: AddressRangeQuery): Promise<AddressRangePageDto> {
    return this.addresses.list(context, ref, query);
  }
}
