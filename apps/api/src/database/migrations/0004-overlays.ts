import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Overlays1764300000000 implements MigrationInterface {
  name = 'Overlays1764300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE network ADD vni integer CHECK (vni BETWEEN 1 AND 16777215);
      CREATE UNIQUE INDEX network_vni_key ON network (vni);

      -- A host that takes part in an overlay network is known to the others under this id, by addresses of its own.
      ALTER TABLE network_host ADD id uuid NOT NULL DEFAULT gen_random_uuid(), ADD created_at timestamptz NOT NULL DEFAULT clock_timestamp();
      CREATE UNIQUE INDEX network_host_id_key ON network_host (id);
      ALTER TABLE address ALTER endpoint_id DROP NOT NULL, ADD network_host_id uuid REFERENCES network_host (id) ON DELETE CASCADE,
        ADD CHECK (num_nonnulls(endpoint_id, network_host_id) = 1);
      CREATE INDEX address_network_host_idx ON address (network_host_id) WHERE network_host_id IS NOT NULL;

      -- Whether other hosts have to know of it, to reach it: of overlay networks.
      ALTER TABLE endpoint ADD is_peer boolean NOT NULL DEFAULT false;
      -- What a host knows of an endpoint on another one: since which generation, or why not.
      CREATE TABLE endpoint_peer (
        endpoint_id uuid NOT NULL REFERENCES endpoint (id) ON DELETE CASCADE, host_id uuid NOT NULL REFERENCES host (id) ON DELETE CASCADE,
        observed_generation integer NOT NULL, error text,
        PRIMARY KEY (endpoint_id, host_id)
      );
      CREATE INDEX endpoint_peer_host_idx ON endpoint_peer (host_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE endpoint_peer;
      ALTER TABLE endpoint DROP is_peer;
      DELETE FROM address WHERE endpoint_id IS NULL;
      ALTER TABLE address DROP network_host_id, ALTER endpoint_id SET NOT NULL;
      ALTER TABLE network_host DROP id, DROP created_at;
      ALTER TABLE network DROP vni;
    `);
  }
}
