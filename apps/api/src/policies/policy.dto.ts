import {
  policyActions,
  policyDirections,
  policyProtocols,
  type CutFlow,
  type PolicyAction,
  type PolicyDirection,
  type PolicyPreview,
  type PolicyProtocol,
} from '@netyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { bulkLimit } from '../http/bulk.dto';
import { ListQuery, PageDto, Repeatable } from '../http/list.dto';
import { ConditionDto, CreateMetadataDto, MetadataDto, PatchMetadataDto } from '../http/metadata.dto';
import { Nested } from '../http/nested';

const selectorLimit = 64;
const ruleLimit = 256;
const labelsSchema = {
  type: 'object' as const,
  additionalProperties: { type: 'string' },
  example: { role: 'db' },
  description: 'All of these labels have to match; `{}` is every endpoint of `network`.',
};

export class PolicySelectorDto {
  @ApiPropertyOptional({ type: [String], maxItems: selectorLimit, example: ['a'], description: 'Names of endpoints, of whatever network.' })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(selectorLimit)
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  endpoints?: string[];

  @ApiPropertyOptional(labelsSchema)
  @IsOptional()
  @IsObject()
  labels?: Record<string, string>;

  @ApiPropertyOptional({ type: [String], maxItems: selectorLimit, example: ['192.0.2.0/24'], description: 'Prefixes without host bits.' })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(selectorLimit)
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  cidrs?: string[];

  @ApiPropertyOptional({
    example: 'web',
    description: 'Name or id of the network that `labels` looks in, the policy’s own by default; alone: all of its endpoints.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  network?: string;
}

export class CreatePolicyRuleDto {
  @ApiProperty({ enum: policyActions })
  @IsIn(policyActions)
  action: PolicyAction;

  @ApiPropertyOptional({ enum: policyProtocols, default: 'any', description: '`icmp` is ICMP for IPv4 and ICMPv6 for IPv6.' })
  @IsOptional()
  @IsIn(policyProtocols)
  protocol?: PolicyProtocol;

  @ApiPropertyOptional({
    type: [String],
    maxItems: selectorLimit,
    example: ['5432', '8000-8100'],
    description: 'Destination ports and ranges, for tcp, udp and sctp; all when there are none.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(selectorLimit)
  @IsString({ each: true })
  @Matches(/^\d{1,5}(-\d{1,5})?$/, { each: true, message: 'ports must be texts of a port or a range, such as "5432" or "8000-8100"' })
  ports?: string[];

  @ApiPropertyOptional({ type: PolicySelectorDto, description: 'Any source when left out.' })
  @IsOptional()
  @IsObject()
  @Nested()
  @Type(() => PolicySelectorDto)
  from?: PolicySelectorDto;

  @ApiPropertyOptional({ type: PolicySelectorDto, description: 'Any destination when left out.' })
  @IsOptional()
  @IsObject()
  @Nested()
  @Type(() => PolicySelectorDto)
  to?: PolicySelectorDto;

  @ApiPropertyOptional({
    enum: policyDirections,
    default: 'both',
    description: 'As the policy’s network sees it: `ingress` is towards its endpoints.',
  })
  @IsOptional()
  @IsIn(policyDirections)
  direction?: PolicyDirection;
}

export class PatchPolicySpecDto {
  @ApiPropertyOptional({
    type: 'integer',
    default: 0,
    minimum: -1000,
    maximum: 1000,
    description: 'The lowest of a network’s policies is looked at first; ties go by name.',
  })
  @IsOptional()
  @IsInt()
  @Min(-1000)
  @Max(1000)
  priority?: number;

  @ApiPropertyOptional({
    enum: policyActions,
    default: 'allow',
    description: 'For flows that no rule of any of the network’s policies matches; one `deny` denies.',
  })
  @IsOptional()
  @IsIn(policyActions)
  defaultAction?: PolicyAction;

  @ApiPropertyOptional({ type: [CreatePolicyRuleDto], maxItems: ruleLimit, description: 'The first rule that matches a new flow decides.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(ruleLimit)
  @Nested({ each: true })
  @Type(() => CreatePolicyRuleDto)
  rules?: CreatePolicyRuleDto[];
}

export class CreatePolicySpecDto extends PatchPolicySpecDto {
  @ApiProperty({ example: 'web', description: 'Name or id of the network whose endpoints’ flows it decides on.' })
  @IsString()
  @MaxLength(64)
  network: string;
}

export class CreatePolicyDto {
  @ApiPropertyOptional({ type: CreateMetadataDto })
  @IsOptional()
  @IsObject()
  @Nested()
  @Type(() => CreateMetadataDto)
  metadata?: CreateMetadataDto;

  @ApiProperty({ type: CreatePolicySpecDto })
  @IsObject()
  @Nested()
  @Type(() => CreatePolicySpecDto)
  spec: CreatePolicySpecDto;
}

export class BulkCreatePoliciesDto {
  @ApiProperty({ type: [CreatePolicyDto], minItems: 1, maxItems: bulkLimit })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(bulkLimit)
  @Nested({ each: true })
  @Type(() => CreatePolicyDto)
  items: CreatePolicyDto[];
}

export class PatchPolicyDto {
  static readonly immutable = ['/metadata/name', '/spec/network'];

  @ApiPropertyOptional({ type: PatchMetadataDto })
  @IsOptional()
  @IsObject()
  @Nested()
  @Type(() => PatchMetadataDto)
  metadata?: PatchMetadataDto;

  @ApiPropertyOptional({ type: PatchPolicySpecDto })
  @IsOptional()
  @IsObject()
  @Nested()
  @Type(() => PatchPolicySpecDto)
  spec?: PatchPolicySpecDto;
}

export class PolicyRuleDto {
  @ApiProperty({ enum: policyActions })
  action: PolicyAction;
  @ApiProperty({ enum: policyProtocols })
  protocol: PolicyProtocol;
  @ApiProperty({ type: [String] })
  ports: string[];
  @ApiPropertyOptional({ type: PolicySelectorDto })
  from?: PolicySelectorDto;
  @ApiPropertyOptional({ type: PolicySelectorDto })
  to?: PolicySelectorDto;
  @ApiProperty({ enum: policyDirections })
  direction: PolicyDirection;
}

export class PolicySpecDto {
  @ApiProperty({ example: 'web', description: 'Name of the network.' })
  network: string;
  @ApiProperty({ type: 'integer' })
  priority: number;
  @ApiProperty({ enum: policyActions })
  defaultAction: PolicyAction;
  @ApiProperty({ type: [PolicyRuleDto] })
  rules: PolicyRuleDto[];
}

export class PolicyHostDto {
  @ApiProperty({ example: 'lab-1', description: 'Name of the host.' })
  host: string;
  @ApiProperty({ type: [ConditionDto] })
  conditions: ConditionDto[];
}

export class PolicyStatusDto {
  @ApiProperty({ type: [ConditionDto] })
  conditions: ConditionDto[];
  @ApiProperty({ type: [PolicyHostDto], description: 'Where it is in force: wherever its network is realised.' })
  hosts: PolicyHostDto[];
}

export class PolicyDto {
  @ApiProperty({ type: MetadataDto })
  metadata: MetadataDto;
  @ApiProperty({ type: PolicySpecDto })
  spec: PolicySpecDto;
  @ApiProperty({ type: PolicyStatusDto })
  status: PolicyStatusDto;
}

export class PolicyPageDto extends PageDto {
  @ApiProperty({ type: [PolicyDto] })
  items: PolicyDto[];
}

export class PolicyListDto {
  @ApiProperty({ type: [PolicyDto], description: 'In the order of the request.' })
  items: PolicyDto[];
}

export class PolicyListQuery extends ListQuery {
  @ApiPropertyOptional({ type: [String], description: 'Name or id of the network.' })
  @IsOptional()
  @Repeatable()
  @IsString({ each: true })
  network?: string[];
}

export class CountDto {
  @ApiProperty({ type: 'integer', description: 'First packets of new flows.' })
  packets: number;
  @ApiProperty({ type: 'integer' })
  bytes: number;
}

export class HostPolicyCountersDto {
  @ApiProperty({ example: 'lab-1' })
  host: string;
  @ApiProperty({ type: [CountDto], description: 'One for each rule, in their order: new flows that it decided.' })
  rules: CountDto[];
  @ApiProperty({ type: CountDto, description: 'New flows that fell to a default of deny.' })
  defaultDenied: CountDto;
}

export class PolicyCountersDto {
  @ApiProperty({ type: [CountDto], description: 'One for each rule, in their order: new flows that it decided, on all hosts.' })
  rules: CountDto[];
  @ApiProperty({ type: CountDto, description: 'New flows that fell to a default of deny, on all hosts.' })
  defaultDenied: CountDto;
  @ApiProperty({ type: [HostPolicyCountersDto] })
  hosts: HostPolicyCountersDto[];
}

export class CutFlowDto implements CutFlow {
  @ApiProperty({ example: 'tcp' })
  protocol: string;
  @ApiProperty({ example: '10.10.0.2' })
  source: string;
  @ApiProperty({ type: 'integer', nullable: true })
  sourcePort: number | null;
  @ApiProperty({ example: '10.10.0.3' })
  destination: string;
  @ApiProperty({ type: 'integer', nullable: true, example: 5432 })
  destinationPort: number | null;
  @ApiProperty({ type: String, nullable: true })
  sourceEndpoint: string | null;
  @ApiProperty({ type: String, nullable: true })
  destinationEndpoint: string | null;
  @ApiProperty({ description: 'The policy that denies it.' })
  policy: string;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Its rule, counted from 0; null: its default.' })
  rule: number | null;
}

export class PolicyPreviewDto implements PolicyPreview {
  @ApiProperty({ type: 'integer', description: 'Present flows that were looked at.' })
  flowCount: number;
  @ApiProperty({ type: 'integer' })
  cutCount: number;
  @ApiProperty({ type: [CutFlowDto], description: 'Those that would be cut, the first 1,000.' })
  cut: CutFlowDto[];
}
