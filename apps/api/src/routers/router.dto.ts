import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import { ListQuery, PageDto, Repeatable } from '../http/list.dto';
import { ConditionDto, MetadataDto } from '../http/metadata.dto';

export class RouterSpecDto {
  @ApiProperty({ example: 'lab-1', description: 'Name of the host that it is on.' })
  host: string;
}

export class RouterStatusDto {
  @ApiProperty({ type: [ConditionDto] })
  conditions: ConditionDto[];
  @ApiProperty({
    type: [String],
    example: ['100.64.0.0/31', 'fd2a:61f0:9c11::6440:0/127'],
    description: 'Of the host’s end of the link between the two, with prefix length.',
  })
  hostAddresses: string[];
  @ApiProperty({
    type: [String],
    example: ['100.64.0.1/31', 'fd2a:61f0:9c11::6440:1/127'],
    description: 'Of the router’s end; by these the host sees all that its networks send.',
  })
  addresses: string[];
  @ApiProperty({ type: [String], example: ['web'], description: 'Names of the networks that stand in it.' })
  networks: string[];
}

/** Comes and goes with the networks of the tenant on the host: there is nothing to ask for. */
export class RouterDto {
  @ApiProperty({ type: MetadataDto, description: 'Its name is the host’s.' })
  metadata: MetadataDto;
  @ApiProperty({ type: RouterSpecDto })
  spec: RouterSpecDto;
  @ApiProperty({ type: RouterStatusDto })
  status: RouterStatusDto;
}

export class RouterPageDto extends PageDto {
  @ApiProperty({ type: [RouterDto] })
  items: RouterDto[];
}

export class RouterListQuery extends ListQuery {
  @ApiPropertyOptional({ type: [String], description: 'Name or id of the host.' })
  @IsOptional()
  @Repeatable()
  @IsString({ each: true })
  host?: string[];
}
