import { existsSync, readFileSync } from 'node:fs';

export const dockerdPath = '/usr/sbin/dockerd';
/** Statically linked, so that it is a container's whole file system. */
export const busyboxPath = '/bin/busybox';

/** Whether this root is an ordinary user outside. Source: user_namespaces(7). */
function isMappedRoot(): boolean {
  const [inside, outside, count] = readFileSync('/proc/self/uid_map', 'utf8').trim().split(/\s+/).map(Number);
  return inside !== 0 || outside !== 0 || (count ?? 0) < 2;
}

/** Why dockerd cannot be measured here, with what would bring it in; undefined when it can. */
export function dockerObstacle(): string | undefined {
  const missing = [...(existsSync(dockerdPath) ? [] : ['docker.io']), ...(existsSync(busyboxPath) ? [] : ['busybox-static'])];
  if (missing.length > 0) return `sudo apt-get install ${missing.join(' ')}`;
  return isMappedRoot() ? 'it needs root: sudo npm run bench' : undefined;
}
