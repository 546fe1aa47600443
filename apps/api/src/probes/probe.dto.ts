import { probeKinds, type ProbeKind, type ProbeResult } from '@netyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsObject, IsOptional, IsString, Matches, Max, MaxLength, Min, MinLength } from 'class-validator';
import { ListQuery, PageDto, Repeatable } from '../http/list.dto';
import { ConditionDto, CreateMetadataDto, MetadataDto } from '../http/metadata.dto';
import { Nested } from '../http/nested';

const queryTypes = ['A', 'AAAA', 'PTR', 'SRV', 'TXT', 'CNAME', 'MX', 'NS', 'SOA'] as const;

export class ProbeSpecDto {
  @ApiProperty({ example: 'a', description: 'Name or id of the sandbox to run in.' })
  @IsString()
  @MaxLength(64)
  sandbox: string;

  @ApiProperty({ enum: probeKinds })
  @IsIn(probeKinds)
  kind: ProbeKind;

  @ApiProperty({
    example: '10.10.0.3',
    description: 'An IP address; for `http` and `tcp` also a name; for `udp-dns` the server’s address.',
  })
  @IsString()
  @MinLength(1)
  @MaxLength(253)
  target: string;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: 65535,
    description: 'For `tcp` (required), `udp-dns` (53) and `http` (80).',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(65535)
  port?: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 20, description: 'For `ping`: 3 when left out.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(20)
  count?: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 100, maximum: 30000, description: 'For the whole probe: 10,000 when left out.' })
  @IsOptional()
  @IsInt()
  @Min(100)
  @Max(30_000)
  timeoutMs?: number;

  @ApiPropertyOptional({ description: 'For `udp-dns` (required): the name to ask for.' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(253)
  query?: string;

  @ApiPropertyOptional({ enum: queryTypes, description: 'For `udp-dns`: A when left out.' })
  @IsOptional()
  @IsIn(queryTypes)
  queryType?: string;

  @ApiPropertyOptional({ example: '/', description: 'For `http`: `/` when left out.' })
  @IsOptional()
  @IsString()
  @Matches(/^\/[\x21-\x7e]{0,2047}$/, { message: 'path must begin with a slash and have no blanks' })
  path?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 30, description: 'For `trace`: 16 when left out.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(30)
  maxHops?: number;
}

export class CreateProbeDto {
  @ApiPropertyOptional({ type: CreateMetadataDto })
  @IsOptional()
  @IsObject()
  @Nested()
  @Type(() => CreateMetadataDto)
  metadata?: CreateMetadataDto;

  @ApiProperty({ type: ProbeSpecDto })
  @IsObject()
  @Nested()
  @Type(() => ProbeSpecDto)
  spec: ProbeSpecDto;
}

class RoundTripTimesDto {
  @ApiProperty()
  min: number;
  @ApiProperty()
  avg: number;
  @ApiProperty()
  max: number;
}

export class PingResultDto {
  @ApiProperty({ enum: ['ping'] })
  kind: 'ping';
  @ApiProperty({ type: 'integer' })
  sent: number;
  @ApiProperty({ type: 'integer' })
  received: number;
  @ApiProperty()
  lossPercent: number;
  @ApiProperty({ type: RoundTripTimesDto, nullable: true })
  rttMs: RoundTripTimesDto | null;
}

export class TcpResultDto {
  @ApiProperty({ enum: ['tcp'] })
  kind: 'tcp';
  @ApiProperty()
  connected: boolean;
  @ApiProperty({ type: Number, nullable: true })
  connectMs: number | null;
  @ApiPropertyOptional()
  error?: string;
}

export class DnsResultDto {
  @ApiProperty({ enum: ['udp-dns'] })
  kind: 'udp-dns';
  @ApiProperty()
  answered: boolean;
  @ApiProperty({ type: String, nullable: true })
  responseCode: string | null;
  @ApiProperty({ type: [String] })
  answers: string[];
  @ApiProperty({ type: Number, nullable: true })
  rttMs: number | null;
  @ApiPropertyOptional()
  error?: string;
}

export class HttpResultDto {
  @ApiProperty({ enum: ['http'] })
  kind: 'http';
  @ApiProperty({ type: 'integer', nullable: true })
  statusCode: number | null;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  headers: Record<string, string>;
  @ApiProperty({ type: Number, nullable: true })
  rttMs: number | null;
  @ApiPropertyOptional()
  error?: string;
}

class TraceHopDto {
  @ApiProperty({ type: 'integer' })
  ttl: number;
  @ApiProperty({ type: String, nullable: true })
  address: string | null;
  @ApiProperty({ type: Number, nullable: true })
  rttMs: number | null;
}

export class TraceResultDto {
  @ApiProperty({ enum: ['trace'] })
  kind: 'trace';
  @ApiProperty()
  reached: boolean;
  @ApiProperty({ type: [TraceHopDto] })
  hops: TraceHopDto[];
}

export const probeResults = [PingResultDto, TcpResultDto, DnsResultDto, HttpResultDto, TraceResultDto] as const;

export class ProbeStatusDto {
  @ApiProperty({ type: [ConditionDto] })
  conditions: ConditionDto[];
  @ApiProperty({
    oneOf: [...probeResults.map(({ name }) => ({ $ref: `#/components/schemas/${name}` })), { type: 'null' }],
    description: 'Null until there is one.',
  })
  result: ProbeResult | null;
  @ApiProperty({ type: String, nullable: true, description: 'Why there is no result.' })
  error: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finishedAt: string | null;
}

export class ProbeDto {
  @ApiProperty({ type: MetadataDto })
  metadata: MetadataDto;
  @ApiProperty({ type: ProbeSpecDto })
  spec: ProbeSpecDto;
  @ApiProperty({ type: ProbeStatusDto })
  status: ProbeStatusDto;
}

export class ProbePageDto extends PageDto {
  @ApiProperty({ type: [ProbeDto] })
  items: ProbeDto[];
}

export class ProbeListQuery extends ListQuery {
  @ApiPropertyOptional({ type: [String], description: 'Name or id of the sandbox.' })
  @IsOptional()
  @Repeatable()
  @IsString({ each: true })
  sandbox?: string[];

  @ApiPropertyOptional({ enum: probeKinds, isArray: true })
  @IsOptional()
  @Repeatable()
  @IsIn(probeKinds, { each: true })
  kind?: ProbeKind[];
}
