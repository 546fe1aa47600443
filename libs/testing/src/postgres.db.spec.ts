import { Client } from 'pg';
import { expect, it } from 'vitest';
import { createTestDatabase } from './postgres';

it('gives each test a database of its own, with the extensions that Netyard needs', async () => {
  const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  const client = new Client({ connectionString: one.url });
  await client.connect();
  await client.query('CREATE EXTENSION btree_gist');
  const { rows } = await client.query('SELECT current_database() AS name');
  expect(rows).toEqual([{ name: one.name }]);
  expect(two.name).not.toBe(one.name);
  await client.end();
  await one.close();
  await two.close();
});
