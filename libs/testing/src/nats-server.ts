import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './free-port';

/** Debian's nats-server with JetStream, on a port of its own of the loopback. */
export class NatsServer {
  readonly #folder = mkdtempSync(join(tmpdir(), 'netyard-nats-'));
  readonly #configurationPath = join(this.#folder, 'nats.conf');
  #process: ChildProcess | undefined;

  private constructor(
    readonly port: number,
    configuration: string,
  ) {
    writeFileSync(this.#configurationPath, configuration);
  }

  /** `configuration`: more of it, as the server reads it from a file. */
  static async start(configuration = ''): Promise<NatsServer> {
    const server = new NatsServer(await freePort(), configuration);
    await server.begin();
    return server;
  }

  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  /** Starts it (again), on the same port. */
  async begin(): Promise<void> {
    // It ends with this process, however that ends.
    const args = [
      '--pdeathsig',
      'KILL',
      'nats-server',
      '--config',
      this.#configurationPath,
      '--jetstream',
      '--store_dir',
      this.#folder,
      '--addr',
      '127.0.0.1',
      '--port',
      String(this.port),
    ];
    const child = spawn('setpriv', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#process = child;
    const heard: string[] = [];
    await new Promise<void>((resolve, reject) => {
      createInterface({ input: child.stderr }).on('line', (line) => {
        heard.push(line);
        if (line.includes('Server is ready')) resolve();
      });
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`nats-server ended with ${code}:\n${heard.join('\n')}`)));
    });
  }

  /** Ends it as a crash does. */
  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
