import type { QueryRunner } from 'typeorm';
import type { Scope } from './scope';

/**
 * Roles that transactions take: the first sees the rows of the tenant that the transaction names, the second those of all. Neither owns a table, so neither
 * can change them, turn their row-level security off, or write over the audit.
 */
export const tenantRole = 'netyard_tenant';
export const deploymentRole = 'netyard_deployment';

/** The statements by which a transaction takes its role; they last as long as it does, whoever has the session next. */
export const takeRole = (scope: Scope): string =>
  scope === 'deployment'
    ? `SET LOCAL ROLE ${deploymentRole}`
    : `SET LOCAL ROLE ${tenantRole}; SET LOCAL netyard.tenant = '${scope.tenantId}'`;

const attempts = 10;

/**
 * Makes the roles that are not there, and lets the API's login take them; a login that does not exist is made, with the password of its URL. Roles belong to
 * the server: another deployment on it may be doing the same at this moment. May be repeated. Throws with what an administrator has to run when this
 * connection may not.
 */
export async function ensureRoles(runner: QueryRunner, loginUrl: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ensure(runner, loginUrl);
    } catch (error) {
      if ((error as { code?: string }).code === '42501') throw new Error(byHand(loginUrl), { cause: error });
      if (attempt === attempts) throw error;
    }
  }
}

async function ensure(runner: QueryRunner, loginUrl: string): Promise<void> {
  const { name, password } = await loginOf(runner, loginUrl);
  for (const role of [tenantRole, deploymentRole])
    if (!(await exists(runner, role))) await runner.query(`CREATE ROLE ${role} NOLOGIN NOSUPERUSER NOBYPASSRLS`);
  if (!(await exists(runner, name))) {
    const [{ sql }] = (await runner.query(
      `SELECT format(CASE WHEN $2::text IS NULL THEN 'CREATE ROLE %I' ELSE 'CREATE ROLE %I PASSWORD %L' END || ' LOGIN NOSUPERUSER NOBYPASSRLS NOINHERIT', $1::text, $2::text) AS sql`,
      [name, password],
    )) as [{ sql: string }];
    await runner.query(sql);
  }
  for (const role of [tenantRole, deploymentRole]) {
    const [{ isMember }] = (await runner.query(`SELECT pg_has_role($1, $2, 'MEMBER') AS "isMember"`, [name, role])) as [
      { isMember: boolean },
    ];
    if (isMember) continue;
    const [{ sql }] = (await runner.query(`SELECT format('GRANT ${role} TO %I', $1::text) AS sql`, [name])) as [{ sql: string }];
    await runner.query(sql);
  }
}

async function exists(runner: QueryRunner, role: string): Promise<boolean> {
  const rows = (await runner.query('SELECT FROM pg_roles WHERE rolname = $1', [role])) as unknown[];
  return rows.length > 0;
}

/** Without a user in the URL it is whoever connects. */
async function loginOf(runner: QueryRunner, loginUrl: string): Promise<{ name: string; password: string | null }> {
  const { name, password } = userOf(loginUrl);
  if (name !== '') return { name, password };
  const [row] = (await runner.query('SELECT current_user AS name')) as [{ name: string }];
  return { name: row.name, password: null };
}

/** Not by `URL`, which knows no URL without a host, as those of Unix sockets are. */
function userOf(url: string): { name: string; password: string | null } {
  const [, name = '', password] = /^[a-z]+:\/\/([^:@/?]*)(?::([^@/?]*))?@/.exec(url) ?? [];
  return { name: decodeURIComponent(name), password: password === undefined ? null : decodeURIComponent(password) };
}

function byHand(loginUrl: string): string {
  const login = userOf(loginUrl).name || 'the user of DATABASE_URL';
  return `the user that migrates may not make roles. Have an administrator of the server run: CREATE ROLE ${tenantRole}; CREATE ROLE ${deploymentRole}; GRANT ${tenantRole}, ${deploymentRole} TO ${login};`;
}
