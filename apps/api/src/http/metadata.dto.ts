import { type ConditionStatus, labelKeyPattern, labelValuePattern, namePattern } from '@netyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Matches, ValidateBy, type ValidationOptions } from 'class-validator';

const nameRule = 'a DNS label: lower-case letters, digits and inner hyphens, at most 63';

/** Accepts a map of labels; `nullable` allows null values, which remove a label in a PATCH. */
export function IsLabels({ nullable = false }: { nullable?: boolean } = {}, options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isLabels',
      validator: {
        validate: (value: unknown) => labelFault(value, nullable) === undefined,
        defaultMessage: (args) => labelFault(args?.value, nullable) ?? '',
      },
    },
    options,
  );
}

function labelFault(value: unknown, nullable: boolean): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'labels must be an object of strings';
  const entries = Object.entries(value);
  if (entries.length > 64) return 'an object may have 64 labels at most';
  for (const [key, text] of entries) {
    if (!labelKeyPattern.test(key)) return `label key "${key}" must match ${labelKeyPattern.source}`;
    if (text === null && nullable) continue;
    if (typeof text !== 'string' || !labelValuePattern.test(text))
      return `the value of label "${key}" must be a string that matches ${labelValuePattern.source}`;
  }
  return undefined;
}

export class ConditionDto {
  @ApiProperty({ example: 'Ready', description: '`Ready` sums the others up.' })
  type: string;
  @ApiProperty({ enum: ['True', 'False', 'Unknown'] })
  status: ConditionStatus;
  @ApiProperty({ example: 'Applied', description: 'One CamelCase word that programs may compare.' })
  reason: string;
  @ApiProperty({ description: 'A sentence for people; names the culprit.' })
  message: string;
  @ApiProperty({ format: 'date-time', description: 'When `status` last changed.' })
  lastTransitionTime: string;
  @ApiProperty({ type: 'integer', description: 'The generation that this was observed at.' })
  observedGeneration: number;
}

export class MetadataDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ example: 'web', pattern: namePattern.source })
  name: string;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, example: { team: 'blue' } })
  labels: Record<string, string>;
  @ApiProperty({ format: 'date-time' })
  createdAt: string;
  @ApiProperty({ type: 'integer', description: 'Counts the changes of the spec.' })
  generation: number;
  @ApiProperty({ example: '7', description: 'Changes with everything that is told here; the ETag is this in quotes.' })
  resourceVersion: string;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When deletion was asked for; the object is there until its hosts are clean.',
  })
  deletionRequestedAt: string | null;
}

export class CreateMetadataDto {
  @ApiPropertyOptional({ example: 'web', pattern: namePattern.source, description: `${nameRule}. Made up when left out.` })
  @IsOptional()
  @IsString()
  @Matches(namePattern, { message: `name must be ${nameRule}` })
  name?: string;

  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'string' }, example: { team: 'blue' } })
  @IsOptional()
  @IsLabels()
  labels?: Record<string, string>;
}

export class PatchMetadataDto {
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string', nullable: true },
    example: { team: 'red', old: null },
    description: 'Merged into the labels that are there; null removes one.',
  })
  @IsOptional()
  @IsLabels({ nullable: true })
  labels?: Record<string, string | null>;
}
