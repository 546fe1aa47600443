import { NetyardError, type EndpointId, type SandboxId } from '@netyard/contracts';
import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access';
import { Database } from '../database/database';
import { HostsService } from '../hosts/hosts.service';
import { Context, type RequestContext } from '../http/request-context';
import { findByReference, notFound, splitReferences } from '../objects/object-row';
import { countersOnHost } from './host-counters';
import { InquiriesService } from './inquiries.service';
import { EndpointCountersDto, HostCountersDto, HostTunnelsDto, ResolverStateDto } from './inquiry.dto';
import { SandboxStackDto } from './sandbox-stack.dto';
import { visibleTunnels } from './visible-tunnels';

interface Placed {
  id: string;
  name: string;
  host_id: string | null;
}

/** What only the host knows, asked of it at this moment. */
@ApiTags('present state')
@Controller('v1')
export class InquiriesController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(InquiriesService) private readonly inquiries: InquiriesService,
    @Inject(HostsService) private readonly hosts: HostsService,
  ) {}

  @Get('sandboxes/:ref/resolver')
  @Access('sandbox', 'read')
  @ApiOperation({ operationId: 'getResolver', summary: 'What a sandbox’s resolver answers, whom it asks, and how its queries ended' })
  @ApiOkResponse({ type: ResolverStateDto })
  async resolver(@Context() context: RequestContext, @Param('ref') ref: string): Promise<ResolverStateDto> {
    const sandbox = await this.#find('sandbox', context, ref);
    const { resolver } = await this.inquiries.ask(sandbox.host_id ?? '', { type: 'resolver', sandboxId: sandbox.id as SandboxId });
    return resolver;
  }

  @Get('sandboxes/:ref/stack')
  @Access('sandbox', 'read')
  @ApiOperation({
    operationId: 'getSandboxStack',
    summary: 'A sandbox’s network stack as its kernel has it: links with their counters, addresses, routes and neighbours',
  })
  @ApiOkResponse({ type: SandboxStackDto })
  async stack(@Context() context: RequestContext, @Param('ref') ref: string): Promise<SandboxStackDto> {
    const sandbox = await this.#find('sandbox', context, ref);
    const { stack } = await this.inquiries.ask(sandbox.host_id ?? '', { type: 'sandbox-stack', sandboxId: sandbox.id as SandboxId });
    return stack;
  }

  @Get('endpoints/:ref/counters')
  @Access('endpoint', 'read')
  @ApiOperation({ operationId: 'getEndpointCounters', summary: 'An endpoint’s traffic: totals, present rates, and the limits in force' })
  @ApiOkResponse({ type: EndpointCountersDto })
  async counters(@Context() context: RequestContext, @Param('ref') ref: string): Promise<EndpointCountersDto> {
    const endpoint = await this.#find('endpoint', context, ref);
    if (endpoint.host_id === null) throw new NetyardError('not-joined', `endpoint ${endpoint.name} is joined to no sandbox`);
    const { counters } = await this.inquiries.ask(endpoint.host_id, { type: 'endpoint-counters', endpointId: endpoint.id as EndpointId });
    return counters;
  }

  @Get('hosts/:ref/counters')
  @Access('host', 'read')
  @ApiOperation({ operationId: 'getHostCounters', summary: 'What all of your endpoints on a host have carried, at one moment' })
  @ApiOkResponse({ type: HostCountersDto })
  async hostCounters(@Context() context: RequestContext, @Param('ref') ref: string): Promise<HostCountersDto> {
    const { id } = (await this.hosts.get(context, ref)).metadata;
    return countersOnHost(this.database, this.inquiries, context, id);
  }

  @Get('hosts/:ref/tunnels')
  @Access('host', 'read')
  @ApiOperation({
    operationId: 'getTunnels',
    summary: 'A host’s tunnels: where they lead, what they have carried, and what the underlay carries',
  })
  @ApiOkResponse({ type: HostTunnelsDto })
  async tunnels(@Context() context: RequestContext, @Param('ref') ref: string): Promise<HostTunnelsDto> {
    const { id } = (await this.hosts.get(context, ref)).metadata;
    const { tunnels } = await this.inquiries.ask(id, { type: 'tunnels' });
    return visibleTunnels(this.database, context, tunnels);
  }

  async #find(kind: 'sandbox' | 'endpoint', { tenantId }: RequestContext, ref: string): Promise<Placed> {
    const { names, ids } = splitReferences([ref]);
    const rows = await this.database.query<Placed>(
      `SELECT id, name, host_id FROM ${kind} WHERE tenant_id = $1 AND (name = ANY ($2) OR id = ANY ($3::uuid[]))`,
      [tenantId, names, ids],
    );
    const row = findByReference(rows, ref);
    if (!row) throw notFound(kind, ref);
    return row;
  }
}
