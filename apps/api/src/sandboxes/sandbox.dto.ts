import type { SandboxNamespace } from '@netyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsInt, IsObject, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { DnsSettingsDto, DnsSettingsViewDto } from '../dns/dns-settings.dto';
import { bulkLimit } from '../http/bulk.dto';
import { ListQuery, PageDto, Repeatable } from '../http/list.dto';
import { ConditionDto, CreateMetadataDto, MetadataDto, PatchMetadataDto } from '../http/metadata.dto';
import { Nested } from '../http/nested';

const namespaceTypes = ['managed', 'host', 'adopted'] as const;

export class NamespaceDto {
  @ApiProperty({
    enum: namespaceTypes,
    description: '`managed`: Netyard makes it. `host`: the host’s own stack. `adopted`: one that is there, named by `path` or `pid`.',
  })
  @IsIn(namespaceTypes)
  type: SandboxNamespace['type'];

  @ApiPropertyOptional({ example: '/proc/4242/ns/net', description: 'Absolute path of an adopted namespace.' })
  @IsOptional()
  @IsString()
  @MaxLength(4095)
  path?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, example: 4242, description: 'Process whose namespace is adopted.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(2 ** 22)
  pid?: number;
}

export class CreateSandboxSpecDto {
  @ApiProperty({ example: 'lab-1', description: 'Name or id of the host.' })
  @IsString()
  @MaxLength(64)
  host: string;

  @ApiPropertyOptional({ type: NamespaceDto, default: { type: 'managed' } })
  @IsOptional()
  @IsObject()
  @Nested()
  @Type(() => NamespaceDto)
  namespace?: NamespaceDto;

  @ApiPropertyOptional({ type: DnsSettingsDto, description: 'Comes before the settings of its networks.' })
  @IsOptional()
  @IsObject()
  @Nested()
  @Type(() => DnsSettingsDto)
  dns?: DnsSettingsDto;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: '/var/lib/docker/containers/0a1b/resolv.conf',
    description:
      'For adopted namespaces: the resolv.conf that the container uses. It is written in place, and put back when the sandbox is deleted.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(4095)
  resolvConfPath?: string | null;
}

export class CreateSandboxDto {
  @ApiPropertyOptional({ type: CreateMetadataDto })
  @IsOptional()
  @IsObject()
  @Nested()
  @Type(() => CreateMetadataDto)
  metadata?: CreateMetadataDto;

  @ApiProperty({ type: CreateSandboxSpecDto })
  @IsObject()
  @Nested()
  @Type(() => CreateSandboxSpecDto)
  spec: CreateSandboxSpecDto;
}

export class BulkCreateSandboxesDto {
  @ApiProperty({ type: [CreateSandboxDto], minItems: 1, maxItems: bulkLimit })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(bulkLimit)
  @Nested({ each: true })
  @Type(() => CreateSandboxDto)
  items: CreateSandboxDto[];
}

export class PatchSandboxSpecDto {
  @ApiPropertyOptional({
    example: 'lab-2',
    description:
      'Name or id of the host that it moves to, with its endpoints, which keep their addresses; for managed namespaces. What runs in it stays behind. Nothing is ever on both: while the former host is not clean of it, it is on neither.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  host?: string;

  @ApiPropertyOptional({ type: DnsSettingsDto, description: 'What is given takes the place of what was there, field by field.' })
  @IsOptional()
  @IsObject()
  @Nested()
  @Type(() => DnsSettingsDto)
  dns?: DnsSettingsDto;
}

export class PatchSandboxDto {
  static readonly immutable = ['/metadata/name', '/spec/namespace', '/spec/resolvConfPath'];

  @ApiPropertyOptional({ type: PatchMetadataDto })
  @IsOptional()
  @IsObject()
  @Nested()
  @Type(() => PatchMetadataDto)
  metadata?: PatchMetadataDto;

  @ApiPropertyOptional({ type: PatchSandboxSpecDto })
  @IsOptional()
  @IsObject()
  @Nested()
  @Type(() => PatchSandboxSpecDto)
  spec?: PatchSandboxSpecDto;
}

export class SandboxSpecDto {
  @ApiProperty({ example: 'lab-1', description: 'Name of the host; of the one that it moves to.' })
  host: string;
  @ApiProperty({ type: NamespaceDto })
  namespace: NamespaceDto;
  @ApiProperty({ type: DnsSettingsViewDto })
  dns: DnsSettingsViewDto;
  @ApiProperty({ type: String, nullable: true })
  resolvConfPath: string | null;
}

export class SandboxStatusDto {
  @ApiProperty({ type: [ConditionDto] })
  conditions: ConditionDto[];
  @ApiProperty({ example: 'lab-1', description: 'Name of the host that has it; while it moves, of the one that it comes from.' })
  host: string;
  @ApiProperty({
    type: String,
    nullable: true,
    example: '/run/netns/ny-0a1b2c3d',
    description: 'Where the namespace is found on the host; null for the host’s own.',
  })
  namespacePath: string | null;
  @ApiProperty({ type: [String], description: 'Names of the endpoints that are joined to it.' })
  endpoints: string[];
}

export class SandboxDto {
  @ApiProperty({ type: MetadataDto })
  metadata: MetadataDto;
  @ApiProperty({ type: SandboxSpecDto })
  spec: SandboxSpecDto;
  @ApiProperty({ type: SandboxStatusDto })
  status: SandboxStatusDto;
}

export class SandboxPageDto extends PageDto {
  @ApiProperty({ type: [SandboxDto] })
  items: SandboxDto[];
}

export class SandboxListQuery extends ListQuery {
  @ApiPropertyOptional({ type: [String], description: 'Name or id of the host.' })
  @IsOptional()
  @Repeatable()
  @IsString({ each: true })
  host?: string[];
}

export class SandboxListDto {
  @ApiProperty({ type: [SandboxDto], description: 'In the order of the request.' })
  items: SandboxDto[];
}
