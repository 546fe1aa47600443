import { unwrap, unwrapEmpty } from '@netyard/api-client';
import { api } from '../../api/client';
import type { EndpointRow, NetworkRow, PolicyRow, SandboxRow } from '../inventory/inventory';

export type BulkRow = NetworkRow | SandboxRow | EndpointRow | PolicyRow;
export type BulkKind = BulkRow['kind'];

export const plurals: Record<BulkKind, 'networks' | 'sandboxes' | 'endpoints' | 'policies'> = {
  network: 'networks',
  sandbox: 'sandboxes',
  endpoint: 'endpoints',
  policy: 'policies',
};

/** Deletes all or none. Throws ApiProblem. */
export async function deleteMany(kind: BulkKind, refs: string[]): Promise<void> {
  const body = { refs };
  switch (kind) {
    case 'network':
      return void unwrap(await api.POST('/v1/networks/bulk-delete', { body }));
    case 'sandbox':
      return void unwrap(await api.POST('/v1/sandboxes/bulk-delete', { body }));
    case 'endpoint':
      return void unwrap(await api.POST('/v1/endpoints/bulk-delete', { body }));
    case 'policy':
      return void unwrap(await api.POST('/v1/policies/bulk-delete', { body }));
    default:
      return kind satisfies never;
  }
}

/** Merges labels into those of one object; null removes one. Throws ApiProblem. */
export async function label(kind: BulkKind, ref: string, labels: Record<string, string | null>): Promise<void> {
  const request = { params: { path: { ref } }, body: { metadata: { labels } } };
  switch (kind) {
    case 'network':
      return unwrapEmpty(await api.PATCH('/v1/networks/{ref}', request));
    case 'sandbox':
      return unwrapEmpty(await api.PATCH('/v1/sandboxes/{ref}', request));
    case 'endpoint':
      return unwrapEmpty(await api.PATCH('/v1/endpoints/{ref}', request));
    case 'policy':
      return unwrapEmpty(await api.PATCH('/v1/policies/{ref}', request));
    default:
      return kind satisfies never;
  }
}
