import {
  interfaceNamePattern,
  type Lease,
  leaseStates,
  type LeaseState,
  namePattern,
  portProtocols,
  type PortProtocol,
} from '@netyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { bulkLimit } from '../http/bulk.dto';
import { ListQuery, PageDto, Repeatable } from '../http/list.dto';
import { ConditionDto, CreateMetadataDto, MetadataDto, PatchMetadataDto } from '../http/metadata.dto';
import { Nested } from '../http/nested';

const priorityText = 'Of the endpoints of one sandbox, the one with the highest priority (ties: joined first) gives the default route.';

const aliasesSchema = {
  type: [String] as [StringConstructor],
  maxItems: 32,
  example: ['www'],
  description: 'Further names, which several endpoints may share: all of their addresses are answered, in rotating order.',
};
const aliasMessage = 'aliases must be DNS labels: lower-case letters, digits and inner hyphens, at most 63';
const guardText = 'Whether frames with another MAC or IP address than the endpoint’s own are dropped.';
const mostMbps = 100_000;
const limitSchema = { type: 'integer' as const, nullable: true, minimum: 1, maximum: mostMbps, example: 100 };

/** Bandwidth in megabits (10^6) a second. */
export class EndpointLimitsDto {
  @ApiPropertyOptional({ ...limitSchema, description: 'What the sandbox receives, in Mbit/s; null: no limit.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(mostMbps)
  ingressMbps?: number | null;

  @ApiPropertyOptional({ ...limitSchema, description: 'What the sandbox sends, in Mbit/s; null: no limit.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(mostMbps)
  egressMbps?: number | null;
}

export class EndpointLimitsViewDto {
  @ApiProperty({ type: 'integer', nullable: true })
  ingressMbps: number | null;
  @ApiProperty({ type: 'integer', nullable: true })
  egressMbps: number | null;
}

export class CreateEndpointSpecDto {
  @ApiPropertyOptional({ example: 'web', description: 'Name or id; the default bridge network of the sandbox’s host when left out.' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  network?: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'a',
    description: 'Name or id of the sandbox to join; none when left out.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  sandbox?: string | null;

  @ApiPropertyOptional({
    type: [String],
    maxItems: 8,
    example: ['10.10.0.7'],
    description: 'Addresses to have, one for each subnet at most; chosen where left out.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(8)
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  addresses?: string[];

  @ApiPropertyOptional({ example: '02:00:00:00:00:07', description: 'Unicast; chosen when left out.' })
  @IsOptional()
  @IsString()
  @MaxLength(17)
  macAddress?: string;

  @ApiPropertyOptional({ example: 'eth1', description: 'In the sandbox; the first free ethN when left out.' })
  @IsOptional()
  @IsString()
  @Matches(interfaceNamePattern, { message: 'interfaceName must have 1 to 15 bytes, without slash, blank or colon' })
  interfaceName?: string;

  @ApiPropertyOptional({ type: 'integer', default: 0, minimum: -1000, maximum: 1000, description: priorityText })
  @IsOptional()
  @IsInt()
  @Min(-1000)
  @Max(1000)
  gatewayPriority?: number;

  @ApiPropertyOptional(aliasesSchema)
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(32)
  @ArrayUnique()
  @IsString({ each: true })
  @Matches(namePattern, { each: true, message: aliasMessage })
  aliases?: string[];

  @ApiPropertyOptional({ type: EndpointLimitsDto })
  @IsOptional()
  @IsObject()
  @Nested()
  @Type(() => EndpointLimitsDto)
  limits?: EndpointLimitsDto;

  @ApiPropertyOptional({ default: true, description: guardText })
  @IsOptional()
  @IsBoolean()
  spoofingGuard?: boolean;
}

export class CreateEndpointDto {
  @ApiPropertyOptional({ type: CreateMetadataDto })
  @IsOptional()
  @IsObject()
  @Nested()
  @Type(() => CreateMetadataDto)
  metadata?: CreateMetadataDto;

  @ApiProperty({ type: CreateEndpointSpecDto })
  @IsObject()
  @Nested()
  @Type(() => CreateEndpointSpecDto)
  spec: CreateEndpointSpecDto;
}

export class BulkCreateEndpointsDto {
  @ApiProperty({ type: [CreateEndpointDto], minItems: 1, maxItems: bulkLimit })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(bulkLimit)
  @Nested({ each: true })
  @Type(() => CreateEndpointDto)
  items: CreateEndpointDto[];
}

export class JoinEndpointDto {
  @ApiProperty({ example: 'a', description: 'Name or id of the sandbox.' })
  @IsString()
  @MaxLength(64)
  sandbox: string;
}

export class PatchEndpointSpecDto {
  @ApiPropertyOptional({ type: 'integer', minimum: -1000, maximum: 1000, description: priorityText })
  @IsOptional()
  @IsInt()
  @Min(-1000)
  @Max(1000)
  gatewayPriority?: number;

  @ApiPropertyOptional(aliasesSchema)
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(32)
  @ArrayUnique()
  @IsString({ each: true })
  @Matches(namePattern, { each: true, message: aliasMessage })
  aliases?: string[];

  @ApiPropertyOptional({ type: EndpointLimitsDto, description: 'What is left out stays as it is.' })
  @IsOptional()
  @IsObject()
  @Nested()
  @Type(() => EndpointLimitsDto)
  limits?: EndpointLimitsDto;

  @ApiPropertyOptional({ description: guardText })
  @IsOptional()
  @IsBoolean()
  spoofingGuard?: boolean;
}

export class PatchEndpointDto {
  static readonly immutable = [
    '/metadata/name',
    '/spec/network',
    '/spec/sandbox',
    '/spec/addresses',
    '/spec/macAddress',
    '/spec/interfaceName',
  ];

  @ApiPropertyOptional({ type: PatchMetadataDto })
  @IsOptional()
  @IsObject()
  @Nested()
  @Type(() => PatchMetadataDto)
  metadata?: PatchMetadataDto;

  @ApiPropertyOptional({ type: PatchEndpointSpecDto })
  @IsOptional()
  @IsObject()
  @Nested()
  @Type(() => PatchEndpointSpecDto)
  spec?: PatchEndpointSpecDto;
}

export class EndpointSpecDto {
  @ApiProperty({ example: 'web', description: 'Name of the network.' })
  network: string;
  @ApiProperty({ type: String, nullable: true, example: 'a', description: 'Name of the sandbox that it is joined to.' })
  sandbox: string | null;
  @ApiProperty({ type: [String], description: 'The addresses that were asked for.' })
  addresses: string[];
  @ApiPropertyOptional({ description: 'The MAC address that was asked for.' })
  macAddress?: string;
  @ApiPropertyOptional({ description: 'The interface name that was asked for.' })
  interfaceName?: string;
  @ApiProperty({ type: 'integer' })
  gatewayPriority: number;
  @ApiProperty({ type: [String] })
  aliases: string[];
  @ApiProperty({ type: EndpointLimitsViewDto })
  limits: EndpointLimitsViewDto;
  @ApiProperty()
  spoofingGuard: boolean;
}

/** An IPv4 address that a DHCP server on the wire has given for a time (RFC 2131). */
export class LeaseDto implements Lease {
  @ApiProperty({ example: '192.0.2.57' })
  address: string;
  @ApiProperty({ type: 'integer', example: 24 })
  prefixLength: number;
  @ApiProperty({ type: String, nullable: true, example: '192.0.2.1', description: 'Null: the server named none within the prefix.' })
  gateway: string | null;
  @ApiProperty({ example: '192.0.2.1', description: 'The server identifier, by which the server is asked to extend it.' })
  server: string;
  @ApiProperty({ type: [String], example: ['192.0.2.1'], description: 'Name servers, which the sandbox’s resolver asks.' })
  dns: string[];
  @ApiProperty({ type: String, nullable: true, example: 'lan.example', description: 'Searched by the sandbox’s resolver.' })
  domain: string | null;
  @ApiProperty({ type: String, format: 'date-time', description: 'When the server gave it, or extended it last.' })
  obtainedAt: string;
  @ApiProperty({ type: String, format: 'date-time', description: 'When the server is asked to extend it: after half of its time.' })
  renewAt: string;
  @ApiProperty({ type: String, format: 'date-time', description: 'From then on the address is taken away.' })
  expiresAt: string;
  @ApiProperty({ enum: leaseStates, description: 'renewing: half of its time is over, and no server has extended it yet.' })
  state: LeaseState;
}

/** A published port as its endpoint shows it. */
export class EndpointPortDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ example: 'http' })
  name: string;
  @ApiProperty({ enum: portProtocols })
  protocol: PortProtocol;
  @ApiProperty({ type: 'integer', example: 80 })
  port: number;
  @ApiProperty({ type: 'integer', example: 80 })
  endPort: number;
  @ApiProperty({ example: '0.0.0.0' })
  hostAddress: string;
  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: 8080,
    description: 'The first one on the host; null as long as none is chosen.',
  })
  hostPort: number | null;
  @ApiProperty({ description: 'Whether it is published in the kernel.' })
  ready: boolean;
}

export class EndpointStatusDto {
  @ApiProperty({ type: [ConditionDto] })
  conditions: ConditionDto[];
  @ApiProperty({
    type: [String],
    example: ['10.10.0.2/24'],
    description: 'With prefix length; one for each subnet, in their order, or the one that is leased.',
  })
  addresses: string[];
  @ApiProperty({
    type: [String],
    example: ['10.10.0.1'],
    description: 'One for each subnet that has one, in their order, or that of the lease.',
  })
  gateways: string[];
  @ApiProperty({ type: LeaseDto, nullable: true, description: 'Of networks with addresses by DHCP; null: it has none.' })
  lease: LeaseDto | null;
  @ApiProperty({ type: String, nullable: true, example: '02:4e:0a:0a:00:02' })
  macAddress: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'eth0', description: 'In the sandbox.' })
  interfaceName: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'lab-1', description: 'Name of the host that it is on, or is still leaving.' })
  host: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'nyv0a1b2c3d', description: 'The link in the host that is its other end.' })
  hostLink: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  joinedAt: string | null;
  @ApiProperty({ type: [EndpointPortDto], description: 'Published ports, the first 100; all of them: `GET /v1/endpoints/{ref}/ports`.' })
  ports: EndpointPortDto[];
}

export class EndpointDto {
  @ApiProperty({ type: MetadataDto })
  metadata: MetadataDto;
  @ApiProperty({ type: EndpointSpecDto })
  spec: EndpointSpecDto;
  @ApiProperty({ type: EndpointStatusDto })
  status: EndpointStatusDto;
}

export class EndpointPageDto extends PageDto {
  @ApiProperty({ type: [EndpointDto] })
  items: EndpointDto[];
}

export class EndpointListQuery extends ListQuery {
  @ApiPropertyOptional({ type: [String], description: 'Name or id of the network.' })
  @IsOptional()
  @Repeatable()
  @IsString({ each: true })
  network?: string[];

  @ApiPropertyOptional({ type: [String], description: 'Name or id of the sandbox.' })
  @IsOptional()
  @Repeatable()
  @IsString({ each: true })
  sandbox?: string[];

  @ApiPropertyOptional({ type: [String], description: 'Name or id of the host.' })
  @IsOptional()
  @Repeatable()
  @IsString({ each: true })
  host?: string[];
}

export class EndpointListDto {
  @ApiProperty({ type: [EndpointDto], description: 'In the order of the request.' })
  items: EndpointDto[];
}
