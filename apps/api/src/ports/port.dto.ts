import { portProtocols, portScopes, serviceNamePattern, type PortProtocol, type PortScope } from '@netyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { bulkLimit } from '../http/bulk.dto';
import { ListQuery, PageDto, Repeatable } from '../http/list.dto';
import { ConditionDto, CreateMetadataDto, MetadataDto, PatchMetadataDto } from '../http/metadata.dto';
import { Nested } from '../http/nested';

const hostPortSchema = { type: 'integer' as const, nullable: true, minimum: 1, maximum: 65_535, example: 8080 };
const sourcesSchema = {
  type: [String] as [StringConstructor],
  maxItems: 256,
  example: ['10.0.0.0/8'],
  description: 'Who may connect, as prefixes without host bits; everybody when there are none.',
};
const serviceMessage = 'service must be a service name (RFC 6335) in lower case, such as http';

/** What may be changed of a published port. */
export class PatchPortDto {
  static readonly immutable: readonly string[] = ['/protocol', '/port', '/endPort', '/metadata/name'];

  @ApiPropertyOptional({ type: PatchMetadataDto })
  @IsOptional()
  @Nested()
  @Type(() => PatchMetadataDto)
  metadata?: PatchMetadataDto;

  @ApiPropertyOptional({ ...hostPortSchema, description: 'The first port on the host; null: one is chosen.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(65_535)
  hostPort?: number | null;

  @ApiPropertyOptional({
    example: '0.0.0.0',
    description:
      'An address of the host, or `0.0.0.0` or `::` for all of that family. A setting of the deployment when left out (127.0.0.1).',
  })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  hostAddress?: string;

  @ApiPropertyOptional({
    enum: portScopes,
    enumName: 'PortScope',
    example: 'everywhere',
    description:
      '`host` (the default): on the host of the endpoint. `everywhere`: on every host, also those that come later; of endpoints of overlay networks, and with `hostAddress` `0.0.0.0`, `::` or 127.0.0.1.',
  })
  @IsOptional()
  @IsIn(portScopes)
  publish?: PortScope;

  @ApiPropertyOptional(sourcesSchema)
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(256)
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  allowedSources?: string[];

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'http',
    description: 'The name by which SRV records are found: `_http._tcp.<endpoint>`.',
  })
  @IsOptional()
  @IsString()
  @Matches(serviceNamePattern, { message: serviceMessage })
  service?: string | null;
}

export class CreatePortDto extends PatchPortDto {
  static override readonly immutable: readonly string[] = [];

  @ApiPropertyOptional({ type: CreateMetadataDto })
  @IsOptional()
  @Nested()
  @Type(() => CreateMetadataDto)
  declare metadata?: CreateMetadataDto;

  @ApiProperty({ enum: portProtocols })
  @IsIn(portProtocols)
  protocol: PortProtocol;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 65_535, example: 80, description: 'In the sandbox.' })
  @IsInt()
  @Min(1)
  @Max(65_535)
  port: number;

  @ApiPropertyOptional({
    type: 'integer',
    nullable: true,
    minimum: 1,
    maximum: 65_535,
    example: 89,
    description: 'The last port of a range that begins with `port`; as many are taken on the host, from `hostPort` on.',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(65_535)
  endPort?: number | null;
}

export class BulkCreatePortsDto {
  @ApiProperty({ type: [CreatePortDto], minItems: 1, maxItems: bulkLimit })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(bulkLimit)
  @Nested({ each: true })
  @Type(() => CreatePortDto)
  items: CreatePortDto[];
}

export class PortSpecDto {
  @ApiProperty({ example: 'a-web', description: 'Name of the endpoint.' })
  endpoint: string;
  @ApiProperty({ enum: portProtocols })
  protocol: PortProtocol;
  @ApiProperty({ type: 'integer', example: 80 })
  port: number;
  @ApiProperty({ type: 'integer', example: 80, description: 'The last port of the range; `port` when it is one port.' })
  endPort: number;
  @ApiProperty({ type: 'integer', nullable: true, example: 8080, description: 'The one that was asked for.' })
  hostPort: number | null;
  @ApiProperty({ example: '0.0.0.0' })
  hostAddress: string;
  @ApiProperty({ enum: portScopes, enumName: 'PortScope', description: 'On which hosts: that of the endpoint, or every one.' })
  publish: PortScope;
  @ApiProperty({ type: [String] })
  allowedSources: string[];
  @ApiProperty({ type: String, nullable: true, example: 'http' })
  service: string | null;
}

export class PortHostDto {
  @ApiProperty({ example: 'lab-1', description: 'Name of the host.' })
  host: string;
  @ApiProperty({ type: [ConditionDto], description: '`Published` is False, with a reason, where the host does not publish the port.' })
  conditions: ConditionDto[];
}

export class PortStatusDto {
  @ApiProperty({ type: [ConditionDto] })
  conditions: ConditionDto[];
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'lab-1',
    description: 'Name of the endpoint’s host; null as long as the endpoint is not joined.',
  })
  host: string | null;
  @ApiProperty({ type: [PortHostDto], description: 'Every host that publishes the port, or is to.' })
  hosts: PortHostDto[];
  @ApiProperty({ type: 'integer', nullable: true, example: 8080, description: 'The first port on the host.' })
  hostPort: number | null;
  @ApiProperty({ type: String, nullable: true, example: '10.10.0.2', description: 'The address of the endpoint that it leads to.' })
  address: string | null;
}

export class PortDto {
  @ApiProperty({ type: MetadataDto })
  metadata: MetadataDto;
  @ApiProperty({ type: PortSpecDto })
  spec: PortSpecDto;
  @ApiProperty({ type: PortStatusDto })
  status: PortStatusDto;
}

export class PortPageDto extends PageDto {
  @ApiProperty({ type: [PortDto] })
  items: PortDto[];
}

export class PortListDto {
  @ApiProperty({ type: [PortDto], description: 'In the order of the request.' })
  items: PortDto[];
}

export class PortListQuery extends ListQuery {
  @ApiPropertyOptional({ type: [String], description: 'Name or id of a host that publishes it.' })
  @IsOptional()
  @Repeatable()
  @IsString({ each: true })
  host?: string[];

  @ApiPropertyOptional({ enum: portProtocols, isArray: true })
  @IsOptional()
  @Repeatable()
  @IsIn(portProtocols, { each: true })
  protocol?: PortProtocol[];
}

export class AllPortsQuery extends PortListQuery {
  @ApiPropertyOptional({ type: [String], description: 'Name or id of the endpoint.' })
  @IsOptional()
  @Repeatable()
  @IsString({ each: true })
  endpoint?: string[];
}
