import { closeSync, fstatSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import * as c from './constants';
import { moveUp } from './descriptors';
import { KernelError } from './kernel-error';
import { errno, libc } from './libc';

const ownNamespacePath = '/proc/thread-self/ns/net';

/** An open network namespace. It lives as long as this is open, whatever becomes of its name; close it before deleting the namespace. */
export class Namespace {
  private constructor(
    readonly fd: number,
    readonly path: string,
  ) {}

  /** Opens what is at `path` (a bind mount or `/proc/<pid>/ns/net`). Throws KernelError, EINVAL when it is no network namespace. */
  static open(path: string): Namespace {
    let fd: number;
    try {
      fd = openSync(path, 'r');
    } catch (error) {
      throw new KernelError(`open network namespace ${path}`, Math.abs((error as NodeJS.ErrnoException).errno ?? 0));
    }
    if (libc.ioctl(fd, c.NS_GET_NSTYPE, 0) === c.CLONE_NEWNET) return new Namespace(fd, path);
    closeSync(fd);
    throw new KernelError(`open network namespace ${path}`, EINVAL, { message: 'it is not a network namespace' });
  }

  /** The namespace that the calling thread is in. */
  static current(): Namespace {
    return Namespace.open(ownNamespacePath);
  }

  /** What tells namespaces apart: two with the same inode are the same. */
  get inode(): number {
    return fstatSync(this.fd).ino;
  }

  /** Moves the calling thread here for good. Not for the main thread: libuv's pool threads would follow or not, by chance. */
  enter(): void {
    if (libc.setns(this.fd, c.CLONE_NEWNET) < 0) throw new KernelError(`enter network namespace ${this.path}`, errno());
  }

  /** Opens the same namespace once more, to be closed by itself. */
  copy(): Namespace {
    return new Namespace(openSync(`/proc/self/fd/${this.fd}`, 'r'), this.path);
  }

  /** The same namespace for those who keep many open: see `moveUp`. This one must not be used any more. */
  kept(): Namespace {
    return new Namespace(moveUp(this.fd), this.path);
  }

  close(): void {
    closeSync(this.fd);
  }
}

const EINVAL = 22;
const EEXIST = 17;
const ENOENT = 2;

/** The namespace that the thread returns to after all brackets; opened once, since opening costs more than the two moves. */
let home: Namespace | undefined;
/** Of the bracket that the thread is in, to which an inner one returns: a namespace, or one without a name that nobody has opened yet. */
let bracket: Namespace | 'nameless' | undefined;

/** Makes the thread's present namespace the one that brackets return to. Call it after `enter`, outside of all brackets. */
export function settle(): void {
  home?.close();
  home = Namespace.current();
}

/**
 * Gives the calling thread a new, empty namespace without a name, for good, as the one that its brackets return to. An ordinary user's thread needs it
 * (in a user namespace): once it has left the machine's namespace it cannot return there. Throws KernelError EPERM.
 * Equivalent to: `unshare --net`, for one thread. Source: unshare(2).
 */
export function unshareNamespace(): void {
  if (libc.unshare(c.CLONE_NEWNET) < 0) throw new KernelError('unshare --net', errno());
  settle();
}

/**
 * Runs `work`, which must be synchronous, with the thread inside `namespace`, and then returns to where it was: brackets may be nested. If the way back fails the
 * process ends, because nothing that the thread did afterwards could be trusted.
 * Equivalent to: `ip netns exec`, for one thread and without a mount namespace. Source: setns(2).
 */
export function inNamespace<T>(namespace: Namespace, work: () => T): T {
  return between(() => namespace.enter(), namespace, work);
}

/**
 * Runs `work`, which must be synchronous, in an empty namespace without a name, which the kernel takes away afterwards with all that was made in it. Throws KernelError
 * EPERM. Source: unshare(2).
 */
export function inScratchNamespace<T>(work: () => T): T {
  return between(() => unshare('unshare --net'), 'nameless', work);
}

function unshare(operation: string): void {
  if (libc.unshare(c.CLONE_NEWNET) < 0) throw new KernelError(operation, errno());
}

/** Runs `work` after `move`, which brings the thread to the place, and brings it back to where it was before. */
function between<T>(move: () => void, place: Namespace | 'nameless', work: () => T): T {
  const outer = bracket;
  const way = outer === 'nameless' ? Namespace.current() : (outer ?? (home ??= Namespace.current()));
  try {
    move();
    bracket = place;
    try {
      return work();
    } finally {
      bracket = outer;
      goBack(way);
    }
  } finally {
    if (outer === 'nameless') way.close();
  }
}

function goBack(to: Namespace): void {
  if (libc.setns(to.fd, c.CLONE_NEWNET) === 0) return;
  process.stderr.write(`fatal: a thread could not return to its network namespace (errno ${errno()})\n`);
  process.abort();
}

/**
 * Makes a network namespace and binds it at `path`. Throws KernelError, EEXIST when there is something at the path.
 * Equivalent to: `ip netns add`. Source: ip-netns(8), unshare(2).
 */
export function createNamespace(path: string): void {
  makePlace(path);
  try {
    between(
      () => unshare(`ip netns add ${path}: unshare`),
      'nameless',
      () => bindHere(path),
    );
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  }
}

/**
 * Gives an open namespace a name, as when its own was taken away. Throws KernelError, EEXIST when there is something at the path.
 * Equivalent to: `ip netns attach`. Source: ip-netns(8), mount(2).
 */
export function attachNamespace(namespace: Namespace, path: string): void {
  makePlace(path);
  try {
    inNamespace(namespace, () => bindHere(path));
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  }
}

function bindHere(path: string): void {
  if (libc.mount(ownNamespacePath, path, 'none', c.MS_BIND, null) < 0) throw new KernelError(`ip netns add ${path}: bind mount`, errno());
}

/** An empty file that a namespace can be bound at. */
function makePlace(path: string): void {
  shareFolder(dirname(path));
  try {
    closeSync(openSync(path, 'wx', 0));
  } catch (error) {
    throw new KernelError(`ip netns add ${path}`, Math.abs((error as NodeJS.ErrnoException).errno ?? EEXIST));
  }
}

/**
 * Takes the name away; the namespace itself goes when nothing holds it any more, and the kernel tears it down in its own time. May be repeated.
 * Throws KernelError, EPERM for one that somebody else has bound. Equivalent to: `ip netns delete`.
 */
export function deleteNamespace(path: string): void {
  // Mounts may lie over each other, where somebody has bound the name twice.
  while (libc.umount2(path, c.MNT_DETACH | c.UMOUNT_NOFOLLOW) === 0);
  const number = errno();
  if (number !== EINVAL && number !== ENOENT) throw new KernelError(`ip netns delete ${path}: unmount`, number);
  try {
    rmSync(path, { force: true });
  } catch (error) {
    throw new KernelError(`ip netns delete ${path}`, Math.abs((error as NodeJS.ErrnoException).errno ?? 0));
  }
}

const sharedFolders = new Set<string>();

/** Mounts made in a folder that is no shared mount would be doubled by the next `ip netns add`, and deleting would say EBUSY. */
function shareFolder(folder: string): void {
  if (sharedFolders.has(folder)) return;
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  if (libc.mount('', folder, 'none', c.MS_SHARED | c.MS_REC, null) < 0) {
    if (libc.mount(folder, folder, 'none', c.MS_BIND | c.MS_REC, null) < 0)
      throw new KernelError(`mount --bind ${folder} ${folder}`, errno());
    if (libc.mount('', folder, 'none', c.MS_SHARED | c.MS_REC, null) < 0) throw new KernelError(`mount --make-shared ${folder}`, errno());
  }
  sharedFolders.add(folder);
}
