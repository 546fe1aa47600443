import { createTestDatabase, type TestDatabase } from '@netyard/testing';
import type { QueryRunner } from 'typeorm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseConfig } from '../config';
import { DeploymentDatabase } from './deployment-database';
import { Leases1764700000000 } from './migrations/0008-leases';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
  const database = new DeploymentDatabase(parseConfig({ ...test.environment, NETYARD_ADMIN_TOKEN: 'none-needed' }));
  await database.onModuleInit();
  await database.end();
});
afterAll(() => test.close());

const subnets = () =>
  test.execute<{ cidr: string; gateway: string | null; capacity: string; free: string[] }>(`
    SELECT s.cidr::text, host(s.gateway) AS gateway, s.capacity::text,
      ARRAY(SELECT host(f.first) || '-' || host(f.last) || CASE WHEN f.dynamic THEN '' ELSE ' asked' END FROM free_range f WHERE f.subnet_id = s.id ORDER BY f.first) AS free
    FROM subnet s ORDER BY s.cidr`);

it('gives the gateways that nobody has back to their subnets, and leaves the others', async () => {
  const migration = new Leases1764700000000();
  const runner = { query: (sql: string) => test.execute(sql) } as unknown as QueryRunner;
  await migration.down(runner);
  const insert = (cidr: string, driver: string, mode: string, more = { columns: '', values: '' }): Promise<unknown> =>
    test.execute(`
      WITH network AS (
        INSERT INTO network (id, tenant_id, name, driver, options, internal, ipv6)
        SELECT gen_random_uuid(), id, '${driver}-${mode}-${cidr.length}', '${driver}', '{"mode": "${mode}"}', false, false FROM tenant RETURNING id
      ), subnet AS (
        INSERT INTO subnet (id, network_id, address_space_id, position, cidr, gateway, request, capacity${more.columns})
        SELECT gen_random_uuid(), network.id, address_space.id, 0, '${cidr}', host('${cidr}'::inet + 1)::inet, '{}', 5${more.values} FROM network, address_space RETURNING id
      )
      INSERT INTO free_range (subnet_id, first, last, dynamic) SELECT id, host('${cidr}'::inet + 2)::inet, host('${cidr}'::inet + 6)::inet, true FROM subnet`);
  await insert('192.0.2.0/29', 'ipvlan', 'l3');
  await insert('192.0.2.128/29', 'ipvlan', 'l3s', { columns: ', ip_range', values: `, '192.0.2.132/30'` });
  await insert('198.51.100.0/29', 'ipvlan', 'l2');
  const before = await subnets();
  await migration.up(runner);
  expect(await subnets()).toEqual([
    { cidr: '192.0.2.0/29', gateway: null, capacity: '6', free: ['192.0.2.1-192.0.2.1', '192.0.2.2-192.0.2.6'] },
    { cidr: '192.0.2.128/29', gateway: null, capacity: '6', free: ['192.0.2.129-192.0.2.129 asked', '192.0.2.130-192.0.2.134'] },
    { cidr: '198.51.100.0/29', gateway: '198.51.100.1', capacity: '5', free: ['198.51.100.2-198.51.100.6'] },
  ]);
  await migration.down(runner);
  expect(await subnets()).toEqual(before);
  await migration.up(runner);
});
