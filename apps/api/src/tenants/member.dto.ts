import { tenantRoles, type TenantRole } from '@netyard/contracts';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn } from 'class-validator';
import { Nested } from '../http/nested';

export class MemberSpecDto {
  @ApiProperty({
    enum: tenantRoles,
    description: '`viewer` looks, `editor` changes networks and what is on them, `owner` also members, tokens and shares.',
  })
  @IsIn(tenantRoles)
  role: TenantRole;
}

export class PutMemberDto {
  @ApiProperty({ type: MemberSpecDto })
  @Nested()
  @Type(() => MemberSpecDto)
  spec: MemberSpecDto;
}

export class MemberMetadataDto {
  @ApiProperty({ example: 'ada', description: 'Name of the user.' })
  name: string;
  @ApiProperty({ format: 'uuid', description: 'Id of the user.' })
  id: string;
  @ApiProperty({ format: 'date-time' })
  createdAt: string;
  @ApiProperty({ example: '1', description: 'Changes with the role; the ETag is this in quotes.' })
  resourceVersion: string;
}

export class MemberStatusDto {
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'campus',
    description: 'The OpenID Connect provider whose claims gave the role, and change it; null: it was given by hand, and stays.',
  })
  provider: string | null;
}

export class MemberDto {
  @ApiProperty({ type: MemberMetadataDto })
  metadata: MemberMetadataDto;
  @ApiProperty({ type: MemberSpecDto })
  spec: MemberSpecDto;
  @ApiProperty({ type: MemberStatusDto })
  status: MemberStatusDto;
}

export class MemberListDto {
  @ApiProperty({ type: [MemberDto], description: 'By name.' })
  items: MemberDto[];
}
