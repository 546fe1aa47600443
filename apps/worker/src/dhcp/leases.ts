import { chmodSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { EndpointId } from '@netyard/contracts';
import type { Log } from '../operations/messages';
import { clientProgram, hookScript, mapsNobody, programFolders } from './client-command';
import type { ClientGround } from './dhcp-client';
import { LeaseKeeper } from './lease-keeper';
import { LeaseRecords } from './lease-records';
import type { FromLeases, LeaseStatus, LeaseWish, ToLeases } from './messages';

/** Whether this host has a DHCP client. */
export const hasDhcpClient = (): boolean => programFolders.some((folder) => existsSync(join(folder, clientProgram)));

/** The leases of all endpoints of a host, each with a client process of its own. Belongs to the main thread: clients end with the thread that has started them. */
export class Leases {
  readonly #keepers = new Map<EndpointId, LeaseKeeper>();
  readonly #records: LeaseRecords;
  #ground: ClientGround | undefined;

  constructor(
    private readonly directory: string | null,
    hostName: string,
    private readonly post: (message: FromLeases) => void,
    private readonly log: Log,
  ) {
    this.#records = new LeaseRecords(directory, hostName, log);
  }

  /** Says what is on record. To be called before anything else: an address that is known is never taken away in between. */
  begin(): void {
    for (const [endpointId, lease] of this.#records.entries()) this.post({ type: 'lease', endpointId, lease, problem: null });
  }

  take(message: ToLeases): void {
    if (message.type === 'lease-wanted') this.#want(message.wish);
    else void this.#giveUp(message.endpointId);
  }

  /** Process ids of the clients that run. */
  get pids(): number[] {
    return [...this.#keepers.values()].flatMap(({ pid }) => pid ?? []);
  }

  /** Ends all clients; leases and addresses stay as they are. */
  stop(): void {
    for (const keeper of this.#keepers.values()) keeper.stop();
    this.#records.flush();
  }

  #want(wish: LeaseWish): void {
    const { endpointId } = wish;
    const present = this.#keepers.get(endpointId);
    if (present && isDeepStrictEqual(present.wish, wish)) return;
    // Another interface: what asks on the old one is of no use any more.
    present?.stop();
    try {
      this.#ground ??= makeGround(this.directory ?? tmpdir());
      const keeper = new LeaseKeeper(wish, this.#ground, this.#records.get(endpointId), (status) =>
        this.#tell(endpointId, wish.name, status),
      );
      this.#keepers.set(endpointId, keeper);
    } catch (error) {
      const message = `the DHCP client cannot be started: ${error instanceof Error ? error.message : String(error)}`;
      this.#tell(endpointId, wish.name, { lease: null, problem: { reason: 'ClientFailed', message } });
    }
  }

  async #giveUp(endpointId: EndpointId): Promise<void> {
    const keeper = this.#keepers.get(endpointId);
    this.#keepers.delete(endpointId);
    await keeper?.release();
    this.#records.put(endpointId, null);
    this.post({ type: 'lease-released', endpointId });
  }

  #tell(endpointId: EndpointId, name: string, status: LeaseStatus): void {
    const { lease, problem } = status;
    this.#records.put(endpointId, lease);
    if (problem && problem.reason !== 'Requesting')
      this.log('warn', problem.message, { endpoint: name, id: endpointId, reason: problem.reason });
    else
      this.log('info', lease ? `has a lease of ${lease.address} until ${lease.expiresAt}` : 'asks for a lease', {
        endpoint: name,
        id: endpointId,
      });
    this.post({ type: 'lease', endpointId, ...status });
  }
}

/** The hook has no name: clients that may read no folder of the worker's get it by its descriptor. */
function makeGround(directory: string): ClientGround {
  const folder = mkdtempSync(join(directory, 'dhcp-'));
  try {
    const path = join(folder, 'hook');
    writeFileSync(path, hookScript);
    chmodSync(path, 0o555);
    return { hookFd: openSync(path, 'r'), hasNobody: mapsNobody(readFileSync('/proc/self/uid_map', 'utf8')) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
