import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { outcome, type TestNamespace } from '@netyard/testing';

/** Where Debian's package `frr` has its daemons. */
const daemons = '/usr/lib/frr';

/** The daemons run as members of their group alone; `ip netns exec` has given what runs here a mount namespace of its own, so nobody else sees the new list. */
const asMember = 'mount --bind "$1" /etc/group; shift; exec "$@"';

/** FRRouting in a namespace: zebra, which speaks with the kernel, and bgpd, with files of their own in place of the system's. */
export class Frr {
  readonly #folder = mkdtempSync(join(tmpdir(), 'netyard-frr-'));
  readonly #groups = join(this.#folder, 'group');
  readonly #processes: ChildProcess[] = [];

  private constructor(private readonly namespace: TestNamespace) {
    writeFileSync(this.#groups, readFileSync('/etc/group', 'utf8').replace(/^frrvty:.*$/m, 'frrvty:x:0:root'));
  }

  /** Both daemons take commands when this resolves; `config` is bgpd's. */
  static async start(namespace: TestNamespace, config: string): Promise<Frr> {
    const frr = new Frr(namespace);
    try {
      await frr.#run('zebra', 'log stdout warnings\n');
      await frr.#run('bgpd', `log stdout warnings\n${config}`);
      return frr;
    } catch (error) {
      await frr.close();
      throw error;
    }
  }

  async #run(name: 'zebra' | 'bgpd', config: string): Promise<void> {
    const path = (suffix: string): string => join(this.#folder, `${name}.${suffix}`);
    writeFileSync(path('conf'), config);
    const args = ['-f', path('conf'), '-i', path('pid'), '-z', join(this.#folder, 'zserv'), '--vty_socket', this.#folder, '-P', '0'];
    const daemon = ['setpriv', '--pdeathsig', 'KILL', join(daemons, name), ...args, '-u', 'root', '-g', 'root'];
    const child = spawn('ip', ['netns', 'exec', this.namespace.name, 'sh', '-ec', asMember, 'sh', this.#groups, ...daemon], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk));
    this.#processes.push(child);
    for (let tries = 0; !existsSync(path('vty')); tries++) {
      if (child.exitCode !== null || tries > 600) throw new Error(`${name} did not come up: ${Buffer.concat(said).toString()}`);
      await pause(50);
    }
  }

  /** What a command of the daemons' own shell prints. */
  ask(command: string): string {
    return outcome(['vtysh', '--vty_socket', this.#folder, '-c', command]);
  }

  async close(): Promise<void> {
    for (const child of this.#processes.reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
