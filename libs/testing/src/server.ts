import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** An HTTP server that answers with the address of the client that it sees; `-` on `::` takes both families. */
const httpServer = (port: number): string => `
  require('node:http')
    .createServer((request, response) => response.end(request.socket.remoteAddress.replace('::ffff:', '') + '\\n'))
    .listen(${port}, '::', () => console.log('listening'));`;

/** A UDP server that sends back the address of the client that it sees. */
const udpServer = (port: number): string => `
  const socket = require('node:dgram').createSocket({ type: 'udp6' });
  socket.on('message', (_, { address, port }) => socket.send(address.replace('::ffff:', '') + '\\n', port, address));
  socket.bind(${port}, '::', () => console.log('listening'));`;

/** A server process in a network namespace. It ends with `close`. */
export class Server {
  private constructor(readonly process: ChildProcess) {}

  /** Listens on all addresses when this resolves. `enter`: the command that brings what follows into the namespace. */
  static start(enter: string[], { port, protocol = 'tcp' }: { port: number; protocol?: 'tcp' | 'udp' }): Promise<Server> {
    return Server.run([...enter, process.execPath, '-e', protocol === 'tcp' ? httpServer(port) : udpServer(port)], /listening/);
  }

  /** Any server program, up once it has printed what `says` matches. */
  static async run(command: string[], says: RegExp): Promise<Server> {
    const [program = '', ...args] = command;
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const server = new Server(child);
    const heard: string[] = [];
    await new Promise<void>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr])
        createInterface({ input: stream }).on('line', (line) => {
          heard.push(line);
          if (says.test(line)) resolve();
        });
      child.once('exit', (code) => reject(new Error(`${command.join(' ').slice(0, 80)} ended with ${code}: ${heard.join('\n')}`)));
    });
    return server;
  }

  async close(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const exited = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await exited;
  }
}

/** What a command prints; when it fails, what it printed with `failed: ` before it. */
export function outcome(command: string[]): string {
  const [program = '', ...args] = command;
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 30_000 }).trim();
  } catch (error) {
    const { stdout = '', stderr = '', status } = error as { stdout?: string; stderr?: string; status?: number };
    return `failed: ${status} ${stdout}${stderr}`.trim();
  }
}
