import type { MigrationInterface, QueryRunner } from 'typeorm';
import { deploymentRole, tenantRole } from '../roles';

const tenant = `(SELECT current_setting('netyard.tenant')::uuid)`;

/** A wall around a table that has no tenant of its own. What a policy asks of the parent's table is asked behind the parent's wall. */
const wall = (table: string, seen: string, written = seen): string => `
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
  CREATE POLICY deployment ON ${table} TO ${deploymentRole} USING (true) WITH CHECK (true);
  CREATE POLICY tenant ON ${table} TO ${tenantRole} USING (${seen}) WITH CHECK (${written});`;
const ownerDeletes = (table: string, owned: string): string =>
  `CREATE POLICY owner_deletes ON ${table} AS RESTRICTIVE FOR DELETE TO ${tenantRole} USING (${owned});`;

const seenNetwork = 'EXISTS (SELECT FROM network n WHERE n.id = network_id)';
/** Selected by itself, so that it is worked out once in a statement; only what is lent has to be looked for. */
const ownSpace = `address_space_id = (SELECT t.address_space_id FROM tenant t WHERE t.id = ${tenant})`;
const ownSubnet = `EXISTS (SELECT FROM subnet s WHERE s.id = subnet_id AND s.${ownSpace})`;
const ownEndpoint = 'EXISTS (SELECT FROM endpoint e WHERE e.id = endpoint_id)';

const walled = ['subnet', 'free_range', 'lease', 'policy_host', 'port_host', 'endpoint_peer', 'inquiry'];

export class WallsThroughParents1765700001000 implements MigrationInterface {
  name = 'WallsThroughParents1765700001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A network that is shared is seen with its subnets, and is its own tenant's to change.
      ${wall('subnet', `${ownSpace} OR ${seenNetwork}`, ownSpace)} ${ownerDeletes('subnet', ownSpace)}
      ${wall('free_range', ownSubnet)}
      -- Whoever shares a wire has to hear that somebody else has been leased the same address.
      ${wall('lease', seenNetwork, ownEndpoint)} ${ownerDeletes('lease', ownEndpoint)}
      ${wall('policy_host', 'EXISTS (SELECT FROM policy p WHERE p.id = policy_id)')}
      -- Places of hosts that others have are looked for across tenants.
      ${wall('port_host', 'EXISTS (SELECT FROM port p WHERE p.id = port_id)')}
      ${wall('endpoint_peer', ownEndpoint)}
      -- Who asks. Null: the deployment.
      ALTER TABLE inquiry ADD tenant_id uuid DEFAULT nullif(current_setting('netyard.tenant', true), '')::uuid;
      ${wall('inquiry', `tenant_id = ${tenant}`)}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${['subnet', 'lease'].map((table) => `DROP POLICY owner_deletes ON ${table};`).join('')}
      ${walled.map((table) => `DROP POLICY deployment ON ${table}; DROP POLICY tenant ON ${table}; ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY;`).join('')}
      ALTER TABLE inquiry DROP tenant_id;
    `);
  }
}
