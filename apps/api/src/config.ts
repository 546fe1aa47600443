import { isIP } from 'node:net';
import { Address, Prefix } from '@netyard/inet';
import { parseDatabaseUrl } from './database-url';
import { natsVariables, parseNats, type NatsSettings } from './nats-settings';
import { type HostCertificateSettings, parseHostCertificates, parseTls, type TlsSettings, tlsVariables } from './tls/tls-settings';
import { oidcVariables, type OidcSettings, parseOidc } from './sign-in/oidc-settings';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** How the API was started; parsed once, every value is valid. */
export class Config {
  readonly databaseUrl: string;
  /** Leads to the database itself, for what needs a session: LISTEN. */
  readonly databaseListenUrl: string;
  /** As the user that owns the tables, to the database itself: for migrations alone. */
  readonly databaseMigrationUrl: string;
  readonly databaseConnections: number;
  /** How NATS is reached; null: replicas tell each other by the database. */
  readonly nats: NatsSettings | null;
  readonly address: string;
  readonly port: number;
  /** Null: HTTP. */
  readonly tls: TlsSettings | null;
  /** Null: hosts have none. */
  readonly hostCertificates: HostCertificateSettings | null;
  /** Within which a request has to have arrived whole. */
  readonly requestTimeoutSeconds: number;
  /** Null: admins have tokens and passwords of their own; a deployment that has none is given one at its first start. */
  readonly adminToken: string | null;
  readonly workerToken: string | null;
  /** Null: people sign in by passwords alone. */
  readonly oidc: OidcSettings | null;
  /** Of a token or session, at one replica; 0: as many as it likes. */
  readonly requestsPerMinute: number;
  /** Whose `X-Forwarded-For` is believed, as addresses or prefixes. */
  readonly trustedProxies: string[];
  readonly addressPools: string;
  /** Where the pairs between hosts and tenants' routers are drawn from. */
  readonly routerPool: string;
  /** Where a port is published whose request names no address. */
  readonly portAddress: string;
  /** Where automatic ports of hosts are chosen from. */
  readonly portRange: { first: number; last: number };
  readonly logLevel: LogLevel;
}

const variables = {
  DATABASE_URL:
    'PostgreSQL 15 or later, e.g. postgresql://user@/netyard?host=/run/postgresql, or …?sslmode=verify-full&sslrootcert=PATH, with sslcert=PATH&sslkey=PATH for a certificate of ours (required)',
  NETYARD_DATABASE_LISTEN_URL: 'the database itself, where DATABASE_URL leads to a pool such as PgBouncer (DATABASE_URL)',
  ...natsVariables,
  NETYARD_DATABASE_MIGRATION_URL:
    'as the user that owns the tables and migrates them, so that the user of DATABASE_URL need not (NETYARD_DATABASE_LISTEN_URL)',
  NETYARD_ADMIN_TOKEN: 'bearer token of an admin, at least 8 characters (one is made at the first start, and printed this once)',
  NETYARD_WORKER_TOKEN: 'bearer token that is good for the routes of workers alone',
  ...oidcVariables,
  NETYARD_REQUESTS_PER_MINUTE: 'requests of one token or session in a minute at most, at each replica (6000; 0: no limit)',
  NETYARD_TRUSTED_PROXIES: 'load balancers whose X-Forwarded-For is believed, as addresses or prefixes with commas (none)',
  NETYARD_API_ADDRESS: 'address to listen on (127.0.0.1)',
  NETYARD_API_PORT: 'port to listen on (8080; 0 takes a free one)',
  ...tlsVariables,
  NETYARD_REQUEST_TIMEOUT: 'seconds within which a request has to have arrived, its head within a third of that (60)',
  NETYARD_ADDRESS_POOLS:
    'where subnets are drawn from, as prefix:length,… (10.128.0.0/10:24 and unique local /64s of the deployment’s own)',
  NETYARD_ROUTER_POOL:
    'where the addresses between hosts and tenants’ router namespaces are drawn from, two for each, as an IPv4 prefix that no host routes (100.64.0.0/10)',
  NETYARD_PORT_ADDRESS: 'where ports are published that name no address of their host (127.0.0.1; 0.0.0.0 for all)',
  NETYARD_PORT_RANGE: 'where automatic ports of hosts are chosen from (20000-29999)',
  NETYARD_DATABASE_CONNECTIONS: 'database connections at most (16)',
  NETYARD_LOG_LEVEL: `${logLevels.join(', ')} (info)`,
} as const;

type Variable = keyof typeof variables;

export const usage = `netyard-api: the control plane's HTTP API. It is configured by the environment:\n${Object.entries(variables)
  .map(([name, text]) => `  ${name.padEnd(32)}${text}`)
  .join('\n')}\n`;

/** A value of the environment that cannot be used; the message names the variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export const defaultAddressPools = '10.128.0.0/10:24';

/** Parses the environment. Throws ConfigError for the first bad value. */
export function parseConfig(environment: Record<string, string | undefined>): Config {
  const read = (name: Variable): string | undefined => environment[name] || undefined;
  const fail = (name: Variable, detail: string): never => {
    throw new ConfigError(`${name} ${detail}`);
  };
  const required = (name: Variable): string => read(name) ?? fail(name, `is not set: ${variables[name]}`);
  const integer = (name: Variable, fallback: number, least: number, most: number): number => {
    const text = read(name) ?? String(fallback);
    const value = Number(text);
    return /^\d+$/.test(text) && value >= least && value <= most
      ? value
      : fail(name, `is "${text}", no whole number from ${least} to ${most}`);
  };
  const token = (name: Variable, text: string): string =>
    /^[\x21-\x7e]{8,512}$/.test(text) ? text : fail(name, 'must have 8 to 512 printable characters without blanks');
  const database = (name: Variable, text: string): string => parseDatabaseUrl(text, (detail) => fail(name, detail));
  const databaseUrl = database('DATABASE_URL', required('DATABASE_URL'));
  const listenUrl = read('NETYARD_DATABASE_LISTEN_URL');
  const databaseListenUrl = listenUrl === undefined ? databaseUrl : database('NETYARD_DATABASE_LISTEN_URL', listenUrl);
  const migrationUrl = read('NETYARD_DATABASE_MIGRATION_URL');
  const databaseMigrationUrl = migrationUrl === undefined ? databaseListenUrl : database('NETYARD_DATABASE_MIGRATION_URL', migrationUrl);
  const address = read('NETYARD_API_ADDRESS') ?? '127.0.0.1';
  if (!isIP(address) && address !== 'localhost') fail('NETYARD_API_ADDRESS', `is "${address}", no IP address`);
  const logLevel =
    logLevels.find((level) => level === (read('NETYARD_LOG_LEVEL') ?? 'info')) ??
    fail('NETYARD_LOG_LEVEL', `is "${read('NETYARD_LOG_LEVEL')}", none of ${logLevels.join(', ')}`);
  const portAddress = read('NETYARD_PORT_ADDRESS') ?? '127.0.0.1';
  if (!isIP(portAddress)) fail('NETYARD_PORT_ADDRESS', `is "${portAddress}", no IP address`);
  const rangeText = read('NETYARD_PORT_RANGE') ?? '20000-29999';
  const [, first, last] = /^(\d{1,5})-(\d{1,5})$/.exec(rangeText) ?? [];
  const portRange = { first: Number(first), last: Number(last) };
  if (!(portRange.first >= 1 && portRange.first <= portRange.last && portRange.last <= 65_535))
    fail('NETYARD_PORT_RANGE', `is "${rangeText}", no range of ports such as 20000-29999`);
  const routerPool = Prefix.parse(read('NETYARD_ROUTER_POOL') ?? '100.64.0.0/10');
  if (routerPool?.family !== 'IPv4' || routerPool.length > 31)
    fail('NETYARD_ROUTER_POOL', `is "${read('NETYARD_ROUTER_POOL')}", no IPv4 prefix without host bits that holds two addresses`);
  const trustedProxies = (read('NETYARD_TRUSTED_PROXIES') ?? '').split(',').filter(Boolean);
  for (const proxy of trustedProxies)
    if (!Address.parse(proxy) && !Prefix.parse(proxy))
      fail('NETYARD_TRUSTED_PROXIES', `holds "${proxy}", no address and no prefix without host bits`);
  const tls = parseTls(read, fail);
  const adminToken = read('NETYARD_ADMIN_TOKEN');
  const workerToken = read('NETYARD_WORKER_TOKEN');
  return {
    databaseUrl,
    databaseListenUrl,
    databaseMigrationUrl,
    nats: parseNats(read, fail),
    databaseConnections: integer('NETYARD_DATABASE_CONNECTIONS', 16, 2, 500),
    address,
    port: integer('NETYARD_API_PORT', 8080, 0, 65_535),
    tls,
    hostCertificates: parseHostCertificates(read, fail, tls),
    requestTimeoutSeconds: integer('NETYARD_REQUEST_TIMEOUT', 60, 1, 3600),
    adminToken: adminToken === undefined ? null : token('NETYARD_ADMIN_TOKEN', adminToken),
    workerToken: workerToken === undefined ? null : token('NETYARD_WORKER_TOKEN', workerToken),
    oidc: parseOidc(read, fail),
    requestsPerMinute: integer('NETYARD_REQUESTS_PER_MINUTE', 6000, 0, 10_000_000),
    trustedProxies,
    addressPools: read('NETYARD_ADDRESS_POOLS') ?? defaultAddressPools,
    routerPool: String(routerPool),
    portAddress,
    portRange,
    logLevel,
  };
}
