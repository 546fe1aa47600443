import { describe, expect, it } from 'vitest';
import { ConfigError, parseConfig, usage } from './config';

const good = { DATABASE_URL: 'postgresql://u@/netyard?host=/run/pg', NETYARD_ADMIN_TOKEN: 'long-enough' };

describe('parseConfig', () => {
  it('has defaults for all but the database and the token', () => {
    expect(parseConfig(good)).toEqual({
      databaseUrl: good.DATABASE_URL,
      databaseListenUrl: 'postgresql://u@/netyard?host=/run/pg',
      nats: null,
      databaseConnections: 16,
      address: '127.0.0.1',
      port: 8080,
      portAddress: '127.0.0.1',
      portRange: { first: 20000, last: 29999 },
      adminToken: 'long-enough',
      workerToken: null,
      addressPools: '10.128.0.0/10:24',
      logLevel: 'info',
    });
  });

  it.each([
    ['DATABASE_URL', ''],
    ['DATABASE_URL', 'mysql://u@h/db'],
    ['NETYARD_ADMIN_TOKEN', ''],
    ['NETYARD_ADMIN_TOKEN', 'short'],
    ['NETYARD_WORKER_TOKEN', 'with a blank'],
    ['NETYARD_API_PORT', '80a'],
    ['NETYARD_API_PORT', '65536'],
    ['NETYARD_API_ADDRESS', '300.1.1.1'],
    ['NETYARD_DATABASE_CONNECTIONS', '1'],
    ['NETYARD_LOG_LEVEL', 'loud'],
  ])('names %s when it is %j', (name, value) => {
    expect(() => parseConfig({ ...good, [name]: value })).toThrow(ConfigError);
    expect(() => parseConfig({ ...good, [name]: value })).toThrow(name);
    expect(usage).toContain(name);
  });
});
