import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createNamespace, deleteNamespace, inNamespace, Namespace, RouteSocket, setLink } from '@netyard/netlink';

/**
 * A named network namespace for one test, with `lo` up. An ordinary user runs the tests inside `unshare --user --map-root-user --net --mount` with a
 * tmpfs on /run/netns, as `npm test` does.
 */
export class TestNamespace {
  readonly name: string;
  readonly path: string;
  readonly namespace: Namespace;
  private closed = false;

  constructor(prefix = 't') {
    this.name = `ny-test-${prefix}-${randomBytes(3).toString('hex')}`;
    this.path = `/run/netns/${this.name}`;
    createNamespace(this.path);
    try {
      this.namespace = Namespace.open(this.path);
      this.netlink((socket) => socket.request(setLink('lo', { up: true })));
    } catch (error) {
      deleteNamespace(this.path);
      throw error;
    }
  }

  /** Runs synchronous work with a route socket of this namespace. */
  netlink<T>(work: (socket: RouteSocket) => T): T {
    const socket = RouteSocket.open(this.namespace);
    try {
      return work(socket);
    } finally {
      socket.close();
    }
  }

  /** Runs synchronous work inside the namespace. */
  inside<T>(work: () => T): T {
    return inNamespace(this.namespace, work);
  }

  /** Runs a command inside, without a shell, and gives what it prints: the oracle. */
  run(command: string, ...args: string[]): string {
    return execFileSync('ip', ['netns', 'exec', this.name, command, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** What `ip -j …` says inside. */
  ip<T = Record<string, unknown>[]>(...args: string[]): T {
    return JSON.parse(this.run('ip', '-j', ...args) || '[]') as T;
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.namespace.close();
    deleteNamespace(this.path);
  }
}

/** Runs a test with `count` fresh namespaces, which are gone afterwards however it ends. */
export async function withNamespaces<T>(count: number, test: (...namespaces: TestNamespace[]) => T | Promise<T>): Promise<T> {
  const namespaces: TestNamespace[] = [];
  try {
    for (let number = 1; number <= count; number++) namespaces.push(new TestNamespace(`n${number}`));
    return await test(...namespaces);
  } finally {
    for (const namespace of namespaces.reverse()) namespace.close();
  }
}
