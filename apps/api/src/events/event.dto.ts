import { objectKinds, type ObjectKind } from '@netyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { PageDto } from '../http/list.dto';

export class EventDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ enum: objectKinds })
  kind: ObjectKind;
  @ApiProperty({ format: 'uuid' })
  objectId: string;
  @ApiProperty()
  objectName: string;
  @ApiProperty({ enum: ['Normal', 'Warning'] })
  type: 'Normal' | 'Warning';
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

export class EventListQuery {
  @ApiPropertyOptional({ enum: objectKinds })
  @IsOptional()
  @IsIn(objectKinds)
  kind?: ObjectKind;

  @ApiPropertyOptional({ format: 'uuid', description: 'Id of the object.' })
  @IsOptional()
  @IsUUID()
  id?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 500, default: 100 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number;

  @ApiPropertyOptional({ description: 'Where to go on: `nextCursor` of the page before. The latest come first.' })
  @IsOptional()
  @IsString()
  @MaxLength(512)
  cursor?: string;
}
