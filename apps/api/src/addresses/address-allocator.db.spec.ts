import { randomUUID } from 'node:crypto';
import { Address, Prefix } from '@netyard/inet';
import { initialFreeRanges, planSubnet } from '@netyard/ipam';
import { createTestDatabase, type TestDatabase } from '@netyard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseConfig } from '../config';
import type { Database } from '../database/database';
import { DeploymentDatabase } from '../database/deployment-database';
import { drawAddresses, releaseAddresses, takeAddress } from './address-allocator';

let test: TestDatabase;
let database: Database;

beforeAll(async () => {
  test = await createTestDatabase();
  database = new DeploymentDatabase(parseConfig({ ...test.environment, NETYARD_ADMIN_TOKEN: 'none-needed' }));
  await database.onModuleInit();
});
afterAll(async () => {
  await database.end();
  await test.close();
});

/** A network with one subnet; gives their ids. */
async function makeSubnet(cidr: string): Promise<{ subnetId: string; networkId: string; tenantId: string }> {
  const [tenant] = await database.query<{ id: string; address_space_id: string }>('SELECT id, address_space_id FROM tenant');
  const planned = planSubnet({ cidr });
  if (!tenant || 'faults' in planned) throw new Error(`${cidr} cannot be made`);
  const [networkId, subnetId] = [randomUUID(), randomUUID()];
  await database.query(
    `INSERT INTO network (id, tenant_id, name, driver, options, internal, ipv6) VALUES ($1::uuid, $2, $1::uuid::text, 'bridge', '{}', false, false)`,
    [networkId, tenant.id],
  );
  await database.query('INSERT INTO network_use (network_id, tenant_id, owner_id) VALUES ($1, $2, $2)', [networkId, tenant.id]);
  await database.query(
    `INSERT INTO subnet (id, network_id, address_space_id, position, cidr, gateway, request, capacity) VALUES ($1, $2, $3, 0, $4, $5, '{}', 0)`,
    [subnetId, networkId, tenant.address_space_id, cidr, planned.plan.gateway?.toString()],
  );
  for (const { range, dynamic } of initialFreeRanges(planned.plan)) {
    await database.query('INSERT INTO free_range (subnet_id, first, last, dynamic) VALUES ($1, $2, $3, $4)', [
      subnetId,
      range.first.toString(),
      range.last.toString(),
      dynamic,
    ]);
  }
  return { subnetId, networkId, tenantId: tenant.id };
}

async function makeEndpoint({ networkId, tenantId }: { networkId: string; tenantId: string }): Promise<string> {
  const id = randomUUID();
  await database.query('INSERT INTO endpoint (id, tenant_id, name, network_id) VALUES ($1::uuid, $2, $1::uuid::text, $3)', [
    id,
    tenantId,
    networkId,
  ]);
  return id;
}

const draw = (subnetId: string, count: number): Promise<string[]> =>
  database.inTransaction((transaction) => drawAddresses(transaction, subnetId, count));

/** What is free, as the ranges say, from the lowest. */
async function freeAddresses(subnetId: string): Promise<string[]> {
  const rows = await database.query<{ first: string; last: string }>(
    'SELECT host(first) AS first, host(last) AS last FROM free_range WHERE subnet_id = $1 ORDER BY last',
    [subnetId],
  );
  return rows.flatMap(({ first, last }) => {
    const [from, to] = [Address.parse(first), Address.parse(last)];
    if (!from || !to) throw new Error(`${first} to ${last}`);
    return Array.from({ length: Number(to.value - from.value) + 1 }, (_, offset) => from.plus(offset).toString());
  });
}

describe('drawAddresses', () => {
  it('gives all of a subnet, ascending, and then no more', async () => {
    const { subnetId } = await makeSubnet('10.60.0.0/24');
    const drawn = await draw(subnetId, 250);
    expect(drawn).toEqual(Array.from({ length: 250 }, (_, index) => `10.60.0.${index + 2}`));
    expect(await draw(subnetId, 10)).toEqual(['10.60.0.252', '10.60.0.253', '10.60.0.254']);
    expect(await draw(subnetId, 1)).toEqual([]);
  });

  it('gives no address twice to those who draw, take and release at the same time, and loses none', async () => {
    const made = await makeSubnet('10.61.0.0/24');
    const held = new Map<string, string>();
    const worker = async (seed: number): Promise<void> => {
      for (let turn = 0; turn < 25; turn++) {
        const endpointId = await makeEndpoint(made);
        await database.inTransaction(async (transaction) => {
          const wanted = `10.61.0.${2 + ((seed * 37 + turn * 11) % 253)}`;
          const got =
            turn % 3 === 0
              ? (await takeAddress(transaction, made.subnetId, wanted))
                ? [wanted]
                : []
              : await drawAddresses(transaction, made.subnetId, 1 + (turn % 2));
          for (const address of got)
            await transaction.query('INSERT INTO address (subnet_id, address, endpoint_id) VALUES ($1, $2, $3)', [
              made.subnetId,
              address,
              endpointId,
            ]);
          if (got.length > 0) held.set(endpointId, got.join());
        });
        const [someone] = held.keys();
        if (turn % 2 === 1 && someone && held.delete(someone))
          await database.inTransaction((transaction) => releaseAddresses(transaction, [someone]));
      }
    };
    await Promise.all(Array.from({ length: 12 }, (_, seed) => worker(seed)));
    const taken = await database.query<{ address: string }>('SELECT host(address) AS address FROM address WHERE subnet_id = $1', [
      made.subnetId,
    ]);
    const all = [...taken.map(({ address }) => address), ...(await freeAddresses(made.subnetId))];
    expect(all).toHaveLength(253);
    expect(new Set(all).size).toBe(253);
  });

  it('waits for another’s uncommitted draw when there is nothing else, and gets what that gives back', async () => {
    const { subnetId } = await makeSubnet('10.62.0.0/30');
    let release: () => void = () => undefined;
    const drawn = new Promise<void>((resolve) => (release = resolve));
    let waiting: Promise<string[]> | undefined;
    const first = database.inTransaction(async (transaction) => {
      expect(await drawAddresses(transaction, subnetId, 1)).toEqual(['10.62.0.2']);
      release();
      waiting = draw(subnetId, 1);
      await untilBlocked();
      throw new Error('changed my mind');
    });
    await drawn;
    await expect(first).rejects.toThrow('changed my mind');
    expect(await waiting).toEqual(['10.62.0.2']);
  });

  it('works in subnets that have more addresses than a bigint counts', async () => {
    const { subnetId } = await makeSubnet('2001:db8::/48');
    expect(await draw(subnetId, 3)).toEqual(['2001:db8::2', '2001:db8::3', '2001:db8::4']);
    const far = '2001:db8:0:ffff:ffff:ffff:ffff:ffff';
    expect(await database.inTransaction((transaction) => takeAddress(transaction, subnetId, far))).toBe(true);
    expect(await database.inTransaction((transaction) => takeAddress(transaction, subnetId, far))).toBe(false);
    expect(Prefix.parse('2001:db8::/48')?.size).toBe(1n << 80n);
  });
});

/** Resolves when a statement of the test's database waits for a lock. */
async function untilBlocked(): Promise<void> {
  for (;;) {
    const [row] = await test.execute<{ blocked: boolean }>(
      `SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock') AS blocked`,
    );
    if (row?.blocked) return;
  }
}
