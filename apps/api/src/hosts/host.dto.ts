import {
  type HostKey,
  type HostLink,
  type HostRegistration,
  type PathState,
  pathStates,
  publicKeyPattern,
  type UnderlayAddress,
  type UnderlayPath,
  type UnderlayVersion,
  underlayVersions,
} from '@netyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsIP,
  IsISO8601,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { PageDto } from '../http/list.dto';
import { ConditionDto, MetadataDto, PatchMetadataDto } from '../http/metadata.dto';
import { Nested } from '../http/nested';

/** The kernel keeps an MTU in 32 bits. */
const mostMtuBytes = 2 ** 31 - 1;

export class HostLinkDto implements HostLink {
  @ApiProperty({ example: 'eth0' })
  @IsString()
  @MaxLength(16)
  name: string;

  @ApiProperty({ type: String, nullable: true, example: 'bond', description: 'Null for physical ones.' })
  @IsOptional()
  @IsString()
  @MaxLength(32)
  kind: string | null = null;

  @ApiProperty()
  @IsBoolean()
  up: boolean;

  @ApiProperty({ type: 'integer', example: 1500 })
  @IsInt()
  @Min(0)
  @Max(mostMtuBytes)
  mtuBytes: number;

  @ApiProperty({ type: String, nullable: true, example: '02:4e:0a:0a:00:02' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  macAddress: string | null = null;

  @ApiProperty({ type: String, nullable: true, description: 'The bridge or bond that it is part of.' })
  @IsOptional()
  @IsString()
  @MaxLength(16)
  master: string | null = null;
}

export class UnderlayAddressDto implements UnderlayAddress {
  @ApiProperty({ example: '198.51.100.1' })
  @IsIP()
  address: string;

  @ApiProperty({ type: 'integer', example: 1500, description: 'Of the link that has the address.' })
  @IsInt()
  @Min(68)
  @Max(mostMtuBytes)
  mtuBytes: number;
}

const exampleKey = 'xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=';

export class HostKeyDto implements HostKey {
  @ApiProperty({ enum: underlayVersions })
  @IsIn(underlayVersions)
  underlay: UnderlayVersion;

  @ApiProperty({ example: exampleKey, pattern: publicKeyPattern.source, description: 'X25519 (RFC 7748), 32 bytes in base64.' })
  @Matches(publicKeyPattern)
  publicKey: string;

  @ApiProperty({ type: 'integer', example: 51820, description: 'UDP port of the host that others send to.' })
  @IsInt()
  @Min(1)
  @Max(65_535)
  port: number;

  @ApiProperty({ type: String, format: 'date-time' })
  @IsISO8601({ strict: true })
  createdAt: string;

  @ApiProperty({
    type: String,
    nullable: true,
    pattern: publicKeyPattern.source,
    description: 'The key that is to take its place, during a rotation.',
  })
  @IsOptional()
  @Matches(publicKeyPattern)
  nextPublicKey: string | null;
}

export class UnderlayPathDto implements UnderlayPath {
  @ApiProperty({ example: 'lab-2', description: 'Name of the host at the other end.' })
  @IsString()
  @MaxLength(64)
  host: string;

  @ApiProperty({ example: '198.51.100.1' })
  @IsIP()
  localAddress: string;

  @ApiProperty({ example: '198.51.100.2' })
  @IsIP()
  remoteAddress: string;

  @ApiProperty({ type: 'integer', example: 1500, description: 'The largest packet that tunnels send on it, with all headers from IP on.' })
  @IsInt()
  @Min(0)
  @Max(mostMtuBytes)
  neededBytes: number;

  @ApiProperty({
    enum: pathStates,
    description:
      'Whether it carries what tunnels send, drops their largest packets, or answers no echo request at all, so that what it carries is not known.',
  })
  @IsIn(pathStates)
  state: PathState;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: 1400,
    description: 'The largest packet that was seen to pass unfragmented, none larger than needed being tried; null: none was answered.',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(mostMtuBytes)
  carriedBytes: number | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: '192.0.2.254',
    description: 'The router that refuses larger ones; null where they vanish without a word.',
  })
  @IsOptional()
  @IsIP()
  refusedBy: string | null;
}

export class HostRegistrationDto implements HostRegistration {
  @ApiProperty({ example: '6.1.0-18-amd64' })
  @IsString()
  @MaxLength(256)
  kernelRelease: string;

  @ApiProperty({ example: '0.1.0' })
  @IsString()
  @MaxLength(64)
  workerVersion: string;

  @ApiProperty({
    type: [String],
    example: ['192.168.1.0/24'],
    description: 'Prefixes that the host routes elsewhere than through Netyard.',
  })
  @IsArray()
  @ArrayMaxSize(10_000)
  @IsString({ each: true })
  routes: string[];

  @ApiProperty({ type: 'integer', example: 1500 })
  @IsInt()
  @Min(68)
  @Max(65_536)
  uplinkMtuBytes: number;

  @ApiProperty({ type: [String], example: ['bridge', 'host', 'none'], description: 'Drivers that its kernel can run.' })
  @IsArray()
  @ArrayMaxSize(64)
  @IsString({ each: true })
  drivers: string[];

  @ApiPropertyOptional({
    type: [String],
    example: ['macvlan', 'vxlan'],
    description:
      'Optional parts of the kernel that it has or can load: macvlan, ipvlan, vlan, vxlan, wireguard, ifb, netem; and dhcp-client where its worker finds one.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(64)
  @IsString({ each: true })
  @MaxLength(32, { each: true })
  features?: string[];

  @ApiPropertyOptional({ type: [HostLinkDto], description: 'Links of the host that are not Netyard’s.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(1_000)
  @Nested({ each: true })
  @Type(() => HostLinkDto)
  links?: HostLinkDto[];

  @ApiPropertyOptional({
    type: [UnderlayAddressDto],
    description: 'Where other hosts reach it: an address for each version of IP that it has one of.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(2)
  @Nested({ each: true })
  @Type(() => UnderlayAddressDto)
  underlay?: UnderlayAddressDto[];

  @ApiPropertyOptional({
    type: [HostKeyDto],
    description: 'Public keys of its encrypted tunnels, one for each version of IP that these can go over.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(2)
  @Nested({ each: true })
  @Type(() => HostKeyDto)
  keys?: HostKeyDto[];

  @ApiPropertyOptional({
    type: [UnderlayPathDto],
    description: 'What it has measured of the ways to the hosts with which it shares overlay networks.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10_000)
  @Nested({ each: true })
  @Type(() => UnderlayPathDto)
  paths?: UnderlayPathDto[];
}

export class PatchHostSpecDto {
  @ApiPropertyOptional({
    type: [String],
    maxItems: 1_000,
    example: ['class-a'],
    description:
      'Names or ids of the tenants that it is there for, in place of those before; empty: for all. What others have there stays.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(1_000)
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  tenants?: string[];

  @ApiPropertyOptional({ description: 'Nothing new is placed on it; what is there stays, and is listed by `GET /v1/hosts/{ref}/placed`.' })
  @IsOptional()
  @IsBoolean()
  drained?: boolean;
}

export class PatchHostDto {
  static readonly immutable = ['/metadata/name'];

  @ApiPropertyOptional({ type: PatchMetadataDto })
  @IsOptional()
  @IsObject()
  @Nested()
  @Type(() => PatchMetadataDto)
  metadata?: PatchMetadataDto;

  @ApiPropertyOptional({ type: PatchHostSpecDto })
  @IsOptional()
  @Nested()
  @Type(() => PatchHostSpecDto)
  spec?: PatchHostSpecDto;
}

/** What an admin says of a host; the rest its worker says when it registers it. */
export class HostSpecDto {
  @ApiProperty({
    type: [String],
    example: ['class-a'],
    description: 'Names of the tenants that it is there for; empty: for all. Told to admins and auditors alone.',
  })
  tenants: string[];
  @ApiProperty({ description: 'Nothing new is placed on it.' })
  drained: boolean;
}

export class KeyRotationDto {
  @ApiProperty({ type: String, nullable: true, example: exampleKey, description: 'The new key; null until the worker has made it.' })
  nextPublicKey: string | null;
  @ApiProperty({
    type: [String],
    example: ['lab-2'],
    description: 'Hosts that do not know the new key yet: none may be left before it is used.',
  })
  waitingFor: string[];
}

export class HostKeyStatusDto {
  @ApiProperty({ enum: underlayVersions, description: 'The version of IP that the tunnels go over.' })
  underlay: UnderlayVersion;
  @ApiProperty({ example: exampleKey, description: 'X25519 (RFC 7748). The private half never leaves the host.' })
  publicKey: string;
  @ApiProperty({ type: 'integer', example: 51820, description: 'UDP port of the host that others send to.' })
  port: number;
  @ApiProperty({ example: 'fd2a:61f0:9c11:4:ec49:16dd:28fc:4c10', description: 'What the key is known by inside of the tunnels.' })
  innerAddress: string;
  @ApiProperty({ type: String, format: 'date-time' })
  createdAt: string;
  @ApiProperty({ type: KeyRotationDto, nullable: true, description: 'Null unless the key is being replaced.' })
  rotation: KeyRotationDto | null;
}

export class HostStatusDto {
  @ApiProperty({ type: [ConditionDto], description: '`Ready` is True while the worker is heard of.' })
  conditions: ConditionDto[];
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Not covered by the ETag.' })
  lastSeenAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  kernelRelease: string | null;
  @ApiProperty({ type: String, nullable: true })
  workerVersion: string | null;
  @ApiProperty({ type: [String] })
  routes: string[];
  @ApiProperty({ type: 'integer', nullable: true })
  uplinkMtuBytes: number | null;
  @ApiProperty({ type: [String] })
  drivers: string[];
  @ApiProperty({
    type: [String],
    description: 'Optional parts of the kernel that it has or can load, and dhcp-client where its worker finds one.',
  })
  features: string[];
  @ApiProperty({ type: [HostLinkDto], description: 'Links that are not Netyard’s: what a network could be attached to.' })
  links: HostLinkDto[];
  @ApiProperty({ type: [UnderlayAddressDto], description: 'Where tunnels of overlay networks lead to.' })
  underlay: UnderlayAddressDto[];
  @ApiProperty({ type: [HostKeyStatusDto], description: 'Of its encrypted tunnels; none where the kernel has no WireGuard.' })
  keys: HostKeyStatusDto[];
  @ApiProperty({
    type: [UnderlayPathDto],
    description: 'What the underlay carries from here to the hosts with which it shares overlay networks, as the worker has measured it.',
  })
  paths: UnderlayPathDto[];
}

export class HostDto {
  @ApiProperty({ type: MetadataDto })
  metadata: MetadataDto;
  @ApiProperty({ type: HostSpecDto })
  spec: HostSpecDto;
  @ApiProperty({ type: HostStatusDto })
  status: HostStatusDto;
}

export class HostPageDto extends PageDto {
  @ApiProperty({ type: [HostDto] })
  items: HostDto[];
}
