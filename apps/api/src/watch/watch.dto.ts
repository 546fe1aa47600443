import { objectKinds, type ObjectKind } from '@netyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsArray, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';

export class WatchQuery {
  @ApiPropertyOptional({
    type: String,
    example: 'network,endpoint',
    description: `Of ${objectKinds.join(', ')}, joined by commas; all when left out.`,
  })
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

/** The data of `event: upsert`: the object with its kind. */
export const watchUpsertSchema = {
  description: 'The data of `event: upsert`: the object with its kind.',
  oneOf: objectKinds.map((kind) => ({
    allOf: [
      { type: 'object', required: ['kind'], properties: { kind: { type: 'string', enum: [kind] } } },
      { $ref: `#/components/schemas/${kind.charAt(0).toUpperCase()}${kind.slice(1)}` },
    ],
  })),
};

/** The data of `event: delete`. */
export class WatchDeleteDto {
  @ApiProperty({ enum: objectKinds })
  kind: ObjectKind;
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty()
  name: string;
}
