import type { MigrationInterface, QueryRunner } from 'typeorm';
import { deploymentRole, tenantRole } from '../roles';

export class SessionsAndAudit1765100000000 implements MigrationInterface {
  name = 'SessionsAndAudit1765100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE app_user ADD is_disabled boolean NOT NULL DEFAULT false,
        -- By argon2id, with its parameters (PHC string format); null: cannot sign in by a password.
        ADD password_hash text;

      CREATE TABLE session (
        id uuid PRIMARY KEY, user_id uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE, secret_hash bytea NOT NULL UNIQUE,
        created_at timestamptz NOT NULL DEFAULT now(), expires_at timestamptz NOT NULL, last_used_at timestamptz NOT NULL DEFAULT now(), source text, user_agent text
      );
      CREATE INDEX session_user_idx ON session (user_id);
      CREATE INDEX session_expires_idx ON session (expires_at);

      -- What was done, and what was refused. No references: it outlives what it tells of.
      CREATE TABLE audit (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL DEFAULT now(),
        tenant_id uuid, tenant text, actor_kind text NOT NULL, actor_id uuid, actor text NOT NULL, source text NOT NULL, request_id text NOT NULL,
        method text NOT NULL, path text NOT NULL, resource text, verb text, object text, status integer NOT NULL, problem text, detail text, before jsonb, after jsonb
      );
      CREATE INDEX audit_tenant_idx ON audit (tenant_id, id);
      CREATE INDEX audit_actor_idx ON audit (actor, id);

      REVOKE ALL ON session, audit FROM ${tenantRole};
      -- Written once, and never over.
      REVOKE UPDATE, DELETE, TRUNCATE ON audit FROM ${deploymentRole};
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE audit, session;
      ALTER TABLE app_user DROP is_disabled, DROP password_hash;
    `);
  }
}
