import { describe, expect, it } from 'vitest';
import { ConfigError, parseConfig, usage } from './config';

const good = { DATABASE_URL: 'postgresql://u@/netyard?host=/run/pg', NETYARD_ADMIN_TOKEN: 'long-enough' };

describe('parseConfig', () => {
  it('has defaults for all but the database', () => {
    expect(parseConfig(good)).toEqual({
      databaseUrl: good.DATABASE_URL,
      databaseListenUrl: 'postgresql://u@/netyard?host=/run/pg',
      databaseMigrationUrl: 'postgresql://u@/netyard?host=/run/pg',
      nats: null,
      databaseConnections: 16,
      address: '127.0.0.1',
      port: 8080,
      tls: null,
      hostCertificates: null,
      requestTimeoutSeconds: 60,
      portAddress: '127.0.0.1',
      portRange: { first: 20000, last: 29999 },
      adminToken: 'long-enough',
      workerToken: null,
      oidc: null,
      requestsPerMinute: 6000,
      trustedProxies: [],
      addressPools: '10.128.0.0/10:24',
      routerPool: '100.64.0.0/10',
      logLevel: 'info',
    });
  });

  it.each([
    ['DATABASE_URL', ''],
    ['DATABASE_URL', 'mysql://u@h/db'],
    ['NETYARD_ADMIN_TOKEN', 'short'],
    ['NETYARD_WORKER_TOKEN', 'with a blank'],
    ['NETYARD_TRUSTED_PROXIES', 'balancer'],
    ['NETYARD_DATABASE_MIGRATION_URL', 'localhost'],
    ['NETYARD_REQUESTS_PER_MINUTE', '-1'],
    ['NETYARD_ROUTER_POOL', '100.64.0.1/10'],
    ['NETYARD_ROUTER_POOL', '100.64.0.1/32'],
    ['NETYARD_ROUTER_POOL', 'fd00:1::/64'],
    ['NETYARD_API_PORT', '80a'],
    ['NETYARD_TLS_CERTIFICATE_FILE', '/nowhere/api.pem'],
    ['NETYARD_TLS_KEY_FILE', '/dev/null'],
    ['NETYARD_TLS_CLIENT_CA_FILE', '/dev/null'],
    ['NETYARD_REQUEST_TIMEOUT', '0'],
    ['NETYARD_HOST_CERTIFICATES', 'maybe'],
    ['NETYARD_HOST_CERTIFICATES', 'required'],
    ['NETYARD_API_PORT', '65536'],
    ['NETYARD_API_ADDRESS', '300.1.1.1'],
    ['NETYARD_DATABASE_CONNECTIONS', '1'],
    ['NETYARD_LOG_LEVEL', 'loud'],
    ['DATABASE_URL', 'postgresql://h/db?sslmode=prefer'],
    ['DATABASE_URL', 'postgresql://h/db?sslmode=verify-ca'],
    ['DATABASE_URL', 'postgresql://h/db?sslmode=verify-full&sslrootcert=/nowhere/ca.pem'],
    ['NETYARD_DATABASE_LISTEN_URL', 'postgresql://h/db?sslmode=require&sslkey=/dev/null'],
    ['NETYARD_NATS_URL', 'nats://user:%zz@h'],
    ['NETYARD_NATS_URL', 'nats://one:secret@h,nats://other:secret@h2'],
    ['NETYARD_NATS_CA_FILE', '/nowhere/ca.pem'],
    ['NETYARD_NATS_CERTIFICATE_FILE', import.meta.filename],
    ['NETYARD_NATS_KEY_FILE', import.meta.filename],
    ['NETYARD_NATS_CREDENTIALS_FILE', import.meta.filename],
  ])('names %s when it is %j', (name, value) => {
    const parse = () =>
      parseConfig({ ...good, ...(name.startsWith('NETYARD_NATS') ? { NETYARD_NATS_URL: 'nats://h' } : {}), [name]: value });
    expect(parse).toThrow(ConfigError);
    expect(parse).toThrow(new RegExp(`^${name} `));
    expect(parse).not.toThrow('secret');
    expect(usage).toContain(name);
  });

  it.each([
    { name: 'one', in: 'nats://h', want: { servers: ['h'] } },
    { name: 'a token', in: 'nats://t%40ken@h:4333', want: { servers: ['h:4333'], token: 't@ken' } },
    { name: 'a user of any', in: 'nats://a,nats://u:p@b', want: { servers: ['a', 'b'], user: 'u', pass: 'p' } },
    { name: 'the same user of all', in: 'nats://u:p@a,nats://u:p@b', want: { servers: ['a', 'b'], user: 'u', pass: 'p' } },
    { name: 'TLS', in: 'tls://[2001:db8::1]:4222', want: { servers: ['[2001:db8::1]:4222'], tls: {} } },
  ])('reads URLs of NATS: $name', ({ in: url, want }) => {
    expect(parseConfig({ ...good, NETYARD_NATS_URL: url }).nats).toEqual(want);
  });

  it('refuses what would be of no use without NATS, and two ways to say who it is', () => {
    const file = import.meta.filename;
    expect(() => parseConfig({ ...good, NETYARD_NATS_CA_FILE: file })).toThrow('NETYARD_NATS_CA_FILE is set without NETYARD_NATS_URL');
    const twice = { NETYARD_NATS_URL: 'nats://user:secret@h', NETYARD_NATS_CREDENTIALS_FILE: file };
    expect(() => parseConfig({ ...good, ...twice })).toThrow('NETYARD_NATS_CREDENTIALS_FILE is set, and NETYARD_NATS_URL holds a user');
  });
});
