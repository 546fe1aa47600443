import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { say } from '../output/progress';
import { inWorkspace } from '../workspace';

/** Set for the process inside: the folder that it may write to. */
const folderVariable = 'NETYARD_BENCH_FOLDER';

/** The folder of this run, if this process is the one inside the room. */
export const roomFolder = (): string | undefined => process.env[folderVariable];

const isRoot = (): boolean => process.getuid?.() === 0;

/** `--kill-child`: whatever is started inside cannot outlive the room, however it ends. */
const namespaces = ['--mount', '--propagation', 'private', '--net', '--ipc', '--pid', '--fork', '--kill-child'];

/** A shell is the room's process 1, because it collects what daemons leave behind. */
const script = [
  'mount -t proc proc /proc',
  'mkdir -p /run/netns 2>/dev/null || { mount -t tmpfs -o mode=755 netyard /run && mkdir -p /run/netns; }',
  'mount -t tmpfs -o mode=755 netyard /run/netns',
  'ip link set lo up',
  '"$@" && status=0 || status=$?',
  'exit "$status"',
].join('\n');

/**
 * Runs this program once more in namespaces of its own (network, mount, process; a user namespace around them for ordinary users), with a folder of its own
 * that is removed at the end. Gives the exit code. A signal asks it to end in order; the end of this process, of whatever kind, does too.
 */
export async function runInRoom(args: string[]): Promise<number> {
  const parent = inWorkspace('.netyard/bench');
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  const folder = mkdtempSync(join(parent, 'run-'));
  const program = ['sh', '-ec', script, 'room', process.execPath, '--enable-source-maps', process.argv[1] ?? '', ...args];
  const child = spawn('unshare', [...namespaces, ...(isRoot() ? [] : ['--user', '--map-root-user']), '--', ...program], {
    env: { ...process.env, [folderVariable]: folder },
    // Standard input stays open as long as we live. A process group of its own: Ctrl-C reaches this process alone.
    stdio: ['pipe', 'inherit', 'inherit'],
    detached: true,
  });
  child.stdin?.on('error', () => undefined);
  endWithUs(child);
  try {
    return await ended(child);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function endWithUs(child: ChildProcess): void {
  let isAsked = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (!isAsked) say(`${signal}: cleaning up …`);
      isAsked = true;
      child.stdin?.end();
    });
}

async function ended(child: ChildProcess): Promise<number> {
  try {
    const [code] = (await once(child, 'exit')) as [number | null];
    return code ?? 1;
  } catch (error) {
    say(`the namespaces cannot be made: ${(error as Error).message}; apt-get install util-linux`);
    return 1;
  }
}

/** Inside: aborts when whoever started this process asks it to end, or is gone. */
export function askedToEnd(): AbortSignal {
  const controller = new AbortController();
  const end = (): void => controller.abort(new Error('interrupted'));
  process.stdin.on('end', end).on('error', end).resume();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  return controller.signal;
}
