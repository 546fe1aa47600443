import { domainPattern, type Lease } from '@netyard/contracts';
import { Address, Prefix } from '@netyard/inet';

/** What the client has to say: udhcpc's events, with what the server sent. */
export interface ClientEvent {
  /** `deconfig`: it has no address (any more). `bound`, `renew`: it has. `leasefail`: no server answers. `nak`: one refuses. */
  name: string;
  variables: Map<string, string>;
}

/** So much of an event is kept, however much a server sends. */
const eventLimitBytes = 65_536;
const mostServers = 3;
const longestMessage = 200;

/** Puts together what the hook writes, in whatever pieces it arrives. */
export class EventReader {
  #text = '';

  take(piece: string): ClientEvent[] {
    this.#text = (this.#text + piece).slice(-eventLimitBytes);
    const parts = this.#text.split('\0\0');
    this.#text = parts.pop() ?? '';
    return parts.map(parseEvent);
  }
}

function parseEvent(text: string): ClientEvent {
  const variables = new Map(
    text.split('\0').flatMap((line): [string, string][] => {
      const at = line.indexOf('=');
      return at > 0 ? [[line.slice(0, at), line.slice(at + 1)]] : [];
    }),
  );
  return { name: variables.get('event') ?? '', variables };
}

/** The lease that an event tells of, or what is wrong with it: whoever is on the wire may have sent it. */
export function parseLease({ variables }: ClientEvent, now: Date): Lease | { fault: string } {
  const read = (name: string): string => variables.get(name)?.trim() ?? '';
  const [address] = readAddresses(read('ip'));
  const [server] = readAddresses(read('serverid'));
  const prefixLength = Number(read('mask') || 'none');
  const seconds = Number(read('lease') || 'none');
  if (!address) return { fault: `"${read('ip')}" is no address that an endpoint can have` };
  if (!server) return { fault: 'the server does not say who it is' };
  if (!Number.isInteger(prefixLength) || prefixLength < 1 || prefixLength > 32)
    return { fault: 'there is no subnet mask that can be used' };
  if (!Number.isInteger(seconds) || seconds < 1) return { fault: 'there is no lease time' };
  const prefix = Prefix.containing(address, prefixLength);
  const isEdge = prefixLength < 31 && (address.equals(prefix.first) || address.equals(prefix.last));
  if (isEdge) return { fault: `${address} is the network or broadcast address of ${prefix}` };
  const gateway = readAddresses(read('router')).find((router) => prefix.contains(router) && !router.equals(address));
  const domain = read('domain').toLowerCase().replace(/\.$/, '');
  const after = (milliseconds: number): string => new Date(now.getTime() + milliseconds).toISOString();
  return {
    address: address.toString(),
    prefixLength,
    gateway: gateway?.toString() ?? null,
    server: server.toString(),
    dns: readAddresses(read('dns')).slice(0, mostServers).map(String),
    domain: domainPattern.test(domain) ? domain : null,
    obtainedAt: after(0),
    renewAt: after(seconds * 500),
    expiresAt: after(seconds * 1_000),
    state: 'bound',
  };
}

/** What a server says when it refuses, in a form that can be shown. */
export const refusalOf = ({ variables }: ClientEvent): string =>
  [...(variables.get('message') ?? '')]
    .filter((character) => character >= ' ' && character !== '\u007f')
    .join('')
    .slice(0, longestMessage);

const unusable = ['0.0.0.0/8', '127.0.0.0/8', '224.0.0.0/3'].flatMap((text) => Prefix.parse(text) ?? []);

/** The IPv4 addresses of a list that somebody can have. */
const readAddresses = (list: string): Address[] =>
  list
    .split(/\s+/)
    .flatMap((text) => Address.parse(text) ?? [])
    .filter((address) => address.family === 'IPv4' && !unusable.some((prefix) => prefix.contains(address)));
