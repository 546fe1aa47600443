import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Tells what the secret is to whoever finds it, and keeps it from beginning with a dash, which commands would take for an option. */
const tokenPrefix = 'ny_';

/** A token that is made once and kept in a file that nobody else may read. */
export function keptToken(path: string): string {
  if (existsSync(path)) {
    chmodSync(path, 0o600);
    const token = readFileSync(path, 'utf8').trim();
    if (token) return token;
  }
  const token = `${tokenPrefix}${randomBytes(24).toString('base64url')}`;
  keepSecret(path, token);
  return token;
}

/** Writes what nobody else may read. */
export function keepSecret(path: string, secret: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${secret}\n`, { mode: 0o600 });
}
