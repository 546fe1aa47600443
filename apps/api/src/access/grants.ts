import { defaultTenantName, type DriverOptions, NetyardError } from '@netyard/contracts';
import { defaultTunnelPort } from '@netyard/drivers';
import type { RequestContext } from '../http/request-context';
import { coversParent, inWords } from './parent-grants';
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

/**
 * Throws NetyardError unless the tenant may choose the port of its tunnels: hosts close it to the sandboxes of all tenants, and take from it what comes in, so that one like DNS's
 * would be taken from everybody. The default tenant may, and an admin for any.
 */
export function assertTunnelPortGranted(
  { tenantName, seesDeployment }: Pick<RequestContext, 'tenantName' | 'seesDeployment'>,
  { port }: DriverOptions,
  pointer: string,
): void {
  const isFree = port === undefined || port === defaultTunnelPort;
  if (!isFree && tenantName !== defaultTenantName && !seesDeployment) throw notGranted(`tunnels at port ${port}`, tenantName, pointer);
}

/** Throws NetyardError unless the tenant may have networks on the parent, on the host; on some host when none is named. It says what may be had. */
export function assertParentGranted({ grants, tenantName }: Granted, parent: string, hostName: string | null, pointer: string): void {
  if (coversParent(grants.parents, parent, hostName)) return;
  const where = hostName === null ? '' : ` of host ${hostName}`;
  throw fieldError(
    'not-granted',
    `networks on parent ${parent}${where} have not been granted to tenant ${tenantName}, which may have: ${inWords(grants.parents)}`,
    pointer,
  );
}

function notGranted(what: string, tenantName: string, pointer: string): NetyardError {
  return fieldError('not-granted', `${what} have not been granted to tenant ${tenantName}: an admin can do that`, pointer);
}
