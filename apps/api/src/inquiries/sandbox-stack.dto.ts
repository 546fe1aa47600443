import {
  stackNeighbourStates,
  type EndpointId,
  type SandboxStack,
  type StackLink,
  type StackNeighbour,
  type StackNeighbourState,
  type StackRoute,
} from '@netyard/contracts';
import { ApiProperty } from '@nestjs/swagger';
import { LinkTrafficDto } from './inquiry.dto';

export class StackLinkDto implements StackLink {
  @ApiProperty({ example: 'eth0' })
  name: string;
  @ApiProperty({ type: String, nullable: true, example: 'veth', description: 'Null for `lo` and physical ones.' })
  kind: string | null;
  @ApiProperty()
  up: boolean;
  @ApiProperty({ type: 'integer', example: 1500 })
  mtuBytes: number;
  @ApiProperty({ type: String, nullable: true, example: '02:42:0a:0a:00:02' })
  macAddress: string | null;
  @ApiProperty({ type: [String], example: ['10.10.0.2/24'] })
  addresses: string[];
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The endpoint whose interface it is; null: of none.' })
  endpointId: EndpointId | null;
  @ApiProperty({ type: LinkTrafficDto, description: 'What it has received since it was made.' })
  ingress: LinkTrafficDto;
  @ApiProperty({ type: LinkTrafficDto, description: 'What it has sent since.' })
  egress: LinkTrafficDto;
}

export class StackRouteDto implements StackRoute {
  @ApiProperty({ example: '0.0.0.0/0' })
  destination: string;
  @ApiProperty({ type: String, nullable: true, example: '10.10.0.1', description: 'The next hop; null: on the link itself.' })
  via: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'eth0' })
  link: string | null;
  @ApiProperty({ type: 'integer', nullable: true })
  metric: number | null;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Where packets by it come from, unless they name an address; null: the kernel’s choice.',
  })
  source: string | null;
  @ApiProperty({ description: 'Made by the kernel, for the prefix of an address.' })
  byKernel: boolean;
}

export class StackNeighbourDto implements StackNeighbour {
  @ApiProperty({ example: '10.10.0.3' })
  address: string;
  @ApiProperty({ example: 'eth0' })
  link: string;
  @ApiProperty({ type: String, nullable: true, description: 'Null while it is being asked for, or was not found.' })
  macAddress: string | null;
  @ApiProperty({ enum: stackNeighbourStates })
  state: StackNeighbourState;
}

export class SandboxStackDto implements SandboxStack {
  @ApiProperty({ type: String, format: 'date-time', description: 'By the host’s clock: rates are differences of two answers.' })
  observedAt: string;
  @ApiProperty({ type: [StackLinkDto], description: 'All that are there, whoever has made them; the first 1,000, with as many addresses.' })
  links: StackLinkDto[];
  @ApiProperty({ type: [StackRouteDto], description: 'Unicast routes of the main table, the first 1,000.' })
  routes: StackRouteDto[];
  @ApiProperty({ type: [StackNeighbourDto], description: 'What its links know of addresses on their segments, the first 1,000.' })
  neighbours: StackNeighbourDto[];
  @ApiProperty({ type: 'integer' })
  linkCount: number;
  @ApiProperty({ type: 'integer' })
  routeCount: number;
  @ApiProperty({ type: 'integer' })
  neighbourCount: number;
}
