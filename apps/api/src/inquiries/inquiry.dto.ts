import type {
  EndpointCounters,
  LinkTraffic,
  QueryCounts,
  ResolverRecord,
  ResolverState,
  TrafficCounters,
  TunnelRemote,
  UpstreamState,
} from '@netyard/contracts';
import { ApiProperty, PickType } from '@nestjs/swagger';
import { UnderlayPathDto } from '../hosts/host.dto';

export class ResolverRecordDto implements ResolverRecord {
  @ApiProperty({ example: 'db.web' })
  name: string;
  @ApiProperty({ enum: ['A', 'AAAA', 'PTR', 'SRV'] })
  type: ResolverRecord['type'];
  @ApiProperty({ type: 'integer', example: 5 })
  ttlSeconds: number;
  @ApiProperty({ example: '10.10.0.2' })
  data: string;
}

export class UpstreamStateDto implements UpstreamState {
  @ApiProperty({ example: '192.0.2.53' })
  address: string;
  @ApiProperty({ enum: ['sandbox', 'host'] })
  askedFrom: UpstreamState['askedFrom'];
  @ApiProperty({ description: 'False for ten seconds after a failure: it is then asked last.' })
  healthy: boolean;
  @ApiProperty({ type: 'integer' })
  queries: number;
  @ApiProperty({ type: 'integer' })
  failures: number;
  @ApiProperty({ type: 'number', nullable: true, description: 'Of the last answer.' })
  rttMs: number | null;
  @ApiProperty({ type: String, nullable: true })
  lastError: string | null;
}

export class QueryCountsDto implements QueryCounts {
  @ApiProperty({ type: 'integer' })
  total: number;
  @ApiProperty({ type: 'integer', description: 'From discovery.' })
  answered: number;
  @ApiProperty({ type: 'integer', description: 'The name exists, without a record of that type.' })
  noData: number;
  @ApiProperty({ type: 'integer' })
  nameError: number;
  @ApiProperty({ type: 'integer', description: 'By an upstream.' })
  forwarded: number;
  @ApiProperty({ type: 'integer', description: 'From what an upstream had said before.' })
  cached: number;
  @ApiProperty({ type: 'integer' })
  refused: number;
  @ApiProperty({ type: 'integer' })
  formatError: number;
  @ApiProperty({ type: 'integer' })
  serverFailure: number;
}

export class QueryFailureDto {
  @ApiProperty({ format: 'date-time' })
  at: string;
  @ApiProperty({ example: 'far.example' })
  name: string;
  @ApiProperty({ example: 'A' })
  type: string;
  @ApiProperty({ example: 'SERVFAIL' })
  responseCode: string;
  @ApiProperty({ example: '192.0.2.53 did not answer' })
  error: string;
}

export class ResolverStateDto implements ResolverState {
  @ApiProperty({ description: 'Whether the sandbox has a resolver of its own; otherwise it uses the servers in `resolvConf`.' })
  listening: boolean;
  @ApiProperty({ type: String, nullable: true, example: '127.0.0.11' })
  address: string | null;
  @ApiProperty({ example: 'nameserver 127.0.0.11\noptions ndots:0\n' })
  resolvConf: string;
  @ApiProperty({ type: [ResolverRecordDto], description: 'What it would answer, the first 1,000 by name.' })
  records: ResolverRecordDto[];
  @ApiProperty({ type: 'integer' })
  recordCount: number;
  @ApiProperty({ type: [UpstreamStateDto], description: 'Whom it asks for other names.' })
  upstreams: UpstreamStateDto[];
  @ApiProperty({ type: QueryCountsDto, description: 'Since the resolver started.' })
  queries: QueryCountsDto;
  @ApiProperty({ type: [QueryFailureDto], description: 'The last 20, the latest first.' })
  failures: QueryFailureDto[];
}

export class LinkTrafficDto implements LinkTraffic {
  @ApiProperty({ type: 'integer' })
  bytes: number;
  @ApiProperty({ type: 'integer' })
  packets: number;
  @ApiProperty({ type: 'integer' })
  dropped: number;
  @ApiProperty({ type: 'integer' })
  errors: number;
}

export class TrafficCountersDto extends LinkTrafficDto implements TrafficCounters {
  @ApiProperty({ type: 'number', example: 94.2, description: 'Measured just now.' })
  mbps: number;
  @ApiProperty({ type: 'integer', nullable: true, example: 100 })
  limitMbps: number | null;
}

export class EndpointCountersDto implements EndpointCounters {
  @ApiProperty({ type: TrafficCountersDto, description: 'What the sandbox receives.' })
  ingress: TrafficCountersDto;
  @ApiProperty({ type: TrafficCountersDto, description: 'What the sandbox sends.' })
  egress: TrafficCountersDto;
  @ApiProperty({ type: 'integer', description: 'Over how long the rates were measured.' })
  overMs: number;
}

export class EndpointTrafficDto {
  @ApiProperty({ example: 'a-web', description: 'Name of the endpoint.' })
  endpoint: string;
  @ApiProperty({ type: LinkTrafficDto, description: 'What its sandbox has received, since the link was made.' })
  ingress: LinkTrafficDto;
  @ApiProperty({ type: LinkTrafficDto, description: 'What its sandbox has sent.' })
  egress: LinkTrafficDto;
}

export class HostCountersDto {
  @ApiProperty({ type: String, format: 'date-time', description: 'By the host’s clock: rates are differences of two answers.' })
  observedAt: string;
  @ApiProperty({ type: [EndpointTrafficDto], description: 'One for each endpoint of yours that has a link on the host, by name.' })
  items: EndpointTrafficDto[];
}

export class TunnelPathDto extends PickType(UnderlayPathDto, ['neededBytes', 'state', 'carriedBytes', 'refusedBy']) {}

export class TunnelRemoteDto implements TunnelRemote {
  @ApiProperty({ example: 'lab-2', description: 'Name of the other host.' })
  host: string;
  @ApiProperty({ example: '198.51.100.2', description: 'Where its tunnels begin and end.' })
  address: string;
  @ApiProperty({ type: 'integer', description: 'Endpoints of the network behind it.' })
  endpointCount: number;
  @ApiProperty({ type: TunnelPathDto, description: 'What the underlay carries on the way there, and what this network needs of it.' })
  path: TunnelPathDto;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When that was measured last; null: not yet.' })
  measuredAt: string | null;
}

export class TunnelDto {
  @ApiProperty({ example: 'wide', description: 'Name of the network.' })
  network: string;
  @ApiProperty({ example: 'nyx0a1b2c3d', description: 'The link on the host.' })
  link: string;
  @ApiProperty({ type: 'integer', example: 4096 })
  vni: number;
  @ApiProperty({ type: 'integer', example: 4789, description: 'UDP port.' })
  port: number;
  @ApiProperty({ example: '198.51.100.1', description: 'Where it begins: on the underlay or, of encrypted networks, inside of WireGuard.' })
  localAddress: string;
  @ApiProperty()
  encrypted: boolean;
  @ApiProperty({ type: 'integer', nullable: true, example: 1450, description: 'Of the link; null while it is not there.' })
  mtuBytes: number | null;
  @ApiProperty({ type: LinkTrafficDto, description: 'What has come from the other hosts, since the link was made.' })
  ingress: LinkTrafficDto;
  @ApiProperty({ type: LinkTrafficDto, description: 'What has gone to them.' })
  egress: LinkTrafficDto;
  @ApiProperty({ type: [TunnelRemoteDto], description: 'The other hosts of the network.' })
  remotes: TunnelRemoteDto[];
}

export class HostTunnelsDto {
  @ApiProperty({ type: String, format: 'date-time', description: 'By the host’s clock: rates are differences of two answers.' })
  observedAt: string;
  @ApiProperty({ type: [TunnelDto], description: 'One for each overlay network of yours that the host takes part in, by name.' })
  items: TunnelDto[];
}
