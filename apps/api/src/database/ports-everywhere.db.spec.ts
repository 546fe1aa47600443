import { createTestDatabase, type TestDatabase } from '@netyard/testing';
import type { QueryRunner } from 'typeorm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseConfig } from '../config';
import { DeploymentDatabase } from './deployment-database';
import { PortsEverywhere1764500000000 } from './migrations/0006-ports-everywhere';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
  const database = new DeploymentDatabase(parseConfig({ ...test.environment, NETYARD_ADMIN_TOKEN: 'none-needed' }));
  await database.onModuleInit();
  await database.end();
});
afterAll(() => test.close());

/** Ports of an endpoint on a host, of which the last is on none. */
const fill = `
  WITH host AS (INSERT INTO host (id, name) VALUES (gen_random_uuid(), 'h1') RETURNING id
  ), network AS (
    INSERT INTO network (id, tenant_id, name, driver, options, internal, ipv6) SELECT gen_random_uuid(), id, 'web', 'bridge', '{}', false, false FROM tenant RETURNING id, tenant_id
  ), used AS (INSERT INTO network_use (network_id, tenant_id, owner_id) SELECT id, tenant_id, tenant_id FROM network
  ), endpoint AS (
    INSERT INTO endpoint (id, tenant_id, name, network_id, conditions) SELECT gen_random_uuid(), tenant_id, 'a', id, '[]' FROM network RETURNING id, tenant_id
  )
  INSERT INTO port (id, tenant_id, name, endpoint_id, host_id, protocol, port, count, host_port, host_address, observed_generation, conditions)
  SELECT gen_random_uuid(), e.tenant_id, p.name, e.id, CASE WHEN p.host_port IS NOT NULL THEN host.id END, 'tcp', 80, p.count, p.host_port, p.host_address::inet, CASE WHEN p.host_port IS NOT NULL THEN 1 ELSE 0 END, '[{"type": "Ready"}]'
  FROM endpoint e, host, (VALUES ('one', 8080, 1, '0.0.0.0'), ('range', 9000, 10, '192.0.2.1'), ('idle', NULL, 1, '::')) AS p (name, host_port, count, host_address)`;

it('gives ports that there are their places, and takes them back', async () => {
  const migration = new PortsEverywhere1764500000000();
  const runner = { query: (sql: string) => test.execute(sql) } as unknown as QueryRunner;
  const ports = () => test.execute(`SELECT name, host_port, observed_generation FROM port ORDER BY name`);
  await migration.down(runner);
  await test.execute(fill);
  const before = await ports();
  await migration.up(runner);
  expect(
    await test.execute(
      `SELECT p.name, p.publish, ph.host_ports::text AS ports, ph.address_range::text AS range, ph.observed_generation, ph.conditions FROM port p JOIN port_host ph ON ph.port_id = p.id ORDER BY p.name`,
    ),
  ).toEqual([
    { name: 'one', publish: 'host', ports: '[8080,8081)', range: '0.0.0.0/0', observed_generation: 1, conditions: [{ type: 'Ready' }] },
    {
      name: 'range',
      publish: 'host',
      ports: '[9000,9010)',
      range: '192.0.2.1/32',
      observed_generation: 1,
      conditions: [{ type: 'Ready' }],
    },
  ]);
  await expect(test.execute(`UPDATE port SET host_port = 8075 WHERE name = 'range'`)).rejects.toMatchObject({ constraint: 'port_in_use' });
  await test.execute(`UPDATE port SET host_port = 9001 WHERE name = 'range'`);
  expect(await test.execute(`SELECT host_port FROM port_host WHERE count = 10`)).toEqual([{ host_port: 9001 }]);
  await test.execute(`UPDATE port SET host_port = 9000 WHERE name = 'range'`);
  await migration.down(runner);
  expect(await ports()).toEqual(before);
  await migration.up(runner);
});
