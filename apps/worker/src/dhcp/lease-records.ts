import { join } from 'node:path';
import type { EndpointId, Lease } from '@netyard/contracts';
import { StateFile } from '../feed/state-file';
import type { Log } from '../operations/messages';

interface Content {
  version: 1;
  leases: Record<EndpointId, Lease>;
}

/** The leases of a host on disk, so that a worker that starts again keeps the addresses and asks for the same ones. */
export class LeaseRecords {
  readonly #leases = new Map<EndpointId, Lease>();
  readonly #file: StateFile<Content> | null;

  /** `directory` null: they are kept as long as the process lives. */
  constructor(directory: string | null, hostName: string, log: Log) {
    const content = (): Content => ({ version: 1, leases: Object.fromEntries(this.#leases) });
    this.#file =
      directory === null ? null : new StateFile(join(directory, `${hostName}.leases.json`), 'the record of leases', 1, content, log);
    const known = Object.entries(this.#file?.read()?.leases ?? {}) as [EndpointId, Lease][];
    for (const [id, lease] of known) if (Date.parse(lease.expiresAt) > Date.now()) this.#leases.set(id, lease);
  }

  get(id: EndpointId): Lease | null {
    return this.#leases.get(id) ?? null;
  }

  entries(): [EndpointId, Lease][] {
    return [...this.#leases];
  }

  put(id: EndpointId, lease: Lease | null): void {
    if (lease) this.#leases.set(id, lease);
    else if (!this.#leases.delete(id)) return;
    this.#file?.schedule();
  }

  flush(): void {
    this.#file?.flush();
  }
}
