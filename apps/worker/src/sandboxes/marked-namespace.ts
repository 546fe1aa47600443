import {
  createNamespace,
  deleteNamespace,
  getLink,
  inNamespace,
  KernelError,
  Namespace,
  RouteSocket,
  setLink,
  writeSysctl,
} from '@netyard/netlink';

/**
 * Makes a namespace with `lo` up, whose alias says whose it is: workers on one machine may share the directory. A leftover at the path is replaced. `settle` does the rest
 * inside; if it throws nothing is left. Equivalent to: `ip netns add NAME; ip -n NAME link set lo up alias MARK`.
 */
export function createMarkedNamespace(path: string, mark: string, settle: () => void): void {
  try {
    createNamespace(path);
  } catch (error) {
    if (!(error instanceof KernelError) || error.errnoName !== 'EEXIST') throw error;
    deleteNamespace(path);
    createNamespace(path);
  }
  try {
    insideOf(path, (socket) => {
      socket.request(setLink('lo', { up: true, alias: mark }));
      settle();
    });
  } catch (error) {
    deleteNamespace(path);
    throw error;
  }
}

/** The mark of the namespace at a path; empty where there is none, or no namespace. */
export function markOf(path: string): string {
  try {
    return insideOf(path, (socket) => getLink(socket, 'lo')?.alias ?? '');
  } catch {
    return '';
  }
}

/** Runs synchronous work with the thread inside a namespace, and a socket there. Throws what `Namespace.open` throws. */
export function insideOf<T>(path: string, work: (socket: RouteSocket) => T): T {
  const namespace = Namespace.open(path);
  try {
    return inNamespace(namespace, () => {
      const socket = RouteSocket.open();
      try {
        return work(socket);
      } finally {
        socket.close();
      }
    });
  } finally {
    namespace.close();
  }
}

/** A kernel without IPv6 has no such settings, and needs none. */
export function writeIfThere(key: string, value: string): void {
  try {
    writeSysctl(key, value);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
