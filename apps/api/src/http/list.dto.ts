import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

export const sortKeys = ['name', '-name', 'createdAt', '-createdAt'] as const;
export type SortKey = (typeof sortKeys)[number];

/** A parameter that may be repeated: any of its values matches. */
export const Repeatable = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (Array.isArray(value) || value === undefined ? value : [value]));

/** What every list takes. */
export class ListQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 500, default: 100 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number;

  @ApiPropertyOptional({ description: 'Where to go on: `nextCursor` of the page before.' })
  @IsOptional()
  @IsString()
  @MaxLength(512)
  cursor?: string;

  @ApiPropertyOptional({ enum: sortKeys, default: 'createdAt' })
  @IsOptional()
  @IsIn(sortKeys)
  sort?: SortKey;

  @ApiPropertyOptional({ type: [String], description: 'Repeated: any of them.' })
  @IsOptional()
  @Repeatable()
  @IsArray()
  @IsString({ each: true })
  name?: string[];

  @ApiPropertyOptional({
    example: 'team=blue,env!=prod,canary',
    description: '`a=b`, `a!=b`, `a` (has it), `!a` (has it not), joined by commas: all must hold.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(1024)
  labelSelector?: string;
}

/** What lists take that tell what happened. */
export class LatestFirstQuery {
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

/** One page of a list. */
export abstract class PageDto {
  @ApiProperty({ type: String, nullable: true, description: 'For `cursor`; null on the last page. The same is in `Link: rel="next"`.' })
  nextCursor: string | null;
}
