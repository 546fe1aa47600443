import { fileObstacle } from './file-obstacle';

const modes = ['disable', 'require', 'verify-ca', 'verify-full'];
const files = ['sslrootcert', 'sslcert', 'sslkey'];

/**
 * Reads the URL of a database as libpq does (https://www.postgresql.org/docs/current/libpq-ssl.html): `require` encrypts, `verify-ca` also wants a certificate of the authority
 * in `sslrootcert`, `verify-full` also the host's name in it. `fail` throws; a URL is not shown, since it may have a password.
 */
export function parseDatabaseUrl(text: string, fail: (detail: string) => never): string {
  if (!/^postgres(ql)?:\/\//.test(text)) fail('must begin with postgresql://');
  const parameters = new URLSearchParams(text.slice(text.indexOf('?') + 1 || text.length));
  for (const name of files) {
    const path = parameters.get(name);
    const obstacle = path === null ? undefined : fileObstacle(path);
    if (obstacle !== undefined) fail(`has a ${name} that ${obstacle}`);
  }
  const mode = parameters.get('sslmode');
  if (mode === null) return text;
  if (!modes.includes(mode)) fail(`has sslmode=${mode}; it can be ${modes.join(', ')}`);
  if (mode === 'verify-ca' && !parameters.has('sslrootcert')) fail('has sslmode=verify-ca without sslrootcert, the file of the authority');
  return parameters.has('uselibpqcompat') ? text : `${text}&uselibpqcompat=true`;
}
