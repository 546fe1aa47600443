import { deploymentRoles, type DeploymentRole, tenantRoles, type TenantRole } from '@netyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { PageDto } from '../http/list.dto';
import { CreateMetadataDto, MetadataDto, PatchMetadataDto } from '../http/metadata.dto';
import { Nested } from '../http/nested';

/** An account at an OpenID Connect provider. */
export class IdentityDto {
  @ApiProperty({ example: 'https://id.example.net/realms/campus', description: 'The provider’s, as its ID tokens have it (`iss`).' })
  @IsString()
  @MinLength(1)
  @MaxLength(512)
  issuer: string;

  @ApiProperty({ example: '248289761001', description: 'The account’s, as ID tokens have it (`sub`).' })
  @IsString()
  @MinLength(1)
  @MaxLength(255)
  subject: string;
}

export class PatchUserSpecDto {
  @ApiPropertyOptional({
    enum: deploymentRoles,
    nullable: true,
    description: 'What the user may do in all tenants, and to hosts; null: what memberships allow.',
  })
  @IsOptional()
  @IsIn(deploymentRoles)
  deploymentRole?: DeploymentRole | null;

  @ApiPropertyOptional({ default: false, description: 'Cannot sign in; sessions that there are end.' })
  @IsOptional()
  @IsBoolean()
  disabled?: boolean;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    writeOnly: true,
    minLength: 12,
    maxLength: 512,
    description: 'To sign in with; sessions that there are end when it changes. Null: none. It is never told.',
  })
  @IsOptional()
  @IsString()
  @MinLength(12)
  @MaxLength(512)
  password?: string | null;

  @ApiPropertyOptional({
    type: [IdentityDto],
    maxItems: 16,
    description:
      'Accounts at OpenID Connect providers that the user signs in by. A list replaces the former one; sessions by providers end when one is taken away.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(16)
  @Nested({ each: true })
  @Type(() => IdentityDto)
  identities?: IdentityDto[];
}

export class CreateUserDto {
  @ApiPropertyOptional({ type: CreateMetadataDto })
  @IsOptional()
  @Nested()
  @Type(() => CreateMetadataDto)
  metadata?: CreateMetadataDto;

  @ApiPropertyOptional({ type: PatchUserSpecDto })
  @IsOptional()
  @Nested()
  @Type(() => PatchUserSpecDto)
  spec?: PatchUserSpecDto;
}

export class PatchUserDto {
  static readonly immutable = ['/metadata/name'];

  @ApiPropertyOptional({ type: PatchMetadataDto })
  @IsOptional()
  @Nested()
  @Type(() => PatchMetadataDto)
  metadata?: PatchMetadataDto;

  @ApiPropertyOptional({ type: PatchUserSpecDto })
  @IsOptional()
  @Nested()
  @Type(() => PatchUserSpecDto)
  spec?: PatchUserSpecDto;
}

export class UserSpecDto {
  @ApiProperty({ enum: deploymentRoles, nullable: true })
  deploymentRole: DeploymentRole | null;
  @ApiProperty()
  disabled: boolean;
  @ApiProperty({ type: [IdentityDto], description: 'Accounts at OpenID Connect providers, the oldest first.' })
  identities: IdentityDto[];
}

export class UserMembershipDto {
  @ApiProperty({ example: 'class-a', description: 'Name of the tenant.' })
  tenant: string;
  @ApiProperty({ enum: tenantRoles })
  role: TenantRole;
}

export class UserStatusDto {
  @ApiProperty({ type: [UserMembershipDto] })
  memberships: UserMembershipDto[];
  @ApiProperty({ description: 'Whether the user can sign in with a password.' })
  hasPassword: boolean;
}

export class UserDto {
  @ApiProperty({ type: MetadataDto })
  metadata: MetadataDto;
  @ApiProperty({ type: UserSpecDto })
  spec: UserSpecDto;
  @ApiProperty({ type: UserStatusDto })
  status: UserStatusDto;
}

export class UserPageDto extends PageDto {
  @ApiProperty({ type: [UserDto] })
  items: UserDto[];
}
