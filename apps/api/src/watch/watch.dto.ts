import { objectKinds, type ObjectKind } from '@netyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsArray, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';

export class WatchQuery {
  @ApiPropertyOptional({ type: String, example: 'network,endpoint', description: `Of ${objectKinds.join(', ')}, joined by commas; all when left out.` })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value))
  @IsArray()
  @IsIn(objectKinds, { each: true })
  kinds?: ObjectKind[];

  @ApiPropertyOptional({ example: 'team=blue' })
  @IsOptional()
  @IsString()
  @MaxLength(1024)
  labelSelector?: string;
}

/** The data of `event: upsert`. */
export class WatchUpsertDto {
  @ApiProperty({ enum: objectKinds })
  kind: ObjectKind;
  @ApiProperty({ oneOf: ['Host', 'Network', 'Sandbox', 'Endpoint', 'Probe'].map((name) => ({ $ref: `#/components/schemas/${name}Dto` })) })
  object: object;
}

/** The data of `event: delete`. */
export class WatchDeleteDto {
  @ApiProperty({ enum: objectKinds })
  kind: ObjectKind;
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty()
  name: string;
}
