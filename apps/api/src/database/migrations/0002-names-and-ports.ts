import type { MigrationInterface, QueryRunner } from 'typeorm';

const noSettings = `'{"search": [], "options": [], "servers": [], "hosts": []}'`;

export class NamesAndPorts1764100000000 implements MigrationInterface {
  name = 'NamesAndPorts1764100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE network ADD domain text, ADD dns jsonb NOT NULL DEFAULT ${noSettings};
      ALTER TABLE sandbox ADD dns jsonb NOT NULL DEFAULT ${noSettings}, ADD resolv_conf_path text;
      ALTER TABLE endpoint ADD aliases text[] NOT NULL DEFAULT '{}', ADD ingress_mbps integer, ADD egress_mbps integer, ADD spoofing_guard boolean NOT NULL DEFAULT true;

      CREATE TABLE port (
        id uuid PRIMARY KEY, tenant_id uuid NOT NULL REFERENCES tenant (id), name text NOT NULL, labels jsonb NOT NULL DEFAULT '{}',
        created_at timestamptz NOT NULL DEFAULT now(), generation integer NOT NULL DEFAULT 1, resource_version bigint NOT NULL DEFAULT 1, deletion_requested_at timestamptz,
        observed_generation integer NOT NULL DEFAULT 0, conditions jsonb NOT NULL DEFAULT '[]',
        -- Whether the last report said so; kept beside the conditions for its index.
        is_ready boolean NOT NULL DEFAULT false,
        endpoint_id uuid NOT NULL REFERENCES endpoint (id) ON DELETE CASCADE,
        -- The endpoint's, from joining until the host has been cleaned.
        host_id uuid REFERENCES host (id),
        protocol text NOT NULL, port integer NOT NULL, count integer NOT NULL, requested_host_port integer, host_port integer,
        host_address inet NOT NULL, allowed_sources text[] NOT NULL DEFAULT '{}', service text,
        -- All of a family for its wildcard, so that a wildcard and an address of the host exclude each other.
        address_range inet NOT NULL GENERATED ALWAYS AS (CASE host_address WHEN '0.0.0.0' THEN inet '0.0.0.0/0' WHEN '::' THEN inet '::/0' ELSE host_address END) STORED,
        host_ports int4range GENERATED ALWAYS AS (int4range(host_port, host_port + count)) STORED,
        CHECK (host_id IS NULL OR host_port IS NOT NULL),
        CONSTRAINT port_in_use EXCLUDE USING gist (host_id WITH =, protocol WITH =, address_range inet_ops WITH &&, host_ports WITH &&) WHERE (host_id IS NOT NULL)
      );
      CREATE UNIQUE INDEX port_name_key ON port (endpoint_id, name);
      CREATE INDEX port_created_idx ON port (tenant_id, created_at, id);
      CREATE INDEX port_endpoint_idx ON port (endpoint_id, created_at, id);
      CREATE INDEX port_unready_idx ON port (endpoint_id) WHERE NOT is_ready;
      CREATE INDEX port_host_idx ON port (host_id);
      CREATE INDEX port_labels_idx ON port USING gin (labels jsonb_path_ops);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE port;
      ALTER TABLE endpoint DROP aliases, DROP ingress_mbps, DROP egress_mbps, DROP spoofing_guard;
      ALTER TABLE sandbox DROP dns, DROP resolv_conf_path;
      ALTER TABLE network DROP domain, DROP dns;
    `);
  }
}
