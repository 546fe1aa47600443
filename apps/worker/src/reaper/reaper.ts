import { randomInt } from 'node:crypto';
import { deleteLinkGroup, KernelError, Namespace, RouteSocket, setLink } from '@netyard/netlink';
import type { ReapFailure, ReapLink } from '../operations/messages';

/**
 * Deletes links of routers, many at once: they are put into a link group of their own and that is deleted, so that the kernel waits for
 * one grace period (about 20 ms) in each namespace instead of one for each link. Opened in the namespace of the calling thread.
 */
export class Reaper {
  readonly #socket = RouteSocket.open();
  /** Far away from the small numbers that people use. */
  #group = randomInt(0x4000_0000, 0x7000_0000);

  /** Deletes the links; those that are gone already count as deleted. May be repeated. Equivalent to: `ip link set LINK group G` for each; `ip link del group G`. */
  reap(links: ReapLink[]): ReapFailure[] {
    const places = new Map<string | null, string[]>();
    for (const { name, namespacePath } of links) places.set(namespacePath, [...(places.get(namespacePath) ?? []), name]);
    return [...places].flatMap(([path, names]) => (path === null ? this.#reap(this.#socket, names) : this.#reapIn(path, names)));
  }

  /** With a namespace all that was in it has gone. */
  #reapIn(path: string, links: string[]): ReapFailure[] {
    let namespace: Namespace;
    try {
      namespace = Namespace.open(path);
    } catch (error) {
      if (error instanceof KernelError && error.errnoName === 'ENOENT') return [];
      return links.map((link) => ({ link, message: String(error) }));
    }
    const socket = RouteSocket.open(namespace);
    try {
      return this.#reap(socket, links);
    } finally {
      socket.close();
      namespace.close();
    }
  }

  #reap(socket: RouteSocket, links: string[]): ReapFailure[] {
    const group = this.#group++;
    const results = socket.batch(links.map((link) => setLink(link, { group })));
    const failures = links.flatMap((link, index): ReapFailure[] => {
      const error = results[index];
      return error && error.errnoName !== 'ENODEV' ? [{ link, message: error.message }] : [];
    });
    if (results.every((error) => error !== undefined)) return failures;
    const [error] = socket.batch([deleteLinkGroup(group)]);
    if (!error || error.errnoName === 'ENODEV') return failures;
    return links.map((link) => ({ link, message: error.message }));
  }

  close(): void {
    this.#socket.close();
  }
}
