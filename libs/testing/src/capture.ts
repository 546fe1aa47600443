import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { patience } from './emulation';

/** Packets of a link, as tcpdump(8) shows them. */
export class Capture {
  private constructor(
    /** Resolves when what was wanted has been seen. */
    readonly text: Promise<string>,
  ) {}

  /**
   * Listens when this resolves. `enter`: the command that brings what follows into the namespace. Ends by itself after `count` packets, or as soon as `until` has been shown where that
   * is given, or after `seconds` with what there is.
   */
  static async start(
    enter: string[],
    link: string,
    filter: string,
    { count = 1, seconds = 30 * patience, until }: { count?: number; seconds?: number; until?: string } = {},
  ): Promise<Capture> {
    const enough = until === undefined ? ['-c', String(count)] : [];
    const args = ['tcpdump', '-Z', 'root', '-n', '-v', '-XX', '--immediate-mode', '-l', '-i', link, ...enough, filter];
    const [program = '', ...rest] = [...enter, ...args];
    const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
    const seen: Buffer[] = [];
    const said: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => {
      seen.push(chunk);
      if (until !== undefined && Buffer.concat(seen).includes(until)) child.kill('SIGINT');
    });
    const listens = new Promise<void>((resolve, reject) => {
      child.stderr.on('data', (chunk: Buffer) => {
        said.push(chunk);
        if (Buffer.concat(said).includes('listening on')) resolve();
      });
      child.once('exit', (code) => reject(new Error(`tcpdump ended with ${code}: ${Buffer.concat(said).toString()}`)));
    });
    const text = once(child, 'close').then(() => Buffer.concat(seen).toString());
    await listens;
    // Not before: what takes long to start would end before it has listened.
    const timer = setTimeout(() => child.kill('SIGINT'), seconds * 1000);
    void text.then(() => clearTimeout(timer));
    return new Capture(text);
  }
}
