import { NetyardError } from '@netyard/contracts';
import type { RequestContext } from '../http/request-context';
import { fieldError } from '../objects/object-row';

type Granted = Pick<RequestContext, 'grants' | 'tenantName'>;

/** Throws NetyardError unless the tenant may have networks of the driver: some reach what is the hosts', or on the wire. */
export function assertDriverGranted({ grants, tenantName }: Granted, driver: Granted['grants']['drivers'][number], pointer: string): void {
  if (!grants.drivers.includes(driver)) throw notGranted(`networks of driver ${driver}`, tenantName, pointer);
}

/** Throws NetyardError unless the tenant may have sandboxes in namespaces of the type: others than its own may be anybody's. */
export function assertNamespaceGranted(
  { grants, tenantName }: Granted,
  type: Granted['grants']['namespaces'][number],
  pointer: string,
): void {
  if (!grants.namespaces.includes(type)) throw notGranted(`sandboxes of namespace type ${type}`, tenantName, pointer);
}

function notGranted(what: string, tenantName: string, pointer: string): NetyardError {
  return fieldError('not-granted', `${what} have not been granted to tenant ${tenantName}: an admin can do that`, pointer);
}
