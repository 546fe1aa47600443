import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ownerAlias, sandboxNamespaceName, type DesiredSandbox } from '@netyard/contracts';
import { deleteNamespace, getLink, inNamespace, Namespace, RouteSocket, writeSysctl } from '@netyard/netlink';
import { createMarkedNamespace, markOf, writeIfThere } from './marked-namespace';

/** A sandbox's namespace, open for the length of a bracket. */
export interface OpenSandbox {
  namespace: Namespace;
  socket: RouteSocket;
}

/**
 * What new interfaces of a managed sandbox begin with. IPv6 is off until one asks for it: its auto-configuration is half of the cost of raising a link. Each
 * setting is a system call or three, so there are no more of them than needed.
 */
const managedSettings: [key: string, value: string][] = [
  ['net/ipv4/conf/default/arp_notify', '1'],
  ['net/ipv6/conf/default/disable_ipv6', '1'],
];

const namespacePrefix = 'ny-';

/** The network namespaces of this host's sandboxes. Nothing is held open between calls, so that a deleted namespace goes at once. */
export class SandboxNamespaces {
  constructor(
    private readonly directory: string,
    private readonly hostName: string,
  ) {}

  pathOf({ id, namespace }: DesiredSandbox): string {
    switch (namespace.type) {
      case 'managed':
        return join(this.directory, sandboxNamespaceName(id));
      case 'host':
        return '/proc/thread-self/ns/net';
      case 'adopted':
        return 'path' in namespace ? namespace.path : `/proc/${namespace.pid}/ns/net`;
    }
  }

  /** Opens the sandbox's namespace. Throws KernelError when there is none: ENOENT, or EINVAL if the path is no network namespace. */
  open(sandbox: DesiredSandbox): Namespace {
    return Namespace.open(this.pathOf(sandbox));
  }

  /** Whether `lo` is up in the sandbox; undefined when there is no network namespace where it has to have one. */
  isLoopbackUp(sandbox: DesiredSandbox): boolean | undefined {
    let namespace: Namespace;
    try {
      namespace = this.open(sandbox);
    } catch {
      return undefined;
    }
    try {
      const socket = RouteSocket.open(namespace);
      const isUp = getLink(socket, 'lo')?.up ?? false;
      socket.close();
      return isUp;
    } finally {
      namespace.close();
    }
  }

  /** Runs synchronous work with the thread inside the sandbox. Throws what `open` throws. */
  inside<T>(sandbox: DesiredSandbox, work: (open: OpenSandbox) => T): T {
    const namespace = this.open(sandbox);
    try {
      return inNamespace(namespace, () => {
        const socket = RouteSocket.open();
        try {
          return work({ namespace, socket });
        } finally {
          socket.close();
        }
      });
    } finally {
      namespace.close();
    }
  }

  /** Makes a managed sandbox's namespace with its settings. Equivalent to: `ip netns add NAME; ip -n NAME link set lo up alias …`. */
  create(sandbox: DesiredSandbox): void {
    createMarkedNamespace(this.pathOf(sandbox), this.#ownerMark(sandbox.id), () => {
      for (const [key, value] of managedSettings) writeIfThere(key, value);
      allowPing();
    });
  }

  /** Takes a managed sandbox's namespace away; the kernel tears down what is in it. May be repeated. Equivalent to: `ip netns delete NAME`. */
  delete(name: string): void {
    deleteNamespace(join(this.directory, name));
  }

  /** Names of namespaces of sandboxes and routers that this host's worker has made, whether still wanted or not, except for those in `known`. */
  unknown(known: Set<string>): string[] {
    return this.#list().filter((name) => name.startsWith(namespacePrefix) && !known.has(name) && this.#isOurs(name));
  }

  #list(): string[] {
    try {
      return readdirSync(this.directory);
    } catch {
      return [];
    }
  }

  #isOurs(name: string): boolean {
    const mark = markOf(join(this.directory, name));
    return /^netyard:(sandbox|router):/.test(mark) && mark.endsWith(`:${this.hostName}`);
  }

  #ownerMark(sandboxId: string): string {
    return `${ownerAlias('sandbox', sandboxId)}:${this.hostName}`;
  }
}

/** Lets processes in the sandbox ping without privileges. In a user namespace only groups that are mapped there can be named. */
function allowPing(): void {
  try {
    writeSysctl('net/ipv4/ping_group_range', '0 2147483647');
  } catch {
    writeSysctl('net/ipv4/ping_group_range', '0 0');
  }
}
