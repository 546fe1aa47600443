import type { AccessVerb } from '@netyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { actorKinds, RecordedChangeDto } from '../audit/recorded-change.dto';
import { LatestFirstQuery, PageDto } from '../http/list.dto';

/** Objects of a tenant that are changed by requests. A probe changes nothing. */
export const changedKinds = ['network', 'sandbox', 'endpoint', 'port', 'policy', 'share'] as const;
export type ChangedKind = (typeof changedKinds)[number];

export const changeVerbs = ['create', 'update', 'delete'] as const satisfies AccessVerb[];

export class ChangeActorDto {
  @ApiProperty({ enum: actorKinds })
  kind: string;
  @ApiProperty({ example: 'ada', description: 'Of the user or token, as it was called then.' })
  name: string;
}

export class ChangeDto extends RecordedChangeDto {
  @ApiProperty({ example: '17', description: 'Later changes have greater ones.' })
  id: string;
  @ApiProperty({ format: 'date-time' })
  at: string;
  @ApiProperty({ enum: changedKinds })
  kind: ChangedKind;
  @ApiProperty({ enum: changeVerbs })
  verb: AccessVerb;
  @ApiProperty({ type: String, nullable: true, format: 'uuid', description: 'Of the object; null where many were changed at once.' })
  objectId: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'web', description: 'As it was called then.' })
  objectName: string | null;
  @ApiProperty({ type: ChangeActorDto, description: 'Who did it.' })
  actor: ChangeActorDto;
  @ApiProperty({ description: 'As in `X-Request-Id`.' })
  requestId: string;
  @ApiProperty({ example: 'PATCH' })
  method: string;
  @ApiProperty({ example: '/v1/networks/web' })
  path: string;
}

export class ChangePageDto extends PageDto {
  @ApiProperty({ type: [ChangeDto] })
  items: ChangeDto[];
}

export class ChangeListQuery extends LatestFirstQuery {
  @ApiPropertyOptional({ enum: changedKinds })
  @IsOptional()
  @IsIn(changedKinds)
  kind?: ChangedKind;

  @ApiPropertyOptional({ format: 'uuid', description: 'Id of the object, which may be gone.' })
  @IsOptional()
  @IsUUID()
  id?: string;
}
