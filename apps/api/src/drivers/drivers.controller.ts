import { NetyardError } from '@netyard/contracts';
import { driverDescriptions } from '@netyard/drivers';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access';
import { DriverDto, DriverListDto, OptionPropertyDto } from './driver.dto';

@ApiTags('drivers')
@ApiExtraModels(OptionPropertyDto)
@Controller('v1/drivers')
export class DriversController {
  @Get()
  @Access('driver', 'read')
  @ApiOperation({ operationId: 'listDrivers', summary: 'List drivers, with the schema of their options' })
  @ApiOkResponse({ type: DriverListDto })
  list(): DriverListDto {
    return { items: driverDescriptions };
  }

  @Get(':name')
  @Access('driver', 'read')
  @ApiOperation({ operationId: 'getDriver', summary: 'Read a driver' })
  @ApiOkResponse({ type: DriverDto })
  get(@Param('name') name: string): DriverDto {
    const found = driverDescriptions.find((driver) => driver.name === name);
    if (!found) throw new NetyardError('not-found', `there is no driver ${name}`);
    return found;
  }
}
