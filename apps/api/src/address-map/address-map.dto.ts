import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { PageDto } from '../http/list.dto';

export const addressStates = ['free', 'reserved', 'taken', 'gateway', 'unusable'] as const;
export type AddressState = (typeof addressStates)[number];

export class AddressHolderDto {
  @ApiProperty({ enum: ['endpoint', 'host'] })
  kind: 'endpoint' | 'host';
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ example: 'web' })
  name: string;
  @ApiProperty({ type: String, nullable: true, example: 'web-1', description: 'Name of the sandbox that the endpoint is joined to.' })
  sandbox: string | null;
}

export class AddressRangeDto {
  @ApiProperty({ example: '10.10.0.0/24' })
  subnet: string;
  @ApiProperty({ example: '10.10.0.2' })
  first: string;
  @ApiProperty({ example: '10.10.0.254', description: 'The same as `first` where it is one address.' })
  last: string;
  @ApiProperty({ type: 'number', description: 'How many there are; rounded where it exceeds 2^53.' })
  count: number;
  @ApiProperty({
    enum: addressStates,
    description:
      '`free`: given by Netyard, or to who asks. `reserved`: given only to who asks for it, as named in `reserved` or outside of `ipRange`. `taken`: see `holder`. `unusable`: no member of the subnet can have it.',
  })
  state: AddressState;
  @ApiProperty({
    type: AddressHolderDto,
    nullable: true,
    description: 'Who has it; null where nobody has, or an endpoint of another tenant.',
  })
  holder: AddressHolderDto | null;
}

export class AddressRangePageDto extends PageDto {
  @ApiProperty({ type: [AddressRangeDto], description: 'Without a gap, ascending, one subnet after the other.' })
  items: AddressRangeDto[];
}

export class AddressRangeQuery {
  @ApiPropertyOptional({ example: '10.10.4.0/24', description: 'Only this part: a prefix within a subnet of the network.' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  within?: string;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: 2000,
    default: 500,
    description: 'Of ranges; fewer may come where neighbouring ones are one.',
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(2000)
  limit?: number;

  @ApiPropertyOptional({ description: 'Where to go on: `nextCursor` of the page before.' })
  @IsOptional()
  @IsString()
  @MaxLength(128)
  cursor?: string;
}
