import type { EndpointId } from '@netyard/contracts';
import type { Database } from '../database/database';
import type { RequestContext } from '../http/request-context';
import type { InquiriesService } from './inquiries.service';
import type { HostCountersDto } from './inquiry.dto';

/** What a tenant's own endpoints on a host have carried, by their names. A host that has none of them is not asked. */
export async function countersOnHost(
  database: Database,
  inquiries: InquiriesService,
  { tenantId }: RequestContext,
  hostId: string,
): Promise<HostCountersDto> {
  const endpoints = await database.query<{ id: EndpointId; name: string }>(
    'SELECT id, name FROM endpoint WHERE tenant_id = $1 AND host_id = $2 ORDER BY name',
    [tenantId, hostId],
  );
  if (endpoints.length === 0) return { observedAt: new Date().toISOString(), items: [] };
  const { counters } = await inquiries.ask(hostId, { type: 'host-counters', endpointIds: endpoints.map(({ id }) => id) });
  const traffic = new Map(counters.endpoints.map(({ endpointId, ...directions }) => [endpointId, directions]));
  return {
    observedAt: counters.observedAt,
    items: endpoints.flatMap(({ id, name }) => {
      const directions = traffic.get(id);
      return directions ? [{ endpoint: name, ...directions }] : [];
    }),
  };
}
