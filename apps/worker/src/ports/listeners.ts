import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { DesiredPort, PortProtocol } from '@netyard/contracts';
import { Address } from '@netyard/inet';

/** Another process of the host listens where a port is to be published. */
export class PortInUseError extends Error {
  override readonly name = 'PortInUse';

  constructor({ protocol }: DesiredPort, { address, port }: Listener, owner: string) {
    const place = address.includes(':') ? `[${address}]` : address;
    super(`${owner} listens on ${protocol} ${place}:${port} of the host already; it is published as soon as that has ended`);
  }
}

export interface Listener {
  address: string;
  port: number;
  /** Of its socket, by which the process is found. */
  inode: string;
}

/** States of proc_net(5) in which a socket takes what comes from anybody: TCP_LISTEN, and TCP_CLOSE for UDP (include/net/tcp_states.h). */
const listening = { tcp: '0A', udp: '07' } as const;

/**
 * Which ports clash with what listens in the thread's network namespace, by their ids. Each table of sockets is read once however many ports there are; the
 * process is looked for only when there is a clash.
 */
export function findListeners(ports: DesiredPort[]): Map<string, PortInUseError> {
  const errors = new Map<string, PortInUseError>();
  for (const protocol of new Set(ports.map((port) => port.protocol))) {
    const byPort = grouped(readListeners(protocol));
    if (byPort.size === 0) continue;
    for (const port of ports.filter((one) => one.protocol === protocol)) {
      const clash = clashOf(port, byPort);
      if (clash) errors.set(port.id, new PortInUseError(port, clash, ownerOf(clash.inode)));
    }
  }
  return errors;
}

function grouped(listeners: Listener[]): Map<number, Listener[]> {
  const groups = new Map<number, Listener[]>();
  for (const listener of listeners) groups.set(listener.port, [...(groups.get(listener.port) ?? []), listener]);
  return groups;
}

function clashOf({ hostAddress, hostPort, count }: DesiredPort, byPort: Map<number, Listener[]>): Listener | undefined {
  for (let port = hostPort; port < hostPort + count; port++) {
    const clash = byPort.get(port)?.find(({ address }) => overlap(address, hostAddress));
    if (clash) return clash;
  }
  return undefined;
}

const wildcards = new Set(['0.0.0.0', '::']);

/** A socket on `::` takes IPv4 as well, unless it has asked not to; that cannot be seen from outside. */
function overlap(listener: string, wanted: string): boolean {
  if (listener === '::') return true;
  if (listener.includes(':') !== wanted.includes(':')) return false;
  return listener === wanted || wildcards.has(listener) || wildcards.has(wanted);
}

function readListeners(protocol: PortProtocol): Listener[] {
  if (protocol === 'sctp') return parseSctpListeners(readTable('/proc/thread-self/net/sctp/eps'));
  return ['', '6'].flatMap((version) => parseTable(readTable(`/proc/thread-self/net/${protocol}${version}`), listening[protocol]));
}

function readTable(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // A kernel without the protocol has no such table.
    return '';
  }
}

/** Lines of proc_net(5): number, local address, remote address, state, …, inode at place 9. */
function parseTable(text: string, state: string): Listener[] {
  return text
    .split('\n')
    .slice(1)
    .flatMap((line): Listener[] => {
      const fields = line.trim().split(/\s+/);
      const [address = '', port = ''] = fields[1]?.split(':') ?? [];
      return fields[3] === state && fields[2]?.endsWith(':0000')
        ? [{ address: parseAddress(address), port: parseInt(port, 16), inode: fields[9] ?? '' }]
        : [];
    });
}

/** SCTP_SS_LISTENING, include/net/sctp/constants.h. */
const sctpListening = '10';

/** Endpoints of SCTP: two pointers, kind and state of the socket, hash, port, user, inode, and all of its addresses. Source: net/sctp/proc.c. */
export function parseSctpListeners(text: string): Listener[] {
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [, , , state, , port = '', , inode = '', ...addresses] = line.trim().split(/\s+/);
      return state === sctpListening
        ? addresses.map((address) => ({ address: Address.parse(address)?.toString() ?? address, port: Number(port), inode }))
        : [];
    });
}

/** Words of 32 bits in the order of this machine's bytes, in hexadecimal. */
function parseAddress(text: string): string {
  const bytes = Buffer.from(text, 'hex');
  for (let at = 0; at + 4 <= bytes.length; at += 4) bytes.subarray(at, at + 4).reverse();
  const family = bytes.length === 4 ? 'IPv4' : 'IPv6';
  const address = Address.of(family, BigInt(`0x${bytes.toString('hex') || '0'}`)).toString();
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice('::ffff:'.length) : address;
}

/** Name and id of the process that has the socket open. */
function ownerOf(inode: string): string {
  const wanted = `socket:[${inode}]`;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const folder = `/proc/${pid}/fd`;
      if (readdirSync(folder).some((fd) => isLinkTo(`${folder}/${fd}`, wanted)))
        return `${readFileSync(`/proc/${pid}/comm`, 'utf8').trim()} (pid ${pid})`;
    } catch {
      // It has ended, or may not be looked into.
    }
  }
  return 'another process';
}

function isLinkTo(path: string, target: string): boolean {
  try {
    return readlinkSync(path) === target;
  } catch {
    return false;
  }
}
