import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { patience } from './emulation';

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

/** Sends a datagram until one comes back, which it prints, or for so many seconds. */
const udpClient = `
  const [address, port, seconds] = process.argv.slice(1);
  const socket = require('node:dgram').createSocket(address.includes(':') ? 'udp6' : 'udp4');
  const send = () => socket.send('hello', Number(port), address);
  socket.on('error', () => undefined);
  socket.on('message', (message) => { console.log(String(message)); process.exit(0); });
  setInterval(send, 500);
  setTimeout(() => process.exit(0), Number(seconds) * 1000);
  send();`;

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

/** What a server answers to a datagram; nothing when it does not for so long. Where it is not to, a second will do. */
export const datagramAnswer = (enter: string[], address: string, port: number, seconds = 30 * patience): string =>
  outcome([...enter, process.execPath, '-e', udpClient, address, String(port), String(seconds)]);

/** What a command prints; when it fails, what it printed with `failed: ` before it. */
export function outcome(command: string[]): string {
  const [program = '', ...args] = command;
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000 * patience }).trim();
  } catch (error) {
    const { stdout = '', stderr = '', status } = error as { stdout?: string; stderr?: string; status?: number };
    return `failed: ${status} ${stdout}${stderr}`.trim();
  }
}
