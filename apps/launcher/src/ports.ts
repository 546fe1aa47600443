import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { Failure } from './failure';

/** Throws Failure, which names the process that has it where that can be seen, when nothing could listen on 127.0.0.1:`port`. */
export async function requireFreePort(port: number, what: string, flag: string): Promise<void> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES')
      throw new Failure(`port ${port}, which the ${what} wants, is for root only; take another one: npm start -- ${flag} ${port + 8000}`);
    const holder = code === 'EADDRINUSE' ? describeHolder(port) : (code ?? String(error));
    throw new Failure(
      `port ${port}, which the ${what} wants, is taken (${holder}). End that, or take another one: npm start -- ${flag} ${port + 1}`,
    );
  }
  server.close();
  await once(server, 'close');
}

function describeHolder(port: number): string {
  const inodes = new Set(['/proc/net/tcp', '/proc/net/tcp6'].flatMap((path) => listeningInodes(readFileSync(path, 'utf8'), port)));
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (socketInodes(pid).some((inode) => inodes.has(inode))) return `by process ${pid}: ${commandLine(pid)}`;
  }
  return 'by a process of another user';
}

/** Inodes of the sockets that listen on a port. Source: proc_pid_net(5), where 0A is the state TCP_LISTEN. */
export function listeningInodes(table: string, port: number): string[] {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  return table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(`:${hexPort}`) && fields[3] === '0A')
    .map((fields) => fields[9] ?? '');
}

function socketInodes(pid: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      const match = /^socket:\[(\d+)\]$/.exec(readLink(`/proc/${pid}/fd/${fd}`));
      return match?.[1] ? [match[1]] : [];
    });
  } catch {
    return [];
  }
}

function readLink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim().slice(0, 100);
  } catch {
    return 'gone meanwhile';
  }
}
