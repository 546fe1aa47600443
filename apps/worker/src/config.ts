import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { namePattern } from '@netyard/contracts';
import { Address } from '@netyard/inet';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { ApiTls } from './feed/api-connection';
import type { LogLevel } from './operations/messages';

/** The one that WireGuard is mostly found at. */
const defaultWireguardPort = 51_820;

/** How the worker was started; parsed once, every value is valid. */
export interface Config {
  apiUrls: string[];
  /** What the worker shows and takes where the API speaks TLS. */
  apiTls: ApiTls;
  token: string;
  hostName: string;
  netnsPath: string | null;
  netnsDirectory: string;
  netnsEtcDirectory: string;
  resolvConfPath: string;
  resolvConfDirectories: string[];
  /** Addresses of this host that tunnels use; empty: found out. */
  underlay: string[];
  /** How often the underlay is measured; 0: never. */
  pathIntervalMs: number;
  stateDirectory: string | null;
  /** UDP port of encrypted tunnels over IPv4; over IPv6 it is the next. */
  wireguardPort: number;
  /** After so long the keys of encrypted tunnels are replaced. */
  keyLifetimeMs: number;
  /** As many flows may one address of a network have; 0: any number, null: a share of what the kernel tracks. */
  maxFlows: number | null;
  metrics: { address: string; port: number } | null;
  logLevel: LogLevel;
}

/** Parses arguments and environment. A bad value ends the process with a line that names it; `--help` prints and ends it too. */
export function parseConfig(argv: string[]): Config {
  const command = new Command('netyard-worker')
    .description('Makes the networks, sandboxes and endpoints of one host, as the Netyard API wants them.')
    .requiredOption('--api <urls>', 'URL of the API; several, separated by commas: the next one is used when one fails', parseUrls)
    .option(
      '--api-ca <path>',
      'authorities that the certificate of the API may come from, as PEM; those that Node.js knows by default',
      parsePem,
    )
    .option('--api-certificate <path>', 'certificate to show to the API, as PEM, where it wants one of all clients', parsePem)
    .option('--api-key <path>', 'key of that certificate', parsePem)
    .option('--token-file <path>', 'file that holds the token for the API: of this host’s enrolment, or of all workers (or NETYARD_TOKEN)')
    .option('--name <host>', 'name of this host', parseName)
    .option('--netns <path>', 'network namespace that plays the host; the machine’s own by default')
    .option('--netns-dir <path>', 'where the namespaces of sandboxes are bound', '/run/netns')
    .option('--netns-etc-dir <path>', 'where `ip netns exec` looks for the resolv.conf of sandboxes', '/etc/netns')
    .option('--resolv-conf <path>', 'the host’s servers, which sandboxes inherit and unknown names go to', '/etc/resolv.conf')
    .option(
      '--resolv-conf-dirs <paths>',
      'below which the resolv.conf of adopted sandboxes may be written, separated by commas',
      '/var/lib/docker/containers,/var/lib/containers,/run/netyard',
    )
    .option(
      '--underlay <addresses>',
      'addresses of this host that tunnels of overlay networks use, separated by commas; found out by default',
      parseAddresses,
    )
    .option(
      '--state-dir <path>',
      'where the desired state and the keys of encrypted tunnels are kept, to restore networks while the API is away',
    )
    .option(
      '--wireguard-port <port>',
      'UDP port of encrypted tunnels over IPv4; over IPv6 it is the next one',
      parsePort,
      defaultWireguardPort,
    )
    .addOption(
      new Option('--key-lifetime <time>', 'after how long keys of encrypted tunnels are replaced, e.g. 12h or 7d')
        .argParser(parseLifetime)
        .default(7 * unitMs.d, '7d'),
    )
    .option(
      '--path-interval <seconds>',
      'how often to measure what the underlay carries to each host that overlay networks are shared with; 0: never',
      parseSeconds,
      60,
    )
    .option(
      '--max-flows <number>',
      'how many flows one address of a network may have through the host; 0: any number; a 32nd of what the kernel tracks (nf_conntrack_max) by default',
      parseCount,
    )
    .option('--metrics <address:port>', 'serve Prometheus metrics, e.g. 127.0.0.1:9469', parseAddress)
    .addOption(
      new Option('--log-level <level>', 'least level that is logged')
        .choices(['debug', 'info', 'warn', 'error'])
        .env('NETYARD_LOG_LEVEL')
        .default('info'),
    );
  const options = command.parse(argv).opts();
  const token: string | undefined = options['tokenFile'] ? readToken(command, options['tokenFile']) : process.env['NETYARD_TOKEN'];
  if (!token) command.error('error: a token is needed: --token-file or the environment variable NETYARD_TOKEN');
  if (Boolean(options['apiCertificate']) !== Boolean(options['apiKey']))
    command.error('error: --api-certificate and --api-key belong together');
  if (token?.startsWith('ny_enrol_') && !options['stateDir'])
    command.error('error: a token of an enrolment is good once: --state-dir says where the credential is kept that it is exchanged for');
  return {
    apiUrls: options['api'],
    apiTls: { ca: options['apiCa'] ?? null, certificate: options['apiCertificate'] ?? null, key: options['apiKey'] ?? null },
    token: token ?? '',
    hostName: options['name'] ?? defaultName(command),
    netnsPath: options['netns'] ? resolve(options['netns']) : null,
    netnsDirectory: resolve(options['netnsDir']),
    netnsEtcDirectory: resolve(options['netnsEtcDir']),
    resolvConfPath: resolve(options['resolvConf']),
    resolvConfDirectories: String(options['resolvConfDirs'])
      .split(',')
      .filter(Boolean)
      .map((path) => resolve(path)),
    underlay: options['underlay'] ?? [],
    pathIntervalMs: options['pathInterval'] * 1000,
    stateDirectory: options['stateDir'] ? resolve(options['stateDir']) : null,
    wireguardPort: options['wireguardPort'],
    keyLifetimeMs: options['keyLifetime'],
    maxFlows: options['maxFlows'] ?? null,
    metrics: options['metrics'] ?? null,
    logLevel: options['logLevel'],
  };
}

function parseUrls(text: string): string[] {
  return text.split(',').map((part) => {
    const url = URL.canParse(part.trim()) ? new URL(part.trim()) : undefined;
    if (!url || !/^https?:$/.test(url.protocol)) throw new InvalidArgumentError(`"${part}" is no http or https URL.`);
    return url.href.replace(/\/+$/, '');
  });
}

/** The content of a file of PEM. */
function parsePem(path: string): string {
  try {
    const text = readFileSync(path, 'utf8');
    if (text.includes('-----BEGIN ')) return text;
  } catch (error) {
    throw new InvalidArgumentError(`${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
  throw new InvalidArgumentError(`${path} is no PEM.`);
}

function parseAddresses(text: string): string[] {
  return text.split(',').map((part) => {
    const address = Address.parse(part.trim());
    if (!address) throw new InvalidArgumentError(`"${part}" is no IP address.`);
    return address.toString();
  });
}

/** Two ports in a row are needed. */
function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65534) throw new InvalidArgumentError(`"${text}" is no port from 1 to 65534.`);
  return port;
}

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/** A rotation takes a few seconds, and hosts that are away hold it up. */
const shortestLifetimeMs = 60_000;

function parseLifetime(text: string): number {
  const [, digits, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const lifetimeMs = Number(digits) * unitMs[(unit ?? 's') as keyof typeof unitMs];
  if (digits === undefined || lifetimeMs < shortestLifetimeMs)
    throw new InvalidArgumentError(`"${text}" is no time of at least a minute, such as 90m, 12h or 7d.`);
  return lifetimeMs;
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (!/^\d+$/.test(text) || seconds > 86_400) throw new InvalidArgumentError(`"${text}" is no number of seconds from 0 to 86400.`);
  return seconds;
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count > 10_000_000) throw new InvalidArgumentError(`"${text}" is no number from 0 to 10000000.`);
  return count;
}

function parseName(text: string): string {
  if (!namePattern.test(text))
    throw new InvalidArgumentError(`"${text}" is no DNS label: lower-case letters, digits and inner hyphens, at most 63.`);
  return text;
}

function defaultName(command: Command): string {
  const [label = ''] = hostname().toLowerCase().split('.');
  if (!namePattern.test(label)) command.error(`error: this machine's name "${label}" is no DNS label: say --name`);
  return label;
}

function parseAddress(text: string): { address: string; port: number } {
  const match = /^(.*):(\d{1,5})$/.exec(text);
  const port = Number(match?.[2]);
  if (!match || port < 1 || port > 65535) throw new InvalidArgumentError(`"${text}" is not address:port.`);
  return { address: (match[1] ?? '').replace(/^\[|\]$/g, '') || '127.0.0.1', port };
}

function readToken(command: Command, path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    return command.error(`error: the token file cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
