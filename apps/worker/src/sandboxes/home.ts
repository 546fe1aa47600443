import { Namespace, setThreadName, settle } from '@netyard/netlink';

/** What the worker's threads that change the kernel are called, so that their changes are told from those of others: at most 15 bytes with any process id. */
export const threadName = `netyard-${process.pid}`;

/**
 * Moves the calling thread for good to the namespace that plays the host (null: it stays). An ordinary user's thread could not return to the machine's own
 * namespace, and need not: this is where all brackets return to. Throws KernelError when the path is no network namespace.
 */
export function enterHome(netnsPath: string | null): void {
  setThreadName(threadName);
  if (netnsPath !== null) {
    const home = Namespace.open(netnsPath);
    home.enter();
    home.close();
  }
  settle();
}
