import { type DriverName, driverNames, type SandboxNamespace, type TenantGrants } from '@netyard/contracts';
import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayUnique, IsArray, IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
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

export class TenantGrantsDto implements TenantGrants {
  @ApiProperty(driversSchema)
  drivers: DriverName[];
  @ApiProperty(namespacesSchema)
  namespaces: SandboxNamespace['type'][];
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

export class TenantStatusDto {
  @ApiProperty({ type: UsageDto, description: 'Not covered by the ETag.' })
  usage: UsageDto;
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
