import type { MigrationInterface, QueryRunner } from 'typeorm';
import { deploymentRole, tenantRole } from '../roles';

export class Encryption1764400000000 implements MigrationInterface {
  name = 'Encryption1764400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The prefix of the addresses that encrypted tunnels have inside: a random one (RFC 4193), so that it is nobody else's, not even a network's of this deployment.
      ALTER TABLE deployment ADD inner_prefix cidr CHECK (masklen(inner_prefix) = 48);
      UPDATE deployment SET inner_prefix = ('fd' || substr(r, 1, 2) || ':' || substr(r, 3, 4) || ':' || substr(r, 7, 4) || '::/48')::cidr
      FROM (SELECT right(replace(gen_random_uuid()::text, '-', ''), 12) AS r) random;
      ALTER TABLE deployment ALTER inner_prefix SET NOT NULL;

      -- Public keys of hosts. \`next\`: the others are told of it; \`due\`: they all know it, and the host is to use it; \`retired\`: replaced, and soon forgotten.
      CREATE TABLE host_key (
        id uuid PRIMARY KEY, host_id uuid NOT NULL REFERENCES host (id) ON DELETE CASCADE, underlay text NOT NULL CHECK (underlay IN ('ipv4', 'ipv6')),
        public_key text NOT NULL, port integer NOT NULL, inner_address inet NOT NULL, state text NOT NULL CHECK (state IN ('current', 'next', 'due', 'retired')),
        created_at timestamptz NOT NULL, registered_at timestamptz NOT NULL DEFAULT clock_timestamp(), retired_at timestamptz
      );
      CREATE UNIQUE INDEX host_key_public_key_key ON host_key (public_key);
      CREATE UNIQUE INDEX host_key_inner_address_key ON host_key (inner_address);
      CREATE UNIQUE INDEX host_key_current_key ON host_key (host_id, underlay) WHERE state = 'current';
      CREATE UNIQUE INDEX host_key_next_key ON host_key (host_id, underlay) WHERE state IN ('next', 'due');
      CREATE INDEX host_key_host_idx ON host_key (host_id);
      -- Hosts that have said that they know a key of another.
      CREATE TABLE host_key_peer (
        key_id uuid NOT NULL REFERENCES host_key (id) ON DELETE CASCADE, host_id uuid NOT NULL REFERENCES host (id) ON DELETE CASCADE, PRIMARY KEY (key_id, host_id)
      );
      CREATE INDEX host_key_peer_host_idx ON host_key_peer (host_id);

      -- Tenants' transactions look at keys, and change none.
      ${['host_key', 'host_key_peer']
        .map(
          (table) => `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
            CREATE POLICY deployment ON ${table} TO ${deploymentRole} USING (true) WITH CHECK (true);
            CREATE POLICY tenant ON ${table} FOR SELECT TO ${tenantRole} USING (true);`,
        )
        .join('')}

      -- Somebody has asked for other keys than those that were there then.
      ALTER TABLE host ADD keys_stale_at timestamptz;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE host DROP keys_stale_at; DROP TABLE host_key_peer, host_key; ALTER TABLE deployment DROP inner_prefix;',
    );
  }
}
