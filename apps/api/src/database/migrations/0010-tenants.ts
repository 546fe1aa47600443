import type { MigrationInterface, QueryRunner } from 'typeorm';
import { deploymentRole, tenantRole } from '../roles';

/** The tenant that a transaction names. Selected, so that it is worked out once in a statement. */
const tenant = `(SELECT current_setting('netyard.tenant')::uuid)`;

/** Tables whose rows are a tenant's own. */
const owned = ['sandbox', 'endpoint', 'port', 'policy', 'probe', 'event', 'idempotency'];
/** Tables about who may do what, which only the deployment's work has to do with. */
const identities = ['app_user', 'membership', 'api_token'];

/** A wall: a tenant's transactions see rows for which `seen` holds and write those for which `written` does, the deployment's all of them. */
const wall = (table: string, seen: string, written = seen): string => `
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
  CREATE POLICY deployment ON ${table} TO ${deploymentRole} USING (true) WITH CHECK (true);
  CREATE POLICY tenant ON ${table} TO ${tenantRole} USING (${seen}) WITH CHECK (${written});`;

const objectColumns = `
  labels jsonb NOT NULL DEFAULT '{}', created_at timestamptz NOT NULL DEFAULT now(),
  generation integer NOT NULL DEFAULT 1, resource_version bigint NOT NULL DEFAULT 1, deletion_requested_at timestamptz`;

export class Tenants1765000000000 implements MigrationInterface {
  name = 'Tenants1765000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE tenant ADD labels jsonb NOT NULL DEFAULT '{}', ADD created_at timestamptz NOT NULL DEFAULT now(), ADD generation integer NOT NULL DEFAULT 1,
        ADD resource_version bigint NOT NULL DEFAULT 1, ADD deletion_requested_at timestamptz,
        -- What it may have of the hosts: see TenantGrants in contracts.
        ADD grants jsonb NOT NULL DEFAULT '{"drivers": ["bridge", "overlay", "none"], "namespaces": ["managed"]}';
      UPDATE tenant SET grants = '{"drivers": ["bridge", "host", "none", "overlay", "macvlan", "ipvlan"], "namespaces": ["managed", "host", "adopted"]}' WHERE name = 'default';
      CREATE INDEX tenant_created_idx ON tenant (created_at, id);
      CREATE INDEX tenant_labels_idx ON tenant USING gin (labels jsonb_path_ops);

      CREATE TABLE app_user (
        id uuid PRIMARY KEY, name text NOT NULL, ${objectColumns},
        -- What the user may do in the whole deployment, beside what memberships allow.
        deployment_role text CHECK (deployment_role IN ('admin', 'auditor'))
      );
      CREATE UNIQUE INDEX app_user_name_key ON app_user (name);
      CREATE INDEX app_user_created_idx ON app_user (created_at, id);
      CREATE INDEX app_user_labels_idx ON app_user USING gin (labels jsonb_path_ops);

      CREATE TABLE membership (
        tenant_id uuid NOT NULL REFERENCES tenant (id) ON DELETE CASCADE, user_id uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
        role text NOT NULL CHECK (role IN ('owner', 'editor', 'viewer')), created_at timestamptz NOT NULL DEFAULT now(), resource_version bigint NOT NULL DEFAULT 1,
        PRIMARY KEY (tenant_id, user_id)
      );
      CREATE INDEX membership_user_idx ON membership (user_id);

      -- The secret is random and long: a hash without salt or stretching tells nothing of it, and can be looked up.
      CREATE TABLE api_token (
        id uuid PRIMARY KEY, name text NOT NULL, ${objectColumns},
        -- Null: of the deployment.
        tenant_id uuid REFERENCES tenant (id) ON DELETE CASCADE,
        role text NOT NULL, read_only boolean NOT NULL DEFAULT false, scopes jsonb, allowed_sources text[] NOT NULL DEFAULT '{}', expires_at timestamptz,
        secret_hash bytea NOT NULL UNIQUE, last_used_at timestamptz, last_used_from text,
        CHECK (CASE WHEN tenant_id IS NULL THEN role IN ('admin', 'auditor') ELSE role IN ('owner', 'editor', 'viewer') END)
      );
      CREATE UNIQUE INDEX api_token_name_key ON api_token (tenant_id, name) NULLS NOT DISTINCT;
      CREATE INDEX api_token_created_idx ON api_token (tenant_id, created_at, id);
      CREATE INDEX api_token_labels_idx ON api_token USING gin (labels jsonb_path_ops);

      -- Hosts are the deployment's.
      ALTER TABLE network DROP CONSTRAINT network_tenant_id_host_id_fkey, ADD FOREIGN KEY (host_id) REFERENCES host (id);
      ALTER TABLE sandbox DROP CONSTRAINT sandbox_tenant_id_host_id_fkey, ADD FOREIGN KEY (host_id) REFERENCES host (id);
      ALTER TABLE host DROP COLUMN tenant_id;
      CREATE UNIQUE INDEX host_name_key ON host (name);
      CREATE INDEX host_created_idx ON host (created_at, id);
      -- The tenants that a host is there for; for all when there are none.
      CREATE TABLE host_tenant (
        host_id uuid NOT NULL REFERENCES host (id) ON DELETE CASCADE, tenant_id uuid NOT NULL REFERENCES tenant (id),
        PRIMARY KEY (host_id, tenant_id)
      );
      CREATE INDEX host_tenant_tenant_idx ON host_tenant (tenant_id);
      ALTER TABLE event ALTER tenant_id DROP NOT NULL;
      UPDATE event SET tenant_id = NULL WHERE kind = 'host';

      -- Whose endpoints a network may have: its own tenant's, and theirs with whom it is shared.
      CREATE TABLE network_use (
        network_id uuid NOT NULL, tenant_id uuid NOT NULL REFERENCES tenant (id), owner_id uuid NOT NULL, created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (network_id, tenant_id),
        FOREIGN KEY (owner_id, network_id) REFERENCES network (tenant_id, id) ON DELETE CASCADE
      );
      CREATE INDEX network_use_shared_idx ON network_use (tenant_id) WHERE tenant_id <> owner_id;
      INSERT INTO network_use (network_id, tenant_id, owner_id) SELECT id, tenant_id, tenant_id FROM network;
      ALTER TABLE endpoint DROP CONSTRAINT endpoint_tenant_id_network_id_fkey,
        ADD CONSTRAINT endpoint_network_use FOREIGN KEY (network_id, tenant_id) REFERENCES network_use (network_id, tenant_id);

      GRANT USAGE ON SCHEMA public TO ${tenantRole}, ${deploymentRole};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${tenantRole}, ${deploymentRole};
      GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ${tenantRole}, ${deploymentRole};
      -- Tables that later migrations make.
      ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${tenantRole}, ${deploymentRole};
      ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO ${tenantRole}, ${deploymentRole};
      REVOKE ALL ON migrations FROM ${tenantRole}, ${deploymentRole};
      REVOKE ALL ON ${identities.join(', ')} FROM ${tenantRole};
      REVOKE INSERT, DELETE ON host, host_tenant, tenant, address_space, deployment, stream FROM ${tenantRole};
      REVOKE UPDATE ON host_tenant, address_space, deployment, tenant, stream FROM ${tenantRole};

      ${owned.map((table) => wall(table, `tenant_id = ${tenant}`)).join('')}
      ${wall('feed', `stream_id = ${tenant}`)}
      -- Nobody lets himself in.
      ${wall('network_use', `tenant_id = ${tenant} OR owner_id = ${tenant}`, `owner_id = ${tenant}`)}
      CREATE POLICY owner_deletes ON network_use AS RESTRICTIVE FOR DELETE TO ${tenantRole} USING (owner_id = ${tenant});
      -- Those with whom it is shared see a network, and may hold it; only its own tenant changes it.
      ${wall('network', `tenant_id = ${tenant} OR EXISTS (SELECT FROM network_use u WHERE u.network_id = id AND u.tenant_id = ${tenant})`, `tenant_id = ${tenant}`)}
      CREATE POLICY owner_deletes ON network AS RESTRICTIVE FOR DELETE TO ${tenantRole} USING (tenant_id = ${tenant});
      -- Its own, and the names of those who share networks with it.
      ${wall('tenant', `id = ${tenant} OR EXISTS (SELECT FROM network_use u WHERE u.owner_id = id AND u.tenant_id = ${tenant})`)}
      -- Hosts are everybody's to look at and to hold, and nobody's to change but the deployment's.
      ${wall('host', 'true', 'false')}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    const walled = [...owned, 'feed', 'network', 'tenant', 'host'];
    await runner.query(`
      ${walled.map((table) => `DROP POLICY deployment ON ${table}; DROP POLICY tenant ON ${table}; ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY;`).join('\n')}
      DROP POLICY owner_deletes ON network;
      ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM ${tenantRole}, ${deploymentRole};
      ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM ${tenantRole}, ${deploymentRole};
      REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${tenantRole}, ${deploymentRole};
      REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM ${tenantRole}, ${deploymentRole};
      REVOKE ALL ON SCHEMA public FROM ${tenantRole}, ${deploymentRole};
      ALTER TABLE endpoint DROP CONSTRAINT endpoint_network_use, ADD FOREIGN KEY (tenant_id, network_id) REFERENCES network (tenant_id, id);
      DROP TABLE network_use;
      DELETE FROM event WHERE tenant_id IS NULL;
      ALTER TABLE event ALTER tenant_id SET NOT NULL;
      DROP TABLE host_tenant;
      ALTER TABLE host ADD tenant_id uuid REFERENCES tenant (id);
      UPDATE host SET tenant_id = (SELECT id FROM tenant WHERE name = 'default');
      ALTER TABLE host ALTER tenant_id SET NOT NULL;
      DROP INDEX host_name_key, host_created_idx;
      CREATE UNIQUE INDEX host_name_key ON host (tenant_id, name);
      CREATE UNIQUE INDEX host_tenant_key ON host (tenant_id, id);
      CREATE INDEX host_created_idx ON host (tenant_id, created_at, id);
      ALTER TABLE network DROP CONSTRAINT network_host_id_fkey, ADD FOREIGN KEY (tenant_id, host_id) REFERENCES host (tenant_id, id);
      ALTER TABLE sandbox DROP CONSTRAINT sandbox_host_id_fkey, ADD FOREIGN KEY (tenant_id, host_id) REFERENCES host (tenant_id, id);
      DROP TABLE api_token, membership, app_user;
      DROP INDEX tenant_created_idx, tenant_labels_idx;
      ALTER TABLE tenant DROP labels, DROP created_at, DROP generation, DROP resource_version, DROP deletion_requested_at, DROP grants;
    `);
  }
}
