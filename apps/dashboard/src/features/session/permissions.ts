import type { AccessResource, AccessVerb } from '@netyard/contracts';
import type { Session } from '@netyard/api-client';
import { session as text } from '../../messages';
import type { DialogName, SelectableKind } from '../inventory/view-state';

export interface Access {
  resource: AccessResource;
  verb: AccessVerb;
}

/** Why the session may not do something where it is; undefined when it may, or when nobody knows yet: the API decides in any case. */
export function refusalFor(session: Session | null, { resource, verb }: Access): string | undefined {
  if (!session || session.permissions.some((permission) => permission.resource === resource && permission.verbs.includes(verb)))
    return undefined;
  return text.refusal(session.role === null ? text.memberless : text.roles[session.role], session.tenant);
}

/** What a dialog asks of whoever opens it. */
export function accessOfDialog(dialog: DialogName, kind: SelectableKind | undefined): Access {
  switch (dialog) {
    case 'create-network':
      return { resource: 'network', verb: 'create' };
    case 'create-sandbox':
      return { resource: 'sandbox', verb: 'create' };
    case 'create-policy':
      return { resource: 'policy', verb: 'create' };
    case 'join':
      return { resource: 'endpoint', verb: kind === 'endpoint' ? 'update' : 'create' };
    case 'publish':
      return { resource: 'port', verb: 'create' };
    case 'ping':
      return { resource: 'probe', verb: 'create' };
    case 'drain':
      return { resource: 'host', verb: 'update' };
    case 'leave':
      return { resource: 'endpoint', verb: 'update' };
    case 'edit':
    case 'names':
      return { resource: kind ?? 'network', verb: 'update' };
    case 'delete':
      return { resource: kind ?? 'network', verb: 'delete' };
    default:
      return dialog satisfies never;
  }
}
