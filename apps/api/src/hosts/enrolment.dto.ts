import { namePattern } from '@netyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { PageDto } from '../http/list.dto';
import { MetadataDto } from '../http/metadata.dto';
import { Nested } from '../http/nested';

export class CreateEnrolmentSpecDto {
  @ApiProperty({ example: 'lab-9', pattern: namePattern.source, description: 'Name that the host is to have; it need not be there yet.' })
  @IsString()
  @Matches(namePattern, { message: 'host must be a DNS label: lower-case letters, digits and inner hyphens, at most 63' })
  host: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 10_080, default: 60, description: 'How long the token is good for.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(10_080)
  minutes?: number;
}

export class CreateEnrolmentDto {
  @ApiProperty({ type: CreateEnrolmentSpecDto })
  @Nested()
  @Type(() => CreateEnrolmentSpecDto)
  spec: CreateEnrolmentSpecDto;
}

export class EnrolmentSpecDto {
  @ApiProperty({ example: 'lab-9' })
  host: string;
}

export class EnrolmentStatusDto {
  @ApiProperty({ format: 'date-time', description: 'When the token is good for nothing any more.' })
  expiresAt: string;
  @ApiPropertyOptional({
    example: 'ny_enrol_mPq4…',
    description: 'Good once, for `PUT /v1/hosts/{host}/credential`. In the answer to its creation, and never again.',
  })
  token?: string;
}

export class EnrolmentDto {
  @ApiProperty({ type: MetadataDto, description: 'Its name is the host’s.' })
  metadata: MetadataDto;
  @ApiProperty({ type: EnrolmentSpecDto })
  spec: EnrolmentSpecDto;
  @ApiProperty({ type: EnrolmentStatusDto })
  status: EnrolmentStatusDto;
}

export class EnrolmentPageDto extends PageDto {
  @ApiProperty({ type: [EnrolmentDto] })
  items: EnrolmentDto[];
}

export class ExchangeCredentialDto {
  @ApiPropertyOptional({
    example: '-----BEGIN CERTIFICATE REQUEST-----…',
    maxLength: 8192,
    description:
      'A certificate request (PKCS #10, PEM) for a key of the host, where the deployment gives hosts certificates. Only its key counts.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(8192)
  certificateRequest?: string;
}

export class HostCertificateDto {
  @ApiProperty({
    example: '-----BEGIN CERTIFICATE-----…',
    description: 'PEM. To be shown to the API as a client; its common name is the host’s.',
  })
  certificate: string;
  @ApiProperty({ example: '-----BEGIN CERTIFICATE-----…', description: 'The authority that it comes from (PEM).' })
  authority: string;
  @ApiProperty({ format: 'date-time' })
  expiresAt: string;
}

export class HostCredentialDto {
  @ApiProperty({ example: 'lab-9' })
  host: string;
  @ApiProperty({
    example: 'ny_host_mPq4…',
    description: 'The bearer token of this one host, shown this once. The one before ends when this is first used.',
  })
  token: string;
  @ApiProperty({ type: HostCertificateDto, nullable: true, description: 'Null where none was asked for, or the deployment gives none.' })
  certificate: HostCertificateDto | null;
}

export class PlacedObjectDto {
  @ApiProperty({ example: 'class-a', description: 'Name of the tenant.' })
  tenant: string;
  @ApiProperty({ enum: ['network', 'sandbox', 'endpoint', 'port'] })
  kind: 'network' | 'sandbox' | 'endpoint' | 'port';
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ example: 'a-web' })
  name: string;
}

export class PlacedQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 500, default: 100 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number;

  @ApiPropertyOptional({ format: 'uuid', description: 'Where to go on: `nextCursor` of the page before.' })
  @IsOptional()
  @IsUUID()
  cursor?: string;
}

export class PlacedPageDto extends PageDto {
  @ApiProperty({ type: [PlacedObjectDto], description: 'By id.' })
  items: PlacedObjectDto[];
}
