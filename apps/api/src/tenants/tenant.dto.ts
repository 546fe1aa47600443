import { type DriverName, driverNames, type SandboxNamespace, type TenantGrants } from '@netyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayUnique, IsArray, IsIn, IsOptional } from 'class-validator';
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

export class PatchTenantSpecDto {
  @ApiPropertyOptional({
    type: PatchTenantGrantsDto,
    description: 'Takes the place of what was granted, list by list. What there is already stays.',
  })
  @IsOptional()
  @Nested()
  @Type(() => PatchTenantGrantsDto)
  grants?: PatchTenantGrantsDto;
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

export class TenantSpecDto {
  @ApiProperty({ type: TenantGrantsDto })
  grants: TenantGrantsDto;
}

export class TenantDto {
  @ApiProperty({ type: MetadataDto })
  metadata: MetadataDto;
  @ApiProperty({ type: TenantSpecDto })
  spec: TenantSpecDto;
}

export class TenantPageDto extends PageDto {
  @ApiProperty({ type: [TenantDto] })
  items: TenantDto[];
}
