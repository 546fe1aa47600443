import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PoliciesAndInquiries1764200000000 implements MigrationInterface {
  name = 'PoliciesAndInquiries1764200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE policy (
        id uuid PRIMARY KEY, tenant_id uuid NOT NULL REFERENCES tenant (id), name text NOT NULL, labels jsonb NOT NULL DEFAULT '{}',
        created_at timestamptz NOT NULL DEFAULT now(), generation integer NOT NULL DEFAULT 1, resource_version bigint NOT NULL DEFAULT 1, deletion_requested_at timestamptz,
        network_id uuid NOT NULL REFERENCES network (id) ON DELETE CASCADE, priority integer NOT NULL, default_action text NOT NULL,
        -- Networks in selectors by their ids, which are also here, to be found.
        rules jsonb NOT NULL, selected_networks uuid[] NOT NULL DEFAULT '{}'
      );
      CREATE UNIQUE INDEX policy_name_key ON policy (tenant_id, name);
      CREATE INDEX policy_created_idx ON policy (tenant_id, created_at, id);
      CREATE INDEX policy_network_idx ON policy (network_id);
      CREATE INDEX policy_selected_idx ON policy USING gin (selected_networks);
      CREATE INDEX policy_labels_idx ON policy USING gin (labels jsonb_path_ops);

      -- Where a policy is in force: wherever its network is realised.
      CREATE TABLE policy_host (
        policy_id uuid NOT NULL REFERENCES policy (id) ON DELETE CASCADE, host_id uuid NOT NULL REFERENCES host (id),
        observed_generation integer NOT NULL DEFAULT 0, conditions jsonb NOT NULL DEFAULT '[]',
        PRIMARY KEY (policy_id, host_id)
      );
      CREATE INDEX policy_host_host_idx ON policy_host (host_id);

      -- Questions to hosts; worth nothing after a crash.
      CREATE UNLOGGED TABLE inquiry (
        id uuid PRIMARY KEY, host_id uuid NOT NULL REFERENCES host (id) ON DELETE CASCADE, question jsonb NOT NULL, expires_at timestamptz NOT NULL,
        finished_at timestamptz, answer jsonb, error text
      );
      CREATE INDEX inquiry_waiting_idx ON inquiry (host_id) WHERE finished_at IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE inquiry, policy_host, policy;');
  }
}
