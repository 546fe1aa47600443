import { sandboxNamespaceName } from '@netyard/contracts';
import type { Endpoint, Network, Sandbox } from '@netyard/api-client';
import type { ExpectedJoin } from '../kernel/host';
import { partsOf, upTo } from '../numbers';
import type { ApiClient } from './api-client';
import type { Deployment } from './deployment';

/** As many objects as one bulk request takes. */
const bulkLimit = 1_000;
const waitSeconds = 60;

export const networkBody = (name: string, cidr: string) => ({ metadata: { name }, spec: { driver: 'bridge', subnets: [{ cidr }] } });
export const endpointBody = (name: string, network: string, sandbox: string | null) => ({ metadata: { name }, spec: { network, sandbox } });

export const createNetwork = (client: ApiClient, name: string, cidr: string): Promise<Network> =>
  client.post<Network>('/v1/networks', networkBody(name, cidr));

/** Makes sandboxes `<prefix>-<number>` on the deployment's host, and waits until their namespaces stand. */
export async function createSandboxes(
  { client, host }: Pick<Deployment, 'client' | 'host'>,
  prefix: string,
  count: number,
): Promise<Sandbox[]> {
  const bodies = upTo(count).map((number) => ({ metadata: { name: `${prefix}-${number}` }, spec: { host: host.name } }));
  const made: Sandbox[] = [];
  for (const items of partsOf(bodies, bulkLimit))
    made.push(...(await client.post<{ items: Sandbox[] }>('/v1/sandboxes/bulk', { items }, { waitSeconds })).items);
  assertReady(made, count);
  return made;
}

/** Makes endpoints in one bulk request, and waits until all are Ready. */
export async function createEndpoints(client: ApiClient, items: ReturnType<typeof endpointBody>[]): Promise<Endpoint[]> {
  const { items: made } = await client.post<{ items: Endpoint[] }>('/v1/endpoints/bulk', { items }, { waitSeconds });
  assertReady(made, items.length);
  return made;
}

/** Deletes endpoints in one bulk request, and waits until their hosts are clean. */
export async function deleteEndpoints(client: ApiClient, endpoints: Endpoint[]): Promise<void> {
  const refs = endpoints.map(({ metadata }) => metadata.id);
  const { count, pending } = await client.post<{ count: number; pending: string[] }>(
    '/v1/endpoints/bulk-delete',
    { refs },
    { waitSeconds },
  );
  if (count !== refs.length || pending.length > 0)
    throw new Error(`of ${refs.length} endpoints ${count} were deleted and ${pending.length} are not gone`);
}

interface WithConditions {
  metadata: { name: string };
  status: { conditions: { type: string; status: string; message: string }[] };
}

/** Throws, naming the first that is not Ready. */
export function assertReady(objects: WithConditions[], count: number): void {
  if (objects.length !== count) throw new Error(`there are ${objects.length} objects, not ${count}`);
  for (const { metadata, status } of objects) {
    const ready = status.conditions.find(({ type }) => type === 'Ready');
    if (ready?.status !== 'True') throw new Error(`${metadata.name} is not Ready: ${ready?.message}`);
  }
}

/** What the kernel is to have of an endpoint that the API calls Ready. */
export function expectedJoin({ metadata, status }: Endpoint, sandbox: Sandbox): ExpectedJoin {
  const { hostLink, interfaceName, addresses } = status;
  if (!hostLink || !interfaceName) throw new Error(`endpoint ${metadata.name} has no link`);
  return { hostLink, interfaceName, addresses, sandboxNamespace: sandboxNamespaceName(sandbox.metadata.id) };
}
