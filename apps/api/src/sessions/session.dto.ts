import {
  accessResources,
  type AccessResource,
  accessVerbs,
  type AccessVerb,
  deploymentRoles,
  type DeploymentRole,
  tenantRoles,
  type TenantRole,
} from '@netyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';

export class SignInDto {
  @ApiProperty({ example: 'ada', description: 'Name of the user.' })
  @IsString()
  @MinLength(1)
  @MaxLength(63)
  name: string;

  @ApiProperty({ example: 'correct horse battery staple' })
  @IsString()
  @MinLength(1)
  @MaxLength(512)
  password: string;
}

export class ChangePasswordDto {
  @ApiProperty()
  @IsString()
  @MinLength(1)
  @MaxLength(512)
  current: string;

  @ApiProperty({ minLength: 12, maxLength: 512 })
  @IsString()
  @MinLength(12)
  @MaxLength(512)
  password: string;
}

export class SignedOutDto {
  @ApiProperty({ format: 'uri', description: 'Where to send the browser, for the session at the provider to end as well.' })
  logoutUrl: string;
}

export class SessionMembershipDto {
  @ApiProperty({ example: 'class-a', description: 'Name of the tenant.' })
  tenant: string;
  @ApiProperty({ enum: tenantRoles })
  role: TenantRole;
}

export class PermissionDto {
  @ApiProperty({ enum: accessResources })
  resource: AccessResource;
  @ApiProperty({ enum: accessVerbs, isArray: true })
  verbs: AccessVerb[];
}

export class SessionDto {
  @ApiProperty({ enum: ['environment', 'token', 'user'], description: 'What it is that asks.' })
  kind: 'environment' | 'token' | 'user';
  @ApiProperty({ example: 'ada', description: 'Of the user or token.' })
  name: string;
  @ApiProperty({ enum: [...deploymentRoles, 'worker'], nullable: true, description: 'What it may do everywhere.' })
  deploymentRole: DeploymentRole | 'worker' | null;
  @ApiProperty({ type: [SessionMembershipDto], description: 'By name.' })
  memberships: SessionMembershipDto[];
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'class-a',
    description:
      'The tenant that a request is about which names none, or that this one has named; null for a user who is a member of none.',
  })
  tenant: string | null;
  @ApiProperty({
    enum: [...tenantRoles, ...deploymentRoles, 'worker'],
    nullable: true,
    description: 'What it is in that tenant; null for a member of none.',
  })
  role: TenantRole | DeploymentRole | 'worker' | null;
  @ApiProperty({ type: [PermissionDto], description: 'What it may do there, with the limits of its token. What is not listed is refused.' })
  permissions: PermissionDto[];
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'campus',
    description: 'The OpenID Connect provider that the user has signed in by; null: another way.',
  })
  provider: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When it ends by itself.' })
  expiresAt: string | null;
  @ApiPropertyOptional({
    example: 'ny_mPq4…',
    description: 'The bearer token of the session: in the answer to signing in, and never again.',
  })
  token?: string;
}

export class ListedSessionDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ format: 'date-time' })
  createdAt: string;
  @ApiProperty({ format: 'date-time', description: 'To the minute.' })
  lastUsedAt: string;
  @ApiProperty({ format: 'date-time', description: 'When it ends by itself.' })
  expiresAt: string;
  @ApiProperty({ type: String, nullable: true, example: '192.0.2.7', description: 'Where the user has signed in from.' })
  source: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'As the browser has called itself.' })
  userAgent: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'campus', description: 'The OpenID Connect provider; null: a password.' })
  provider: string | null;
  @ApiProperty({ description: 'Whether it is the one that asks.' })
  current: boolean;
}

export class SessionListDto {
  @ApiProperty({ type: [ListedSessionDto], description: 'The latest first.' })
  items: ListedSessionDto[];
}
