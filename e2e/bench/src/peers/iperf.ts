import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Program } from '../deployment/program';

const run = promisify(execFile);

/** Two namespaces between which something is measured. */
export interface Sides {
  /** The commands that bring what follows into the namespaces. */
  enterServer: string[];
  enterClient: string[];
  /** Of the server. */
  address: string;
  logPath: string;
}

const seconds = 1;

/** What one TCP connection carries in Gbit/s (10^9), by iperf3(1). Throws when it fails. */
export async function iperfRate({ enterServer, enterClient, address, logPath }: Sides): Promise<number> {
  const server = new Program('iperf3', { command: [...enterServer, 'iperf3', '--server', '--one-off', '--forceflush'], logPath });
  try {
    await server.says(/Server listening/);
    const [program = '', ...args] = [...enterClient, 'iperf3', '--client', address, '--time', String(seconds), '--json'];
    const { stdout } = await run(program, args, { maxBuffer: 1 << 24 });
    const result = JSON.parse(stdout) as { end: { sum_received: { bits_per_second: number } } };
    return result.end.sum_received.bits_per_second / 1e9;
  } finally {
    await server.stop();
  }
}

/** Answers each byte with one. */
const echo = `require('node:net').createServer((socket) => socket.setNoDelay().pipe(socket)).listen(7007, '::', () => console.log('listening'));`;

/** Sends a byte, waits for the answer, and so on; prints how many a second. */
const asker = (address: string, milliseconds: number): string => `
  let count = 0;
  const socket = require('node:net').connect(7007, '${address}', () => socket.setNoDelay().write('x'));
  const end = Date.now() + ${milliseconds};
  socket.on('data', () => { count++; if (Date.now() < end) socket.write('x'); else socket.end(); });
  socket.on('close', () => console.log(count * 1000 / ${milliseconds}));`;

/** Requests and answers of one byte a second, one after the other over one connection. */
export async function requestRate({ enterServer, enterClient, address, logPath }: Sides): Promise<number> {
  const server = new Program('echo', { command: [...enterServer, process.execPath, '-e', echo], logPath });
  try {
    await server.says(/listening/);
    const [program = '', ...args] = [...enterClient, process.execPath, '-e', asker(address, seconds * 1000)];
    return Number((await run(program, args)).stdout);
  } finally {
    await server.stop();
  }
}
