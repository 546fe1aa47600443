import { driverNames, type DriverDescription, type DriverName, type OptionPropertySchema } from '@netyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class OptionPropertyDto implements OptionPropertySchema {
  @ApiProperty({ enum: ['boolean', 'integer', 'string'] })
  type: OptionPropertySchema['type'];
  @ApiProperty()
  title: string;
  @ApiProperty()
  description: string;
  @ApiPropertyOptional({ oneOf: [{ type: 'boolean' }, { type: 'number' }, { type: 'string' }] })
  default?: boolean | number | string;
  @ApiPropertyOptional()
  minimum?: number;
  @ApiPropertyOptional()
  maximum?: number;
  @ApiPropertyOptional({ type: [String] })
  enum?: string[];
  @ApiPropertyOptional()
  pattern?: string;
  @ApiPropertyOptional({ description: 'Fixed when the network is made.' })
  immutable?: boolean;
}

export class OptionSchemaDto {
  @ApiProperty({ enum: ['object'] })
  type: 'object';
  @ApiProperty({ enum: [false] })
  additionalProperties: false;
  @ApiProperty({ type: 'object', additionalProperties: { $ref: '#/components/schemas/OptionPropertyDto' } })
  properties: Record<string, OptionPropertyDto>;
}

export class DriverDto implements DriverDescription {
  @ApiProperty({ enum: driverNames })
  name: DriverName;
  @ApiProperty()
  description: string;
  @ApiProperty({ enum: ['host', 'global'], description: 'How far endpoints of one network reach each other.' })
  connectivityScope: 'host' | 'global';
  @ApiProperty({ description: 'Whether networks of it have subnets, and endpoints addresses.' })
  hasSubnets: boolean;
  @ApiProperty({
    description:
      'Whether traffic passes a bridge of the host, where ports are published, and policies, limits and the spoofing guard hold.',
  })
  passesHost: boolean;
  @ApiProperty({ description: 'Whether endpoints have MAC addresses of their own.' })
  hasMacs: boolean;
  @ApiProperty({
    type: [String],
    example: ['vxlan'],
    description: 'Optional parts of the kernel that a host must have for it: see `status.features` of hosts.',
  })
  neededFeatures: string[];
  @ApiProperty({ type: 'integer', nullable: true, description: 'How many endpoints one network takes on one host.' })
  maxEndpointsPerHost: number | null;
  @ApiProperty({ type: OptionSchemaDto, description: 'JSON Schema of the options.' })
  optionSchema: OptionSchemaDto;
}

export class DriverListDto {
  @ApiProperty({ type: [DriverDto] })
  items: DriverDto[];
}
