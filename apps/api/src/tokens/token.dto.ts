import {
  accessResources,
  type AccessResource,
  type AccessScope,
  accessVerbs,
  type AccessVerb,
  deploymentRoles,
  type DeploymentRole,
  tenantRoles,
  type TenantRole,
} from '@netyard/contracts';
import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn, IsISO8601, IsOptional, IsString, MaxLength } from 'class-validator';
import { PageDto } from '../http/list.dto';
import { CreateMetadataDto, MetadataDto } from '../http/metadata.dto';
import { Nested } from '../http/nested';

export class TokenScopeDto implements AccessScope {
  @ApiProperty({ enum: accessResources, isArray: true, example: ['endpoint', 'sandbox'] })
  @IsArray()
  @ArrayMinSize(1)
  @IsIn(accessResources, { each: true })
  resources: AccessResource[];

  @ApiProperty({ enum: accessVerbs, isArray: true, example: ['read', 'create'] })
  @IsArray()
  @ArrayMinSize(1)
  @IsIn(accessVerbs, { each: true })
  verbs: AccessVerb[];
}

class TokenLimitsDto {
  @ApiPropertyOptional({ default: false, description: 'Good for reading alone, whatever the role.' })
  @IsOptional()
  @IsBoolean()
  readOnly?: boolean;

  @ApiPropertyOptional({
    type: [TokenScopeDto],
    maxItems: 32,
    description:
      'What it is good for, of what its role may do: all when left out. The document’s `x-access` says what each operation needs.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(32)
  @Nested({ each: true })
  @Type(() => TokenScopeDto)
  scopes?: TokenScopeDto[];

  @ApiPropertyOptional({
    type: [String],
    maxItems: 64,
    example: ['192.0.2.0/24'],
    description: 'Prefixes that requests must come from; from anywhere when left out.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(64)
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  allowedSources?: string[];

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    example: '2030-01-01T00:00:00Z',
    description: 'When it ends by itself; never when left out.',
  })
  @IsOptional()
  @IsISO8601({ strict: true })
  expiresAt?: string;
}

export class CreateTokenSpecDto extends TokenLimitsDto {
  @ApiProperty({ enum: tenantRoles, example: 'editor' })
  @IsIn(tenantRoles)
  role: TenantRole;
}

export class CreateDeploymentTokenSpecDto extends TokenLimitsDto {
  @ApiProperty({ enum: deploymentRoles, example: 'auditor' })
  @IsIn(deploymentRoles)
  role: DeploymentRole;
}

export class CreateTokenDto {
  @ApiPropertyOptional({ type: CreateMetadataDto })
  @IsOptional()
  @Nested()
  @Type(() => CreateMetadataDto)
  metadata?: CreateMetadataDto;

  @ApiProperty({ type: CreateTokenSpecDto })
  @Nested()
  @Type(() => CreateTokenSpecDto)
  spec: CreateTokenSpecDto;
}

export class CreateDeploymentTokenDto extends OmitType(CreateTokenDto, ['spec']) {
  @ApiProperty({ type: CreateDeploymentTokenSpecDto })
  @Nested()
  @Type(() => CreateDeploymentTokenSpecDto)
  spec: CreateDeploymentTokenSpecDto;
}

export class TokenSpecDto {
  @ApiProperty({ enum: [...tenantRoles, ...deploymentRoles] })
  role: TenantRole | DeploymentRole;
  @ApiProperty()
  readOnly: boolean;
  @ApiProperty({ type: [TokenScopeDto], nullable: true, description: 'Null: all that the role may do.' })
  scopes: TokenScopeDto[] | null;
  @ApiProperty({ type: [String] })
  allowedSources: string[];
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  expiresAt: string | null;
}

export class TokenStatusDto {
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'To the minute.' })
  lastUsedAt: string | null;
  @ApiProperty({ type: String, nullable: true, example: '192.0.2.7' })
  lastUsedFrom: string | null;
  @ApiPropertyOptional({ example: 'ny_mPq4…', description: 'The secret: in the answer to its creation, and never again.' })
  token?: string;
}

export class TokenDto {
  @ApiProperty({ type: MetadataDto })
  metadata: MetadataDto;
  @ApiProperty({ type: TokenSpecDto })
  spec: TokenSpecDto;
  @ApiProperty({ type: TokenStatusDto })
  status: TokenStatusDto;
}

export class TokenPageDto extends PageDto {
  @ApiProperty({ type: [TokenDto] })
  items: TokenDto[];
}
