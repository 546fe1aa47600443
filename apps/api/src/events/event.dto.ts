import { objectKinds, type ObjectKind } from '@netyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsArray, IsIn, IsISO8601, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { LatestFirstQuery, PageDto, Repeatable } from '../http/list.dto';

const eventTypes = ['Normal', 'Warning'] as const;
export type EventType = (typeof eventTypes)[number];

export class EventDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ enum: objectKinds })
  kind: ObjectKind;
  @ApiProperty({ format: 'uuid' })
  objectId: string;
  @ApiProperty()
  objectName: string;
  @ApiProperty({ type: String, nullable: true, example: 'lab-1', description: 'Name of the host that told of it; null: none did.' })
  host: string | null;
  @ApiProperty({ enum: eventTypes })
  type: EventType;
  @ApiProperty({ example: 'Joined', description: 'One CamelCase word.' })
  reason: string;
  @ApiProperty()
  message: string;
  @ApiProperty({ type: 'integer', description: 'How often it happened.' })
  count: number;
  @ApiProperty({ format: 'date-time' })
  firstSeenAt: string;
  @ApiProperty({ format: 'date-time' })
  lastSeenAt: string;
}

export class EventPageDto extends PageDto {
  @ApiProperty({ type: [EventDto] })
  items: EventDto[];
}

export class EventListQuery extends LatestFirstQuery {
  @ApiPropertyOptional({ enum: objectKinds, isArray: true })
  @IsOptional()
  @Repeatable()
  @IsIn(objectKinds, { each: true })
  kind?: ObjectKind[];

  @ApiPropertyOptional({ format: 'uuid', description: 'Id of the object.' })
  @IsOptional()
  @IsUUID()
  id?: string;

  @ApiPropertyOptional({ example: 'web', description: 'Name of the object, as it was called then.' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  name?: string;

  @ApiPropertyOptional({ example: 'lab-1', description: 'Name or id of the host: what it told of, and what became of it.' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  host?: string;

  @ApiPropertyOptional({ enum: eventTypes })
  @IsOptional()
  @IsIn(eventTypes)
  type?: EventType;

  @ApiPropertyOptional({ type: [String], example: ['DriftRepaired'], description: 'Repeated: any of them.' })
  @IsOptional()
  @Repeatable()
  @IsArray()
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  reason?: string[];

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Happened again since then, or for the first time.' })
  @IsOptional()
  @IsISO8601({ strict: true })
  since?: string;

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Happened last before then.' })
  @IsOptional()
  @IsISO8601({ strict: true })
  until?: string;
}
