import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantRole } from '../roles';

export class HostAuthority1765600001000 implements MigrationInterface {
  name = 'HostAuthority1765600001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The authority that certificates of hosts come from. Its key is sealed by a secret that is not in the database.
      CREATE TABLE host_authority (
        id uuid PRIMARY KEY, certificate text NOT NULL, sealed_key bytea NOT NULL, created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX host_authority_one_idx ON host_authority ((true));

      REVOKE ALL ON host_authority FROM ${tenantRole};
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE host_authority');
  }
}
