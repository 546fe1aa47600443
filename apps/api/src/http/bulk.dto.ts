import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsOptional, IsString, MaxLength, ValidateIf } from 'class-validator';

/** As many objects as one bulk request may create or delete. */
export const bulkLimit = 1_000;

const isGiven = (_: object, value: unknown): boolean => value !== undefined;

export class BulkDeleteDto {
  @ApiPropertyOptional({
    type: [String],
    maxItems: bulkLimit,
    example: ['a-web', 'b-web'],
    description: 'Names or ids. Either this or `labelSelector`.',
  })
  @ValidateIf(isGiven)
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(bulkLimit)
  @IsString({ each: true })
  refs?: string[];

  @ApiPropertyOptional({ example: 'team=blue,env!=prod' })
  @ValidateIf(isGiven)
  @IsString()
  @MaxLength(1024)
  labelSelector?: string;

  @ApiPropertyOptional({ default: false, description: 'Tells how many would be deleted, and deletes none.' })
  @IsOptional()
  @IsBoolean()
  dryRun?: boolean;
}

export class BulkDeleteResultDto {
  @ApiProperty({ type: 'integer', description: 'How many objects are (or, with `dryRun`, would be) deleted.' })
  count: number;
  @ApiProperty({ type: [String], description: 'Ids of those that are not gone yet: their hosts are still being cleaned.' })
  pending: string[];
}
