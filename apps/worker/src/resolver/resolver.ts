import { statSync } from 'node:fs';
import type { SandboxId } from '@netyard/contracts';
import type { OperationsConfig } from '../operations/messages';
import type { FromResolver, NameChange, ToResolver, ZoneSandbox } from './messages';
import { readResolvConf, type ResolvConf } from './resolv-conf';
import { SandboxResolver, type Shared } from './sandbox-resolver';
import { Upstream } from './upstream';
import { Upstreams } from './upstreams';
import { Views } from './views';

/** How often the host's resolv.conf is looked at, while it is in use. */
const lookMs = 1_000;

type Config = Pick<OperationsConfig, 'resolvConfPath' | 'resolvConfDirectories'>;

/** Answers names for the sandboxes of a host. Sockets are opened by the thread that calls it, which has to be in the host's namespace. */
export class Resolver {
  readonly #views = new Views();
  readonly #sandboxes = new Map<SandboxId, SandboxResolver>();
  readonly #shared: Shared;
  #host: { conf: ResolvConf; upstreams: Upstreams; version: string; lookedAtMs: number } | undefined;

  constructor(
    private readonly config: Config,
    private readonly emit: (message: FromResolver) => void,
  ) {
    this.#shared = {
      views: this.#views,
      hostUpstreams: () => this.#hostServers().upstreams,
      hostResolvConf: () => this.#hostServers().conf,
      resolvConfDirectories: config.resolvConfDirectories,
      forwarding: 0,
    };
  }

  /** Changes are in force when this returns. */
  handle(message: ToResolver): void {
    switch (message.type) {
      case 'changes': {
        const failures = message.changes.flatMap((change) => this.#apply(change));
        this.emit({ type: 'in-force', sequence: message.sequence, failures });
        return;
      }
      case 'inspect':
        this.emit({ type: 'inspected', id: message.id, state: this.#sandboxes.get(message.sandboxId)?.state() ?? null });
        return;
    }
  }

  #apply(change: NameChange): { sandboxId: SandboxId; message: string }[] {
    switch (change.type) {
      case 'network':
        this.#views.putNetwork(change.network);
        return [];
      case 'network-gone':
        this.#views.removeNetwork(change.id);
        return [];
      case 'endpoint':
        this.#views.putEndpoint(change.endpoint);
        return [];
      case 'endpoint-gone':
        this.#views.removeEndpoint(change.id);
        return [];
      case 'sandbox':
        return this.#setSandbox(change.sandbox);
      case 'sandbox-gone':
        return this.#removeSandbox(change.id);
    }
  }

  #setSandbox(wanted: ZoneSandbox): { sandboxId: SandboxId; message: string }[] {
    const sandbox = this.#sandboxes.get(wanted.id) ?? new SandboxResolver(this.#shared);
    this.#sandboxes.set(wanted.id, sandbox);
    try {
      for (const message of sandbox.set(wanted)) this.emit({ type: 'repaired', sandboxId: wanted.id, message });
      return [];
    } catch (error) {
      return [{ sandboxId: wanted.id, message: error instanceof Error ? error.message : String(error) }];
    }
  }

  #removeSandbox(sandboxId: SandboxId): { sandboxId: SandboxId; message: string }[] {
    const errors = this.#sandboxes.get(sandboxId)?.close() ?? [];
    this.#sandboxes.delete(sandboxId);
    return errors.map(({ message }) => ({ sandboxId, message }));
  }

  #hostServers(): { conf: ResolvConf; upstreams: Upstreams } {
    const now = performance.now();
    if (this.#host && now - this.#host.lookedAtMs < lookMs) return this.#host;
    const version = versionOf(this.config.resolvConfPath);
    if (this.#host?.version === version) {
      this.#host.lookedAtMs = now;
      return this.#host;
    }
    const conf = readResolvConf(this.config.resolvConfPath);
    const upstreams = new Upstreams(conf.servers.map((address) => new Upstream(address, null)));
    this.#host = { conf, upstreams, version, lookedAtMs: now };
    return this.#host;
  }
}

/** Changes when the file does; empty when it cannot be read. */
function versionOf(path: string): string {
  try {
    const { ino, mtimeMs, size } = statSync(path);
    return `${ino} ${mtimeMs} ${size}`;
  } catch {
    return '';
  }
}
