import type { HostTunnels } from '@netyard/contracts';
import type { Database } from '../database/database';
import type { RequestContext } from '../http/request-context';
import type { HostTunnelsDto } from './inquiry.dto';

/** Of a host's tunnels those of the tenant's own networks, by the names of these. */
export async function visibleTunnels(
  database: Database,
  { tenantId }: RequestContext,
  { observedAt, tunnels }: HostTunnels,
): Promise<HostTunnelsDto> {
  const networks = await database.query<{ id: string; name: string }>(
    'SELECT id, name FROM network WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) ORDER BY name',
    [tenantId, tunnels.map(({ networkId }) => networkId)],
  );
  return {
    observedAt,
    items: networks.flatMap(({ id, name }) =>
      tunnels.filter(({ networkId }) => networkId === id).map(({ networkId: _networkId, ...tunnel }) => ({ network: name, ...tunnel })),
    ),
  };
}
