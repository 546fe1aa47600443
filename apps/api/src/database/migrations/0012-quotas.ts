import type { MigrationInterface, QueryRunner } from 'typeorm';
import { deploymentRole, tenantRole } from '../roles';

const tenant = `(SELECT current_setting('netyard.tenant')::uuid)`;

export class Quotas1765200000000 implements MigrationInterface {
  name = 'Quotas1765200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- There is a row where a tenant has quotas. Whoever is to write something that counts locks it until the commit: so nobody counts what another is about to add to.
      CREATE TABLE tenant_quota (
        tenant_id uuid PRIMARY KEY REFERENCES tenant (id) ON DELETE CASCADE, limits jsonb NOT NULL,
        -- Probes since the minute began.
        probe_minute timestamptz NOT NULL DEFAULT 'epoch', probe_count integer NOT NULL DEFAULT 0
      );
      REVOKE ALL ON tenant_quota FROM ${tenantRole};
      GRANT SELECT, UPDATE (probe_minute, probe_count) ON tenant_quota TO ${tenantRole};
      ALTER TABLE tenant_quota ENABLE ROW LEVEL SECURITY;
      CREATE POLICY deployment ON tenant_quota TO ${deploymentRole} USING (true) WITH CHECK (true);
      CREATE POLICY tenant ON tenant_quota TO ${tenantRole} USING (tenant_id = ${tenant}) WITH CHECK (tenant_id = ${tenant});
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE tenant_quota;');
  }
}
