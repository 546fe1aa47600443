import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolverAddress, type DnsSettings } from '@netyard/contracts';

/** What resolv.conf(5) says. */
export interface ResolvConf {
  servers: string[];
  search: string[];
  options: string[];
}

/** resolv.conf(5) takes no more; what follows would be without effect. */
const searchLimit = 6;
const serverLimit = 3;

/** Reads the text of a resolv.conf(5); lines that it does not know are left out. The last `search` counts. */
export function parseResolvConf(text: string): ResolvConf {
  const conf: ResolvConf = { servers: [], search: [], options: [] };
  for (const line of text.split('\n')) {
    const [keyword, ...values] = line
      .replace(/[#;].*$/, '')
      .trim()
      .split(/\s+/);
    if (keyword === 'nameserver' && isIP(values[0]?.replace(/%.*$/, '') ?? '')) conf.servers.push(values[0] ?? '');
    if (keyword === 'search' || keyword === 'domain') conf.search = values;
    if (keyword === 'options') conf.options.push(...values);
  }
  return conf;
}

/** What a file says; nothing when it cannot be read. */
export function readResolvConf(path: string): ResolvConf {
  try {
    return parseResolvConf(readFileSync(path, 'utf8'));
  } catch {
    return parseResolvConf('');
  }
}

/** The servers that a file names; none when it cannot be read. */
export const serversOf = (path: string): string[] => readResolvConf(path).servers;

/** The text for a sandbox with a resolver of its own: names of one label are looked up as they are, unless the settings say otherwise. */
export function resolverText({ search, options }: DnsSettings): string {
  const isSet = options.some((option) => option.startsWith('ndots:'));
  return text([resolverAddress], search, isSet ? options : [...options, 'ndots:0']);
}

/** The text for a sandbox without one: its own servers, else the host's, except for those on the host's loopback, which it cannot reach. */
export function inheritedText(settings: DnsSettings, host: ResolvConf): string {
  const servers = settings.servers.length > 0 ? settings.servers : host.servers.filter((server) => !isLoopback(server));
  const search = settings.search.length > 0 ? settings.search : host.search;
  return text(servers, search, settings.options.length > 0 ? settings.options : host.options);
}

export const isLoopback = (address: string): boolean => address.startsWith('127.') || address === '::1';

function text(servers: string[], search: string[], options: string[]): string {
  return [
    '# Written by netyard-worker, and overwritten when its settings change.',
    ...(servers.length === 0 ? ['# The host has no server that can be reached from here.'] : []),
    ...servers.slice(0, serverLimit).map((server) => `nameserver ${server}`),
    ...(search.length > 0 ? [`search ${search.slice(0, searchLimit).join(' ')}`] : []),
    ...(options.length > 0 ? [`options ${options.join(' ')}`] : []),
    '',
  ].join('\n');
}
