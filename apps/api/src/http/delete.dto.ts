import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsOptional } from 'class-validator';

/** `true` and `false` as query parameters say them; anything else is left for the validator to refuse. */
const QueryFlag = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (value === 'true' || value === '' ? true : value === 'false' ? false : value));

export class DeleteQuery {
  @ApiPropertyOptional({
    type: Boolean,
    default: false,
    description: 'Removes it at once, without waiting for its host: for hosts that are lost.',
  })
  @IsOptional()
  @QueryFlag()
  @IsBoolean()
  force?: boolean;
}

export class CascadeQuery extends DeleteQuery {
  @ApiPropertyOptional({ type: Boolean, default: false, description: 'Deletes its endpoints as well.' })
  @IsOptional()
  @QueryFlag()
  @IsBoolean()
  cascade?: boolean;
}
