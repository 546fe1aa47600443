import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Program } from '../deployment/program';

const run = promisify(execFile);

/** Accepts and hangs up. */
const server = (port: number): string => `
  require('node:net').createServer((socket) => socket.end()).listen({ port: ${port}, host: '0.0.0.0', backlog: 4096 }, () => console.log('listening'));`;

/** Connects again and again, some at once, each time waiting until the other side hangs up; prints how many a second. */
const client = (address: string, port: number, milliseconds: number): string => `
  const { connect } = require('node:net');
  let count = 0;
  const end = Date.now() + ${milliseconds};
  const next = () => {
    if (Date.now() >= end) return;
    const socket = connect({ host: '${address}', port: ${port} });
    socket.resume();
    socket.on('error', (error) => { console.error(error.message); process.exit(1); });
    socket.on('close', () => { count++; next(); });
  };
  for (let index = 0; index < 16; index++) next();
  process.on('exit', () => console.log(count * 1000 / ${milliseconds}));`;

const measureMs = 3_000;

/** Connections a second from one namespace to a server in another. `enter…`: the commands that bring what follows into them. Throws when one fails. */
export async function connectionRate({
  enterServer,
  serverPort,
  enterClient,
  address,
  port,
  logPath,
}: Record<'enterServer' | 'enterClient', string[]> & {
  serverPort: number;
  address: string;
  port: number;
  logPath: string;
}): Promise<number> {
  const program = new Program('server', { command: [...enterServer, process.execPath, '-e', server(serverPort)], logPath });
  try {
    await program.says(/listening/);
    const [command = '', ...args] = [...enterClient, process.execPath, '-e', client(address, port, measureMs)];
    const { stdout } = await run(command, args);
    return Number(stdout);
  } finally {
    await program.stop();
  }
}
