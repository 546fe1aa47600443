import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantRole } from '../roles';

export class HostCredentials1765300000000 implements MigrationInterface {
  name = 'HostCredentials1765300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Nothing new is placed on a host that is drained.
      ALTER TABLE host ADD is_drained boolean NOT NULL DEFAULT false;

      -- Good once, to get a credential for the host of that name.
      CREATE TABLE host_enrolment (
        id uuid PRIMARY KEY, name text NOT NULL, labels jsonb NOT NULL DEFAULT '{}', created_at timestamptz NOT NULL DEFAULT now(), generation integer NOT NULL DEFAULT 1,
        resource_version bigint NOT NULL DEFAULT 1, deletion_requested_at timestamptz, secret_hash bytea NOT NULL UNIQUE, expires_at timestamptz NOT NULL
      );
      CREATE UNIQUE INDEX host_enrolment_name_key ON host_enrolment (name);
      CREATE INDEX host_enrolment_created_idx ON host_enrolment (created_at, id);
      CREATE INDEX host_enrolment_labels_idx ON host_enrolment USING gin (labels jsonb_path_ops);

      -- By the name of the host, which comes into being when its worker registers it. The former one is good until the latest is used: a worker may be killed before it has kept it.
      CREATE TABLE host_credential (
        id uuid PRIMARY KEY, host_name text NOT NULL, secret_hash bytea NOT NULL UNIQUE, created_at timestamptz NOT NULL DEFAULT now(), last_used_at timestamptz
      );
      CREATE INDEX host_credential_host_idx ON host_credential (host_name, created_at);

      REVOKE ALL ON host_enrolment, host_credential FROM ${tenantRole};
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE host_credential, host_enrolment;
      ALTER TABLE host DROP is_drained;
    `);
  }
}
