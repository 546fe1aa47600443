import { ApiProperty } from '@nestjs/swagger';

/** Who may have changed something. */
export const actorKinds = ['environment', 'token', 'user', 'host', 'enrolment'] as const;

/** What a request changed, as the audit keeps it. */
export abstract class RecordedChangeDto {
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true, description: 'Metadata and spec as they were.' })
  before: object | null;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'Metadata and spec as they are since; of many objects, their names and ids.',
  })
  after: object | null;
}
