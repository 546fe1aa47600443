import { randomUUID } from 'node:crypto';
import { NetyardError } from '@netyard/contracts';
import { createTestDatabase, type TestDatabase } from '@netyard/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseConfig } from '../config';
import { Database } from '../database/database';
import { acrossTenants, inTenant } from '../database/scope';
import type { Transaction } from '../database/transaction';
import { countProbe, reserve } from './quotas';

let test: TestDatabase;
let replicas: Database[];
beforeAll(async () => {
  test = await createTestDatabase();
  replicas = [1, 2, 3].map(() => new Database(parseConfig({ ...test.environment, NETYARD_ADMIN_TOKEN: 'none-needed' })));
  await Promise.all(replicas.map((database) => database.onModuleInit()));
});
afterAll(async () => {
  for (const database of replicas) await database.end();
  await test.close();
});

async function makeTenant(limits: object): Promise<string> {
  const [id, space] = [randomUUID(), randomUUID()];
  await acrossTenants(async () => {
    const [database] = replicas as [Database];
    await database.query('INSERT INTO address_space (id) VALUES ($1)', [space]);
    await database.query('INSERT INTO tenant (id, name, address_space_id) VALUES ($1, $1::uuid::text, $2)', [id, space]);
    await database.query('INSERT INTO tenant_quota (tenant_id, limits) VALUES ($1, $2)', [id, limits]);
  });
  return id;
}

/** Runs the same work many times at once, from all replicas; gives how often it was done, and what the others were told. */
async function atOnce(
  tenantId: string,
  times: number,
  work: (transaction: Transaction) => Promise<unknown>,
): Promise<{ done: number; refusals: string[] }> {
  const outcomes = await Promise.allSettled(
    Array.from({ length: times }, (_, index) => inTenant(tenantId, () => replicas[index % replicas.length]?.inTransaction(work))),
  );
  const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [(outcome.reason as NetyardError).message] : []));
  return { done: outcomes.length - refusals.length, refusals };
}

const makeNetwork =
  (tenantId: string) =>
  async (transaction: Transaction): Promise<void> => {
    await reserve(transaction, tenantId, [{ kind: 'networks', count: 1, pointer: '' }]);
    const id = randomUUID();
    await transaction.query(
      `INSERT INTO network (id, tenant_id, name, driver, options, internal, ipv6) VALUES ($1, $2, $3, 'none', '{}', false, false)`,
      [id, tenantId, id],
    );
  };

it('is held exactly by writers who come at once', async () => {
  const tenantId = await makeTenant({ networks: 10 });
  const { done, refusals } = await atOnce(tenantId, 60, makeNetwork(tenantId));
  expect(done).toBe(10);
  expect(new Set(refusals)).toEqual(new Set(['the tenant has 10 of the 10 networks that it may have, and this asks for 1 more']));
});

it('is given back by what was refused or has gone', async () => {
  const tenantId = await makeTenant({ networks: 2 });
  const failing = async (transaction: Transaction): Promise<void> => {
    await makeNetwork(tenantId)(transaction);
    throw new Error('changed my mind');
  };
  expect((await atOnce(tenantId, 5, failing)).done).toBe(0);
  expect((await atOnce(tenantId, 5, makeNetwork(tenantId))).done).toBe(2);
  await inTenant(tenantId, () => replicas[0]?.query('DELETE FROM network WHERE id IN (SELECT id FROM network LIMIT 1)'));
  expect((await atOnce(tenantId, 5, makeNetwork(tenantId))).done).toBe(1);
});

it('limits probes in a minute of the clock, whoever runs them', async () => {
  const tenantId = await makeTenant({ probesPerMinute: 7 });
  const { done, refusals } = await atOnce(tenantId, 30, (transaction) => countProbe(transaction, tenantId));
  // The minute may have changed meanwhile.
  expect([7, 14]).toContain(done);
  expect(refusals[0]).toBe('the tenant has had 7 of the 7 probes that it may run in a minute');
});

it('holds nobody up who has none', async () => {
  const [one, other] = replicas as [Database, Database];
  const [tenant] = await acrossTenants(() => one.query<{ id: string }>(`SELECT id FROM tenant WHERE name = 'default'`));
  const tenantId = tenant?.id ?? '';
  await inTenant(tenantId, () =>
    one.inTransaction(async (transaction) => {
      await makeNetwork(tenantId)(transaction);
      await other.inTransaction(makeNetwork(tenantId));
    }),
  );
});
