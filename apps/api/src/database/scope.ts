import { AsyncLocalStorage } from 'node:async_hooks';

/** Whose rows a piece of work may see: a tenant's, or those of the whole deployment. */
export type Scope = { tenantId: string } | 'deployment';

const current = new AsyncLocalStorage<Scope>();
const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Runs work that sees the rows of one tenant alone. */
export function inTenant<Result>(tenantId: string, work: () => Result): Result {
  // It becomes part of a statement.
  if (!uuidPattern.test(tenantId)) throw new Error(`"${tenantId}" is no id of a tenant`);
  return current.run({ tenantId }, work);
}

/** Runs work that is the deployment's: of workers, admins, housekeeping, and of who it is that asks. */
export const acrossTenants = <Result>(work: () => Result): Result => current.run('deployment', work);

/** Whose work it is that runs. Throws when nobody has said: there is no wall to stand behind by default. */
export function currentScope(): Scope {
  const scope = current.getStore();
  if (scope === undefined)
    throw new Error('the database was asked by work of which nobody has said whose it is: inTenant or acrossTenants');
  return scope;
}

/** Reads as somebody who may see all of the deployment, or one tenant alone. */
export const asSeenBy = <Result>(
  { seesDeployment, tenantId }: { seesDeployment: boolean; tenantId: string },
  read: () => Result,
): Result => (seesDeployment ? acrossTenants(read) : inTenant(tenantId, read));
