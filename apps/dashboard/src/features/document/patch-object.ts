import { unwrap, type PatchEndpoint, type PatchNetwork, type PatchPolicy, type PatchSandbox } from '@netyard/api-client';
import { api } from '../../api/client';
import type { Value } from '../changes/difference';
import { documentOf, type ObjectDocument } from './document';

/** The kinds whose documents can be edited. */
export type DocumentKind = 'network' | 'sandbox' | 'endpoint' | 'policy';

/** A document as it was at a version of its object. */
export interface DocumentVersion {
  document: ObjectDocument;
  resourceVersion: string;
}

type Described = Parameters<typeof documentOf>[0] & { metadata: { resourceVersion: string } };

export const versionOf = (object: Described): DocumentVersion => ({
  document: documentOf(object),
  resourceVersion: object.metadata.resourceVersion,
});

export const plural: Record<DocumentKind, string> = {
  network: 'networks',
  sandbox: 'sandboxes',
  endpoint: 'endpoints',
  policy: 'policies',
};

/** Changes an object that must still have the version. Throws ApiProblem; `precondition-failed` when it has another. What may be in the patch is for the API to say. */
export async function patchObject(
  kind: DocumentKind,
  ref: string,
  patch: { [key: string]: Value },
  resourceVersion: string,
): Promise<DocumentVersion> {
  const params = { path: { ref }, header: { 'If-Match': `"${resourceVersion}"` } };
  switch (kind) {
    case 'network':
      return versionOf(unwrap(await api.PATCH('/v1/networks/{ref}', { params, body: patch as PatchNetwork })));
    case 'sandbox':
      return versionOf(unwrap(await api.PATCH('/v1/sandboxes/{ref}', { params, body: patch as PatchSandbox })));
    case 'endpoint':
      return versionOf(unwrap(await api.PATCH('/v1/endpoints/{ref}', { params, body: patch as PatchEndpoint })));
    case 'policy':
      return versionOf(unwrap(await api.PATCH('/v1/policies/{ref}', { params, body: patch as PatchPolicy })));
    default:
      return kind satisfies never;
  }
}

/** The object as it is now. */
export async function readObject(kind: DocumentKind, ref: string): Promise<DocumentVersion> {
  const params = { path: { ref } };
  switch (kind) {
    case 'network':
      return versionOf(unwrap(await api.GET('/v1/networks/{ref}', { params })));
    case 'sandbox':
      return versionOf(unwrap(await api.GET('/v1/sandboxes/{ref}', { params })));
    case 'endpoint':
      return versionOf(unwrap(await api.GET('/v1/endpoints/{ref}', { params })));
    case 'policy':
      return versionOf(unwrap(await api.GET('/v1/policies/{ref}', { params })));
    default:
      return kind satisfies never;
  }
}
