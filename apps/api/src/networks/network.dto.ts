import { domainPattern, driverNames, type DriverName, type DriverOptions, type NetworkSpec } from '@netyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn, IsObject, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { DnsSettingsDto, DnsSettingsViewDto } from '../dns/dns-settings.dto';
import { bulkLimit } from '../http/bulk.dto';
import { ListQuery, PageDto, Repeatable } from '../http/list.dto';
import { ConditionDto, CreateMetadataDto, MetadataDto, PatchMetadataDto } from '../http/metadata.dto';
import { Nested } from '../http/nested';

const optionsSchema = {
  type: 'object' as const,
  additionalProperties: { oneOf: [{ type: 'boolean' }, { type: 'number' }, { type: 'string' }] },
  example: { isolateEndpoints: true },
  description: 'Options of the driver: see `GET /v1/drivers`.',
};

const domainSchema = {
  type: String,
  nullable: true,
  example: 'lab.example',
  description: 'A domain in which its names are answered besides `<name>` and `<name>.<network>`.',
};

export class CreateSubnetDto {
  @ApiProperty({ example: '10.10.0.0/24', description: 'A prefix without host bits: IPv4 /8 to /30, IPv6 /48 to /126.' })
  @IsString()
  @MaxLength(64)
  cidr: string;

  @ApiPropertyOptional({
    example: '10.10.0.1',
    description: 'The router’s address; the first usable one when left out. The l3 modes of driver ipvlan have none.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  gateway?: string;

  @ApiPropertyOptional({
    example: '10.10.0.128/25',
    description: 'Where addresses are drawn from automatically; all of the subnet when left out.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  ipRange?: string;

  @ApiPropertyOptional({
    type: [String],
    maxItems: 256,
    example: ['10.10.0.5'],
    description: 'Addresses that are given only to those who ask for them.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(256)
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  reserved?: string[];
}

export class CreateNetworkSpecDto {
  @ApiProperty({ enum: driverNames })
  @IsIn(driverNames)
  driver: DriverName;

  @ApiPropertyOptional({
    type: [CreateSubnetDto],
    maxItems: 8,
    description: 'Drawn from the address pools when left out; none where addresses come by DHCP.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(8)
  @Nested({ each: true })
  @Type(() => CreateSubnetDto)
  subnets?: CreateSubnetDto[];

  @ApiPropertyOptional({ default: false, description: 'Adds a /64 of unique local addresses (RFC 4193) when no IPv6 subnet is given.' })
  @IsOptional()
  @IsBoolean()
  ipv6?: boolean;

  @ApiPropertyOptional({ default: false, description: 'No way in or out.' })
  @IsOptional()
  @IsBoolean()
  internal?: boolean;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'lab-1',
    description: 'Name or id of the one host that the network is confined to.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  host?: string | null;

  @ApiPropertyOptional(optionsSchema)
  @IsOptional()
  @IsObject()
  options?: DriverOptions;

  @ApiPropertyOptional(domainSchema)
  @IsOptional()
  @IsString()
  @Matches(domainPattern, { message: 'domain must be a DNS name in lower case, without the final dot' })
  domain?: string | null;

  @ApiPropertyOptional({ type: DnsSettingsDto, description: 'For every sandbox on the network, after the sandbox’s own.' })
  @IsOptional()
  @IsObject()
  @Nested()
  @Type(() => DnsSettingsDto)
  dns?: DnsSettingsDto;
}

export class CreateNetworkDto {
  @ApiPropertyOptional({ type: CreateMetadataDto })
  @IsOptional()
  @IsObject()
  @Nested()
  @Type(() => CreateMetadataDto)
  metadata?: CreateMetadataDto;

  @ApiProperty({ type: CreateNetworkSpecDto })
  @IsObject()
  @Nested()
  @Type(() => CreateNetworkSpecDto)
  spec: CreateNetworkSpecDto;
}

export class BulkCreateNetworksDto {
  @ApiProperty({ type: [CreateNetworkDto], minItems: 1, maxItems: bulkLimit })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(bulkLimit)
  @Nested({ each: true })
  @Type(() => CreateNetworkDto)
  items: CreateNetworkDto[];
}

export class PatchNetworkSpecDto {
  @ApiPropertyOptional({ ...optionsSchema, description: 'Merged into the options that are there; applied to the running network.' })
  @IsOptional()
  @IsObject()
  options?: DriverOptions;

  @ApiPropertyOptional(domainSchema)
  @IsOptional()
  @IsString()
  @Matches(domainPattern, { message: 'domain must be a DNS name in lower case, without the final dot' })
  domain?: string | null;

  @ApiPropertyOptional({ type: DnsSettingsDto, description: 'What is given takes the place of what was there, field by field.' })
  @IsOptional()
  @IsObject()
  @Nested()
  @Type(() => DnsSettingsDto)
  dns?: DnsSettingsDto;
}

export class PatchNetworkDto {
  static readonly immutable = ['/metadata/name', '/spec/driver', '/spec/subnets', '/spec/ipv6', '/spec/internal', '/spec/host'];

  @ApiPropertyOptional({ type: PatchMetadataDto })
  @IsOptional()
  @IsObject()
  @Nested()
  @Type(() => PatchMetadataDto)
  metadata?: PatchMetadataDto;

  @ApiPropertyOptional({ type: PatchNetworkSpecDto })
  @IsOptional()
  @IsObject()
  @Nested()
  @Type(() => PatchNetworkSpecDto)
  spec?: PatchNetworkSpecDto;
}

export class SubnetDto {
  @ApiProperty({ example: '10.10.0.0/24' })
  cidr: string;
  @ApiPropertyOptional({ example: '10.10.0.1' })
  gateway?: string;
  @ApiPropertyOptional({ example: '10.10.0.128/25' })
  ipRange?: string;
  @ApiPropertyOptional({ type: [String] })
  reserved?: string[];
}

export class NetworkSpecDto implements NetworkSpec {
  @ApiProperty({ enum: driverNames })
  driver: DriverName;
  @ApiProperty({ type: [SubnetDto] })
  subnets: SubnetDto[];
  @ApiProperty()
  ipv6: boolean;
  @ApiProperty()
  internal: boolean;
  @ApiProperty({ type: String, nullable: true, description: 'Name of the one host that the network is confined to.' })
  host: string | null;
  @ApiProperty(optionsSchema)
  options: DriverOptions;
  @ApiProperty(domainSchema)
  domain: string | null;
  @ApiProperty({ type: DnsSettingsViewDto })
  dns: DnsSettingsViewDto;
}

export class NetworkHostDto {
  @ApiProperty({ example: 'lab-1', description: 'Name of the host.' })
  host: string;
  @ApiProperty({ type: [ConditionDto] })
  conditions: ConditionDto[];
  @ApiProperty({
    type: String,
    nullable: true,
    example: '198.51.100.1',
    description: 'Where its tunnels of an overlay network begin and end; null for other networks.',
  })
  tunnelAddress: string | null;
  @ApiProperty({
    type: [String],
    example: ['10.20.0.3'],
    description:
      'The host’s own addresses in the network besides the gateways, where it has such: what it sends itself comes from these, and what it leads to endpoints on other hosts by published ports.',
  })
  addresses: string[];
}

export class SubnetStatusDto {
  @ApiProperty({ example: '10.10.0.0/24' })
  cidr: string;
  @ApiProperty({
    type: String,
    nullable: true,
    example: '10.10.0.1',
    description: 'Null where there is none: in the l3 modes of driver ipvlan the host itself leads out.',
  })
  gateway: string | null;
  @ApiProperty({ enum: ['IPv4', 'IPv6'] })
  family: 'IPv4' | 'IPv6';
  @ApiProperty({ type: 'integer', description: 'Of endpoints; in overlay networks also one for each host.' })
  addressesInUse: number;
  @ApiProperty({ type: 'number', description: 'Rounded where it exceeds 2^53.' })
  addressesFree: number;
}

export class NetworkStatusDto {
  @ApiProperty({
    type: [ConditionDto],
    description:
      '`Ready` sums up what its hosts say. `UnderlayCarries`, of overlay networks, warns where the underlay between two hosts drops packets that the network needs; it does not count for `Ready`.',
  })
  conditions: ConditionDto[];
  @ApiProperty({ type: [NetworkHostDto], description: 'Where the network is realised.' })
  hosts: NetworkHostDto[];
  @ApiProperty({ type: [SubnetStatusDto] })
  subnets: SubnetStatusDto[];
  @ApiProperty({ type: 'integer', description: 'The tenant’s own, where the network is shared with it.' })
  endpointCount: number;
  @ApiProperty({ example: 'default', description: 'Name of the tenant that the network belongs to; another one, where it is shared.' })
  owner: string;
  @ApiProperty({ type: 'integer', nullable: true, description: 'The MTU in effect; null where there is none, or no host yet.' })
  mtuBytes: number | null;
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'the uplink of host lab-1 carries as much',
    description: 'What the MTU comes from.',
  })
  mtuReason: string | null;
  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: 4096,
    description: 'The number of an overlay network in every packet (RFC 7348); null for other networks.',
  })
  vni: number | null;
}

export class NetworkDto {
  @ApiProperty({ type: MetadataDto })
  metadata: MetadataDto;
  @ApiProperty({ type: NetworkSpecDto })
  spec: NetworkSpecDto;
  @ApiProperty({ type: NetworkStatusDto })
  status: NetworkStatusDto;
}

export class NetworkPageDto extends PageDto {
  @ApiProperty({ type: [NetworkDto] })
  items: NetworkDto[];
}

export class NetworkListQuery extends ListQuery {
  @ApiPropertyOptional({ enum: driverNames, isArray: true })
  @IsOptional()
  @Repeatable()
  @IsIn(driverNames, { each: true })
  driver?: DriverName[];

  @ApiPropertyOptional({ type: [String], description: 'Name or id of a host that the network is realised on or confined to.' })
  @IsOptional()
  @Repeatable()
  @IsString({ each: true })
  host?: string[];
}

export class NetworkListDto {
  @ApiProperty({ type: [NetworkDto], description: 'In the order of the request.' })
  items: NetworkDto[];
}
