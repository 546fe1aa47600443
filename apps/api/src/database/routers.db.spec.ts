import { createTestDatabase, type TestDatabase } from '@netyard/testing';
import type { QueryRunner } from 'typeorm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseConfig } from '../config';
import { DeploymentDatabase } from './deployment-database';
import { Routers1765500000000 } from './migrations/0015-routers';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
  const database = new DeploymentDatabase(parseConfig({ ...test.environment, NETYARD_ADMIN_TOKEN: 'none-needed' }));
  await database.onModuleInit();
  await database.end();
});
afterAll(() => test.close());

/** The default tenant and two others with a network each on one host, of which all have endpoints with two ports. */
const fill = [
  `INSERT INTO host (id, name) VALUES ('00000000-0000-0000-0000-0000000000aa', 'h1')`,
  `INSERT INTO stream (id, revision) SELECT id, 5 FROM host`,
  `WITH space AS (INSERT INTO address_space (id) SELECT gen_random_uuid() FROM generate_series(1, 2) RETURNING id)
   INSERT INTO tenant (id, name, address_space_id) SELECT gen_random_uuid(), 'tenant-' || row_number() OVER (), id FROM space`,
  `INSERT INTO network (id, tenant_id, name, driver, options, internal, ipv6) SELECT gen_random_uuid(), id, 'web', 'bridge', '{}', false, false FROM tenant`,
  `INSERT INTO network (id, tenant_id, name, driver, options, internal, ipv6) SELECT gen_random_uuid(), id, 'lan', 'macvlan', '{}', true, false FROM tenant`,
  `INSERT INTO network_use (network_id, tenant_id, owner_id) SELECT id, tenant_id, tenant_id FROM network`,
  `INSERT INTO network_host (network_id, host_id) SELECT n.id, h.id FROM network n, host h`,
  `INSERT INTO endpoint (id, tenant_id, name, network_id, conditions) SELECT gen_random_uuid(), tenant_id, 'a', id, '[]' FROM network WHERE name = 'web'`,
  `INSERT INTO port (id, tenant_id, name, endpoint_id, host_id, protocol, port, count, host_port, host_address)
   SELECT gen_random_uuid(), e.tenant_id, p.name, e.id, h.id, 'tcp', 80, p.count, 8080 + 10 * row_number() OVER (PARTITION BY p.name ORDER BY e.id), p.address::inet
   FROM endpoint e, host h, (VALUES ('four', 3, '0.0.0.0'), ('six', 1, '::')) AS p (name, count, address)`,
  `INSERT INTO port_host (port_id, host_id, protocol, host_address, host_port, count) SELECT id, host_id, protocol, host_address, host_port, count FROM port`,
];

it('moves the networks of tenants that there are into routers, with their ports, and out again', async () => {
  const migration = new Routers1765500000000();
  const runner = { query: (sql: string) => test.execute(sql) } as unknown as QueryRunner;
  await migration.down(runner);
  for (const statement of fill) await test.execute(statement);
  await migration.up(runner);
  expect(
    await test.execute(
      `SELECT r.name, r.uplink_ipv4::text AS four, right(r.uplink_ipv6::text, 11) AS six, t.name LIKE 'tenant-%' AS is_other FROM router r JOIN tenant t ON t.id = r.tenant_id ORDER BY 2`,
    ),
  ).toEqual([
    { name: 'h1', four: '100.64.0.0/31', six: ':6440:0/127', is_other: true },
    { name: 'h1', four: '100.64.0.2/31', six: ':6440:2/127', is_other: true },
  ]);
  const places = (await test.execute(
    `SELECT t.name, array_agg(ph.router_port ORDER BY ph.router_port) AS ports, sum(ph.count)::int AS count FROM port_host ph JOIN port p ON p.id = ph.port_id JOIN tenant t ON t.id = p.tenant_id GROUP BY 1 ORDER BY 1`,
  )) as { name: string; ports: number[] }[];
  expect(places).toMatchObject([{ name: 'default', ports: [null, null] }, { name: 'tenant-1' }, { name: 'tenant-2' }]);
  for (const { ports } of places.slice(1))
    expect([
      [20000, 20001],
      [20000, 20003],
    ]).toContainEqual(ports);
  expect(
    await test.execute(
      `SELECT DISTINCT n.driver, n.generation, t.name = 'default' AS is_default FROM network n JOIN tenant t ON t.id = n.tenant_id WHERE n.generation > 1`,
    ),
  ).toEqual([{ driver: 'bridge', generation: 2, is_default: false }]);
  expect(await test.execute(`SELECT revision::int FROM stream s JOIN host h ON h.id = s.id`)).toEqual([{ revision: 6 }]);
  await migration.down(runner);
  await migration.up(runner);
});
