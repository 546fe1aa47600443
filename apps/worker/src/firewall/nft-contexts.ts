import { NftContext } from '@netyard/nftables';

/** As many stay open: each holds a descriptor that has to be low (see NftContext), and opening one costs a millisecond. */
const mostOpen = 16;

/** Contexts of libnftables for the namespaces of routers, of which there may be hundreds: those used last stay open. */
export class NftContexts {
  readonly #open = new Map<string, NftContext>();

  /** The one of a router, to be used at once, with the thread in its namespace. */
  of(routerId: string): NftContext {
    const context = this.#open.get(routerId) ?? NftContext.open();
    this.#open.delete(routerId);
    this.#open.set(routerId, context);
    const [oldest] = this.#open.keys();
    if (this.#open.size > mostOpen && oldest !== undefined) this.close(oldest);
    return context;
  }

  /** What is open holds its namespace. */
  close(routerId: string): void {
    this.#open.get(routerId)?.close();
    this.#open.delete(routerId);
  }
}
