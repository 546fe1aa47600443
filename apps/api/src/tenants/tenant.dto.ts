import { type DriverName, driverNames, type ParentGrant, type SandboxNamespace, type TenantGrants } from '@netyard/contracts';
import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { PageDto } from '../http/list.dto';
import { CreateMetadataDto, MetadataDto, PatchMetadataDto } from '../http/metadata.dto';
import { Nested } from '../http/nested';

const namespaceTypes = ['managed', 'host', 'adopted'] as const satisfies SandboxNamespace['type'][];

const driversSchema = {
  enum: driverNames,
  isArray: true,
  example: ['bridge', 'overlay', 'none'],
  description: 'Drivers that networks may be of. `host`, `macvlan` and `ipvlan` reach what is the hosts’, or on the wire.',
};
const namespacesSchema = {
  enum: namespaceTypes,
  isArray: true,
  example: ['managed'],
  description: 'Namespaces that sandboxes may be in. Others than `managed` may be anybody’s on the host.',
};

const linkSchema = { example: 'eth1', description: 'Name of a link, as `parent` of networks has it without a VLAN; `*` for every one.' };
const hostSchema = { type: String, nullable: true, example: 'lab-1', description: 'Name of the host on which it is; null: every host.' };
const untaggedSchema = { description: 'Whether networks may stand on the link itself.' };
const vlansSchema = {
  type: String,
  isArray: true,
  maxItems: 256,
  example: ['100-199'],
  description: 'VLANs of the link on which they may stand: numbers from 1 to 4094, and ranges.',
};

export class PatchParentGrantDto {
  @ApiProperty(linkSchema)
  @IsString()
  @Matches(/^[^\s/:]{1,15}$/, { message: 'link must be the name of a link, or *' })
  link: string;

  @ApiPropertyOptional({ ...hostSchema, description: 'Name or id of the host on which it is; null or left out: every host.' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  host?: string | null;

  @ApiPropertyOptional({ ...untaggedSchema, default: false })
  @IsOptional()
  @IsBoolean()
  untagged?: boolean;

  @ApiPropertyOptional({ ...vlansSchema, default: [] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(256)
  @IsString({ each: true })
  @MaxLength(9, { each: true })
  vlans?: string[];
}

export class PatchTenantGrantsDto {
  @ApiPropertyOptional(driversSchema)
  @IsOptional()
  @IsArray()
  @ArrayUnique()
  @IsIn(driverNames, { each: true })
  drivers?: DriverName[];

  @ApiPropertyOptional(namespacesSchema)
  @IsOptional()
  @IsArray()
  @ArrayUnique()
  @IsIn(namespaceTypes, { each: true })
  namespaces?: SandboxNamespace['type'][];

  @ApiPropertyOptional({
    type: [PatchParentGrantDto],
    maxItems: 256,
    description: 'Links and VLANs of hosts on which networks of the drivers `macvlan` and `ipvlan` may stand, where these are granted.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(256)
  @Nested({ each: true })
  @Type(() => PatchParentGrantDto)
  parents?: PatchParentGrantDto[];
}

const quotaSchema = { type: 'integer' as const, minimum: 0, maximum: 1_000_000_000, nullable: true };

const Quota = (description: string): PropertyDecorator =>
  applyDecorators(ApiPropertyOptional({ ...quotaSchema, description }), IsOptional(), IsInt(), Min(0), Max(1_000_000_000));

export class PatchQuotasDto {
  @Quota('Networks of its own.')
  networks?: number | null;
  @Quota('Sandboxes.')
  sandboxes?: number | null;
  @Quota('Endpoints, on networks of others as well.')
  endpoints?: number | null;
  @Quota('Addresses of endpoints.')
  addresses?: number | null;
  @Quota('Published ports, each of a range.')
  publishedPorts?: number | null;
  @Quota('The sum of what endpoints may receive or send, whichever is more; with this quota each needs limits.')
  bandwidthMbps?: number | null;
  @Quota('Probes that are begun within a minute of the clock.')
  probesPerMinute?: number | null;
}

export class PatchTenantSpecDto {
  @ApiPropertyOptional({
    type: PatchTenantGrantsDto,
    description: 'Takes the place of what was granted, list by list. What there is already stays.',
  })
  @IsOptional()
  @Nested()
  @Type(() => PatchTenantGrantsDto)
  grants?: PatchTenantGrantsDto;

  @ApiPropertyOptional({
    type: PatchQuotasDto,
    description: 'Merged into the quotas that there are; null lifts one. What there is already stays.',
  })
  @IsOptional()
  @Nested()
  @Type(() => PatchQuotasDto)
  quotas?: PatchQuotasDto;
}

export class CreateTenantDto {
  @ApiPropertyOptional({ type: CreateMetadataDto })
  @IsOptional()
  @Nested()
  @Type(() => CreateMetadataDto)
  metadata?: CreateMetadataDto;

  @ApiPropertyOptional({ type: PatchTenantSpecDto })
  @IsOptional()
  @Nested()
  @Type(() => PatchTenantSpecDto)
  spec?: PatchTenantSpecDto;
}

export class PatchTenantDto {
  static readonly immutable = ['/metadata/name'];

  @ApiPropertyOptional({ type: PatchMetadataDto })
  @IsOptional()
  @Nested()
  @Type(() => PatchMetadataDto)
  metadata?: PatchMetadataDto;

  @ApiPropertyOptional({ type: PatchTenantSpecDto })
  @IsOptional()
  @Nested()
  @Type(() => PatchTenantSpecDto)
  spec?: PatchTenantSpecDto;
}

export class ParentGrantDto implements ParentGrant {
  @ApiProperty(linkSchema)
  link: string;
  @ApiProperty(hostSchema)
  host: string | null;
  @ApiProperty(untaggedSchema)
  untagged: boolean;
  @ApiProperty(vlansSchema)
  vlans: string[];
}

export class TenantGrantsDto implements TenantGrants {
  @ApiProperty(driversSchema)
  drivers: DriverName[];
  @ApiProperty(namespacesSchema)
  namespaces: SandboxNamespace['type'][];
  @ApiProperty({ type: [ParentGrantDto] })
  parents: ParentGrantDto[];
}

const ViewedQuota = (): PropertyDecorator => ApiProperty(quotaSchema);

/** A limit for each; null: none. */
export class QuotasDto {
  @ViewedQuota()
  networks: number | null;
  @ViewedQuota()
  sandboxes: number | null;
  @ViewedQuota()
  endpoints: number | null;
  @ViewedQuota()
  addresses: number | null;
  @ViewedQuota()
  publishedPorts: number | null;
  @ViewedQuota()
  bandwidthMbps: number | null;
  @ViewedQuota()
  probesPerMinute: number | null;
}

const Used = (): PropertyDecorator => ApiProperty({ type: 'integer' });

/** How much there is of what quotas limit. */
export class UsageDto {
  @Used()
  networks: number;
  @Used()
  sandboxes: number;
  @Used()
  endpoints: number;
  @Used()
  addresses: number;
  @Used()
  publishedPorts: number;
  @Used()
  bandwidthMbps: number;
  @ApiProperty({ type: 'integer', description: 'In this minute; counted where there is a quota.' })
  probesPerMinute: number;
}

/** Something that a tenant has and might not make today. */
export class BeyondGrantsDto {
  @ApiProperty({ enum: ['network', 'sandbox'] })
  kind: 'network' | 'sandbox';
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ example: 'lan' })
  name: string;
  @ApiProperty({ example: 'parent eth1.100 of host lab-1', description: 'What of it is not granted.' })
  what: string;
}

export class TenantStatusDto {
  @ApiProperty({ type: UsageDto, description: 'Not covered by the ETag.' })
  usage: UsageDto;
  @ApiProperty({
    type: [BeyondGrantsDto],
    description:
      'What there is that is not granted any more: it stays and works, and nothing like it can be made. By name, 100 at most; not covered by the ETag.',
  })
  beyondGrants: BeyondGrantsDto[];
}

export class TenantSpecDto {
  @ApiProperty({ type: TenantGrantsDto })
  grants: TenantGrantsDto;
  @ApiProperty({ type: QuotasDto })
  quotas: QuotasDto;
}

export class TenantDto {
  @ApiProperty({ type: MetadataDto })
  metadata: MetadataDto;
  @ApiProperty({ type: TenantSpecDto })
  spec: TenantSpecDto;
  @ApiProperty({ type: TenantStatusDto })
  status: TenantStatusDto;
}

export class TenantPageDto extends PageDto {
  @ApiProperty({ type: [TenantDto] })
  items: TenantDto[];
}
