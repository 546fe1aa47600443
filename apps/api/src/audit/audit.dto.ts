import { accessResources, type AccessResource, accessVerbs, type AccessVerb } from '@netyard/contracts';
import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsIn, IsISO8601, IsOptional, IsString, MaxLength } from 'class-validator';
import { LatestFirstQuery, PageDto } from '../http/list.dto';
import { actorKinds, RecordedChangeDto } from './recorded-change.dto';

const outcomes = ['done', 'refused', 'failed'] as const;
export type Outcome = (typeof outcomes)[number];

export class AuditActorDto {
  @ApiProperty({ enum: [...actorKinds, 'unknown'] })
  kind: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  id: string | null;
  @ApiProperty({ example: 'ada', description: 'Of the user or token, as it was called then.' })
  name: string;
}

export class AuditEntryDto extends RecordedChangeDto {
  @ApiProperty({ example: '17', description: 'Later entries have greater ones.' })
  id: string;
  @ApiProperty({ format: 'date-time' })
  at: string;
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'class-a',
    description: 'Name of the tenant that it was about; null for what nobody was let in for.',
  })
  tenant: string | null;
  @ApiProperty({ type: AuditActorDto })
  actor: AuditActorDto;
  @ApiProperty({ example: '192.0.2.7', description: 'Where the request came from.' })
  source: string;
  @ApiProperty({ description: 'As in `X-Request-Id` and in problems.' })
  requestId: string;
  @ApiProperty({ example: 'PATCH' })
  method: string;
  @ApiProperty({ example: '/v1/networks/web' })
  path: string;
  @ApiProperty({ enum: accessResources, nullable: true })
  resource: AccessResource | null;
  @ApiProperty({ enum: accessVerbs, nullable: true })
  verb: AccessVerb | null;
  @ApiProperty({ type: String, nullable: true, example: 'web', description: 'As the request, or the answer, calls it.' })
  object: string | null;
  @ApiProperty({ enum: outcomes, description: '`refused`: 4xx, `failed`: 5xx.' })
  outcome: Outcome;
  @ApiProperty({ type: 'integer', example: 200 })
  status: number;
  @ApiProperty({ type: String, nullable: true, example: '/problems/forbidden', description: 'The type of the problem.' })
  problem: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'What was wrong.' })
  detail: string | null;
}

export class AuditPageDto extends PageDto {
  @ApiProperty({ type: [AuditEntryDto] })
  items: AuditEntryDto[];
}

/** What an export takes. */
export class AuditFilter {
  @ApiPropertyOptional({ example: 'class-a', description: 'Name of the tenant; for admins and auditors, who see all otherwise.' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  tenant?: string;

  @ApiPropertyOptional({ example: 'ada', description: 'Name of the user or token.' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  actor?: string;

  @ApiPropertyOptional({ enum: accessResources })
  @IsOptional()
  @IsIn(accessResources)
  resource?: AccessResource;

  @ApiPropertyOptional({ enum: accessVerbs })
  @IsOptional()
  @IsIn(accessVerbs)
  verb?: AccessVerb;

  @ApiPropertyOptional({ example: 'web' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  object?: string;

  @ApiPropertyOptional({ enum: outcomes })
  @IsOptional()
  @IsIn(outcomes)
  outcome?: Outcome;

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Not before.' })
  @IsOptional()
  @IsISO8601({ strict: true })
  since?: string;

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Before.' })
  @IsOptional()
  @IsISO8601({ strict: true })
  until?: string;
}

export class AuditListQuery extends IntersectionType(AuditFilter, LatestFirstQuery) {}
