import { NetyardError } from '@netyard/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { RouteAccess } from '../access/access';
import { EndpointQueries } from '../endpoints/endpoint.queries';
import { HostsService } from '../hosts/hosts.service';
import type { RequestContext } from '../http/request-context';
import { NetworkQueries } from '../networks/network.queries';
import { PolicyQueries } from '../policies/policy.queries';
import { PortsService } from '../ports/ports.service';
import { SandboxQueries } from '../sandboxes/sandbox.queries';
import { MembersService } from '../tenants/members.service';
import { TenantsService } from '../tenants/tenants.service';
import { TokensService } from '../tokens/tokens.service';
import { UsersService } from '../users/users.service';

/** What an entry keeps of an object: the state is the hosts' business, and the only place where secrets are. */
export function keptOf(dto: unknown): object | null {
  if (typeof dto !== 'object' || dto === null) return null;
  if ('items' in dto && Array.isArray(dto.items)) return { items: dto.items.map((item: unknown) => ({ metadata: nameOf(item) })) };
  const { metadata, spec } = dto as { metadata?: unknown; spec?: unknown };
  if (metadata !== undefined) return { metadata, ...(spec === undefined ? {} : { spec }) };
  return 'count' in dto ? { count: dto.count } : null;
}

function nameOf(item: unknown): object {
  const { metadata = {} } = item as { metadata?: { id?: string; name?: string } };
  return { id: metadata.id, name: metadata.name };
}

/** How objects are before they are changed. */
@Injectable()
export class FormerState {
  constructor(
    @Inject(NetworkQueries) private readonly networks: NetworkQueries,
    @Inject(SandboxQueries) private readonly sandboxes: SandboxQueries,
    @Inject(EndpointQueries) private readonly endpoints: EndpointQueries,
    @Inject(PortsService) private readonly ports: PortsService,
    @Inject(PolicyQueries) private readonly policies: PolicyQueries,
    @Inject(HostsService) private readonly hosts: HostsService,
    @Inject(TenantsService) private readonly tenants: TenantsService,
    @Inject(MembersService) private readonly members: MembersService,
    @Inject(TokensService) private readonly tokens: TokensService,
    @Inject(UsersService) private readonly users: UsersService,
  ) {}

  /** As the tenant sees it; null when it is not there, or the request names none. */
  async of(context: RequestContext, { resource }: RouteAccess, params: Record<string, string>): Promise<object | null> {
    try {
      return keptOf(await this.#read(context, resource, params));
    } catch (error) {
      if (error instanceof NetyardError && error.code === 'not-found') return null;
      throw error;
    }
  }

  #read(context: RequestContext, resource: RouteAccess['resource'], { ref, port }: Record<string, string>): Promise<unknown> {
    if (resource === 'tenant') return this.tenants.get(context);
    if (ref === undefined) return Promise.resolve(null);
    switch (resource) {
      case 'network':
        return this.networks.byReference(context.tenantId, ref);
      case 'sandbox':
        return this.sandboxes.byReference(context.tenantId, ref);
      case 'endpoint':
        return this.endpoints.byReference(context.tenantId, ref);
      case 'port':
        return port === undefined ? Promise.resolve(null) : this.ports.get(context, ref, port);
      case 'policy':
        return this.policies.byReference(context.tenantId, ref);
      case 'host':
        return this.hosts.get(context, ref);
      case 'member':
        return this.members.get(context, ref);
      case 'token':
        return this.tokens.get(context.tenantId, ref);
      case 'deployment-token':
        return this.tokens.get(null, ref);
      case 'user':
        return this.users.get(ref);
      default:
        return Promise.resolve(null);
    }
  }
}
