import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Debian's PgBouncer in transaction mode before a test server, on a socket of its own. */
export class PgBouncer {
  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
    /** As the given one, through the pool. */
    readonly url: string,
  ) {}

  /** `url`: of a database on a socket. Takes connections when this resolves. */
  static async start(url: string, { poolSize = 4 } = {}): Promise<PgBouncer> {
    const target = new URL(url);
    const folder = mkdtempSync(join(tmpdir(), 'netyard-pgbouncer-'));
    chmodSync(folder, 0o777);
    const settings = {
      listen_addr: '',
      unix_socket_dir: folder,
      listen_port: '5432',
      pool_mode: 'transaction',
      default_pool_size: String(poolSize),
      max_client_conn: '200',
      auth_type: 'any',
    };
    const database = `* = host=${target.searchParams.get('host')} user=${target.username}`;
    const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
    const path = join(folder, 'pgbouncer.ini');
    writeFileSync(path, `[databases]\n${database}\n[pgbouncer]\n${lines.join('\n')}\n`);
    // It refuses to run as root, as PostgreSQL does; a user namespace makes root look like somebody else.
    const unprivileged = process.getuid?.() === 0 ? ['unshare', '--user', '--map-user=65534', '--map-group=65534', '--'] : [];
    const [program = '', ...args] = [...unprivileged, 'setpriv', '--pdeathsig', 'KILL', 'pgbouncer', path];
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    const heard: string[] = [];
    await new Promise<void>((resolve, reject) => {
      createInterface({ input: child.stderr }).on('line', (line) => {
        heard.push(line);
        if (line.includes('process up')) resolve();
      });
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`pgbouncer ended with ${code}:\n${heard.join('\n')}`)));
    });
    const own = new URL(url);
    own.searchParams.set('host', folder);
    return new PgBouncer(child, folder, own.href);
  }

  async close(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const exited = once(this.process, 'exit');
      this.process.kill('SIGKILL');
      await exited;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
