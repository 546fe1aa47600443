import type { NetyardError, ObjectKind } from '@netyard/contracts';
import type { Transaction } from '../database/transaction';
import { fieldError } from './object-row';

interface Named {
  name: string;
  pointer(path: string): string;
}

/**
 * Says which of the objects that were to be made has a name that is taken, by one that is there or by another one of the request. It is looked up, since
 * PostgreSQL does not tell the values that collided where rows are walled off. Names are the `owner`'s, a tenant or (of ports) an endpoint.
 */
export async function nameTaken(
  reader: Pick<Transaction, 'query'>,
  kind: Exclude<ObjectKind, 'host' | 'router'>,
  owner: string,
  planned: Named[],
): Promise<NetyardError> {
  const column = kind === 'port' ? 'endpoint_id' : 'tenant_id';
  const names = planned.map(({ name }) => name);
  const taken = await reader.query<{ name: string }>(`SELECT name FROM ${kind} WHERE ${column} = $1 AND name = ANY ($2)`, [owner, names]);
  const culprit =
    planned.find(({ name }) => taken.some((row) => row.name === name)) ??
    planned.find(({ name }, index) => names.indexOf(name) < index) ??
    planned[0];
  return fieldError(
    'name-taken',
    kind === 'port' ? `the endpoint has a port ${culprit?.name} already` : `there is a ${kind} ${culprit?.name} already`,
    culprit?.pointer('/metadata/name') ?? '/metadata/name',
  );
}
