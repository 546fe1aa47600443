import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { patience } from '@netyard/testing';

/** How long a client waits for an answer that is expected. */
const patienceMs = 30_000 * patience;
/** How long where none is: what is denied is dropped, so that nothing tells of it. */
export const briefly = 700 * patience;

/** Answers with what it is sent, on each port, over TCP and UDP, for both families; a line on its own input goes to all that have ever spoken to it. */
const serverProgram = `
const net = require('net'), dgram = require('dgram'), ports = process.argv.slice(1).map(Number);
const peers = new Set();
const tcp = ports.map((port) => new Promise((ready) => net.createServer((socket) => {
  socket.on('error', () => {}); socket.on('data', (data) => { peers.add(socket); socket.write(data); });
}).listen(port, '::', ready)));
const udp = ports.map((port) => new Promise((ready) => { const socket = dgram.createSocket('udp6');
  socket.on('error', () => {});
  socket.on('message', (data, from) => { const peer = { write: (text) => socket.send(text, from.port, from.address) }; peers.add(peer); peer.write(data); });
  socket.bind(port, '::', ready); }));
process.stdin.on('data', (text) => { for (const peer of peers) peer.write(text); console.log('pushed'); });
Promise.all([...tcp, ...udp]).then(() => console.log('ready'));
`;

/** Sends each line of its input over one flow, and writes what comes back, or a dot when nothing does in the milliseconds that the line begins with. */
const clientProgram = `
const [protocol, address, port] = process.argv.slice(1); const lines = require('readline').createInterface(process.stdin);
let heard = ''; let tell = () => {};
const hear = (data) => { heard += data; tell(); };
const flow = protocol === 'tcp' ? require('net').connect(Number(port), address) : require('dgram').createSocket(address.includes(':') ? 'udp6' : 'udp4');
flow.on('error', () => {}); flow.on('data', hear); flow.on('message', hear);
const send = (text) => protocol === 'tcp' ? flow.write(text) : flow.send(text, Number(port), address.split('%')[0] + (address.includes('%') ? '%' + address.split('%')[1] : ''));
lines.on('line', (said) => { heard = '';
  const [waitMs] = said.split(' '); const line = said.slice(waitMs.length + 1);
  const timer = setTimeout(() => { tell = () => {}; console.log('.'); }, Number(waitMs));
  tell = () => { clearTimeout(timer); tell = () => {}; console.log(heard); };
  if (line !== '?') send(line); });
`;

const commandIn = (namespacePath: string, program: string, args: string[]): [string, string[]] => [
  'nsenter',
  [`--net=${namespacePath}`, process.execPath, '-e', program, ...args],
];

/** A child whose output lines are awaited one after another. */
class Conversation {
  readonly #lines: Interface;
  readonly #said: string[] = [];
  #waiting: ((line: string) => void) | undefined;

  constructor(readonly process: ChildProcess) {
    if (!process.stdout) throw new Error('the child has no output');
    this.#lines = createInterface(process.stdout);
    this.#lines.on('line', (line) => {
      if (this.#waiting) this.#waiting(line);
      else this.#said.push(line);
      this.#waiting = undefined;
    });
  }

  next(): Promise<string> {
    const line = this.#said.shift();
    return line === undefined ? new Promise((resolve) => (this.#waiting = resolve)) : Promise.resolve(line);
  }

  say(line: string): Promise<string> {
    this.process.stdin?.write(`${line}\n`);
    return this.next();
  }

  async end(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill('SIGKILL');
    await once(this.process, 'exit');
  }
}

/** Servers and clients that speak to each other from namespaces; ended all together. */
export class Echo {
  readonly #conversations: Conversation[] = [];

  /** Listens on the ports; gives a way to speak unasked to all clients that there have been. */
  async serve(namespacePath: string, ...ports: number[]): Promise<() => Promise<string>> {
    const server = this.#start(namespacePath, serverProgram, ports.map(String));
    await server.next();
    return () => server.say('news');
  }

  /** A flow: what is said comes back, or `.` when it does not. `?` only listens. */
  connect(
    namespacePath: string,
    protocol: 'tcp' | 'udp',
    address: string,
    port: number,
  ): (line: string, waitMs?: number) => Promise<string> {
    const client = this.#start(namespacePath, clientProgram, [protocol, address, String(port)]);
    return (line, waitMs = patienceMs) => client.say(`${waitMs} ${line}`);
  }

  /** Whether a new flow is answered. */
  async reaches(
    namespacePath: string,
    protocol: 'tcp' | 'udp',
    address: string,
    port: number,
    waitMs: number = patienceMs,
  ): Promise<boolean> {
    const client = this.#start(namespacePath, clientProgram, [protocol, address, String(port)]);
    const answer = await client.say(`${waitMs} hello`);
    await client.end();
    return answer === 'hello';
  }

  async close(): Promise<void> {
    for (const conversation of this.#conversations.splice(0)) await conversation.end();
  }

  #start(namespacePath: string, program: string, args: string[]): Conversation {
    const [command, words] = commandIn(namespacePath, program, args);
    const conversation = new Conversation(spawn(command, words, { stdio: ['pipe', 'pipe', 'ignore'] }));
    this.#conversations.push(conversation);
    return conversation;
  }
}
