import type { PortProtocol, PortScope } from '@netyard/contracts';
import { Address, Prefix } from '@netyard/inet';
import { fieldError } from '../objects/object-row';
import type { CreatePortDto, PatchPortDto } from './port.dto';

/** What a port is to be, checked by itself. */
export interface PortWish {
  protocol: PortProtocol;
  port: number;
  count: number;
  requestedHostPort: number | null;
  hostAddress: string;
  publish: PortScope;
  allowedSources: string[];
  service: string | null;
}

const lastPort = 65_535;

/** Throws NetyardError that names the field and the culprit. */
export function parsePort(dto: CreatePortDto, defaultAddress: string, pointer: (path: string) => string): PortWish {
  const { protocol, port, service = null } = dto;
  const endPort = dto.endPort ?? port;
  if (endPort < port)
    throw fieldError('invalid-value', `the range ends with ${endPort}, before it begins with ${port}`, pointer('/endPort'));
  const hostAddress = parseHostAddress(dto.hostAddress ?? defaultAddress, pointer('/hostAddress'));
  const wish: PortWish = {
    protocol,
    port,
    count: endPort - port + 1,
    requestedHostPort: dto.hostPort ?? null,
    hostAddress,
    publish: dto.publish ?? 'host',
    allowedSources: parseSources(dto.allowedSources ?? [], hostAddress, pointer('/allowedSources')),
    service,
  };
  assertFits(wish, pointer);
  return wish;
}

/** The port with what a PATCH says in place of what there was. Throws NetyardError that names the field and the culprit. */
export function changePort(present: PortWish, dto: PatchPortDto): PortWish {
  const pointer = (path: string): string => path;
  const hostAddress = dto.hostAddress === undefined ? present.hostAddress : parseHostAddress(dto.hostAddress, '/hostAddress');
  const wish: PortWish = {
    ...present,
    requestedHostPort: dto.hostPort === undefined ? present.requestedHostPort : dto.hostPort,
    hostAddress,
    publish: dto.publish ?? present.publish,
    allowedSources: parseSources(dto.allowedSources ?? present.allowedSources, hostAddress, '/allowedSources'),
    service: dto.service === undefined ? present.service : dto.service,
  };
  assertFits(wish, pointer);
  return wish;
}

const everyHosts = new Set(['0.0.0.0', '::']);

function assertFits({ requestedHostPort, count, publish, hostAddress }: PortWish, pointer: (path: string) => string): void {
  if (publish === 'everywhere' && !everyHosts.has(hostAddress) && !hostAddress.startsWith('127.'))
    throw fieldError(
      'invalid-value',
      `${hostAddress} is an address of one host; a port that is published everywhere is one of 0.0.0.0, ::, or 127.0.0.1`,
      pointer('/hostAddress'),
    );
  if (requestedHostPort === null || requestedHostPort + count - 1 <= lastPort) return;
  const detail = `${count} ports from ${requestedHostPort} on would end with ${requestedHostPort + count - 1}; the last port is ${lastPort}`;
  throw fieldError('invalid-value', detail, pointer('/hostPort'));
}

function parseHostAddress(text: string, pointer: string): string {
  const address = Address.parse(text);
  if (!address) throw fieldError('invalid-value', `"${text}" is no IP address`, pointer);
  if (address.toString() === '::1') throw fieldError('invalid-value', 'the kernel cannot lead ::1 to a sandbox: use 127.0.0.1', pointer);
  return address.toString();
}

function parseSources(sources: string[], hostAddress: string, pointer: string): string[] {
  const family = hostAddress.includes(':') ? 'IPv6' : 'IPv4';
  return sources.map((source, index) => {
    const prefix = Prefix.parse(source);
    if (!prefix) throw fieldError('invalid-value', `"${source}" is no prefix without host bits, such as 10.0.0.0/8`, `${pointer}/${index}`);
    if (prefix.family !== family)
      throw fieldError('invalid-value', `${source} is ${prefix.family}, and ${hostAddress} is ${family}`, `${pointer}/${index}`);
    return prefix.toString();
  });
}
