import { randomInt } from 'node:crypto';
import { deleteLinkGroup, RouteSocket, setLink } from '@netyard/netlink';
import type { ReapFailure } from '../operations/messages';

/**
 * Deletes links of the router namespace, many at once: they are put into a link group of their own and that is deleted, so that the kernel waits for
 * one grace period (about 20 ms) instead of one for each. Opened in the namespace of the calling thread.
 */
export class Reaper {
  readonly #socket = RouteSocket.open();
  /** Far away from the small numbers that people use. */
  #group = randomInt(0x4000_0000, 0x7000_0000);

  /** Deletes the links; those that are gone already count as deleted. May be repeated. Equivalent to: `ip link set LINK group G` for each; `ip link del group G`. */
  reap(links: string[]): ReapFailure[] {
    const group = this.#group++;
    const results = this.#socket.batch(links.map((link) => setLink(link, { group })));
    const failures = links.flatMap((link, index): ReapFailure[] => {
      const error = results[index];
      return error && error.errnoName !== 'ENODEV' ? [{ link, message: error.message }] : [];
    });
    if (results.every((error) => error !== undefined)) return failures;
    const [error] = this.#socket.batch([deleteLinkGroup(group)]);
    if (!error || error.errnoName === 'ENODEV') return failures;
    return links.map((link) => ({ link, message: error.message }));
  }

  close(): void {
    this.#socket.close();
  }
}
