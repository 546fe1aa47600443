import type { MigrationInterface, QueryRunner } from 'typeorm';
import { deploymentRole, tenantRole } from '../roles';

/** Networks that stand in a router where they are not the default tenant's. */
const routed = `n.driver IN ('bridge', 'overlay') AND n.tenant_id <> (SELECT id FROM tenant WHERE name = 'default')`;

export class Routers1765500000000 implements MigrationInterface {
  name = 'Routers1765500000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Where the pairs between hosts and routers are drawn from, as the API was started last.
      ALTER TABLE deployment ADD router_pool cidr NOT NULL DEFAULT '100.64.0.0/10' CHECK (family(router_pool) = 4);

      -- The namespace of a host in which a tenant's bridges are: there is one wherever the tenant has such a network.
      CREATE TABLE router (
        id uuid PRIMARY KEY, tenant_id uuid NOT NULL REFERENCES tenant (id), host_id uuid NOT NULL REFERENCES host (id),
        -- The host's.
        name text NOT NULL, labels jsonb NOT NULL DEFAULT '{}', created_at timestamptz NOT NULL DEFAULT now(), generation integer NOT NULL DEFAULT 1,
        resource_version bigint NOT NULL DEFAULT 1, deletion_requested_at timestamptz, observed_generation integer NOT NULL DEFAULT 0, conditions jsonb NOT NULL DEFAULT '[]',
        -- The addresses between the two: of each pair the first is the host's (RFC 3021, RFC 6164).
        uplink_ipv4 cidr NOT NULL CHECK (family(uplink_ipv4) = 4 AND masklen(uplink_ipv4) = 31), uplink_ipv6 cidr NOT NULL CHECK (family(uplink_ipv6) = 6 AND masklen(uplink_ipv6) = 127),
        CONSTRAINT router_uplink_overlap EXCLUDE USING gist (host_id WITH =, (uplink_ipv4::inet) inet_ops WITH &&)
      );
      CREATE UNIQUE INDEX router_host_key ON router (tenant_id, host_id);
      CREATE UNIQUE INDEX router_short_id_key ON router ((right(replace(id::text, '-', ''), 8)));
      CREATE INDEX router_created_idx ON router (tenant_id, created_at, id);
      CREATE INDEX router_host_idx ON router (host_id);
      -- A tenant looks at its own; they come and go with its networks, by the deployment's hand.
      REVOKE INSERT, UPDATE, DELETE ON router FROM ${tenantRole};
      ALTER TABLE router ENABLE ROW LEVEL SECURITY;
      CREATE POLICY deployment ON router TO ${deploymentRole} USING (true) WITH CHECK (true);
      CREATE POLICY tenant ON router FOR SELECT TO ${tenantRole} USING (tenant_id = (SELECT current_setting('netyard.tenant')::uuid));

      -- The place of a port at the router that its endpoint is behind.
      ALTER TABLE port_host ADD router_id uuid REFERENCES router (id) ON DELETE SET NULL, ADD router_port integer CHECK (router_port BETWEEN 1 AND 65535),
        ADD router_ports int4range GENERATED ALWAYS AS (int4range(router_port, router_port + count)) STORED, ADD CHECK (router_id IS NULL OR router_port IS NOT NULL),
        ADD CONSTRAINT router_port_in_use EXCLUDE USING gist (router_id WITH =, protocol WITH =, router_ports WITH &&) WHERE (router_id IS NOT NULL);

      -- Networks that there are move into routers, and their ports get places there; hosts read all of it anew.
      INSERT INTO router (id, tenant_id, host_id, name, uplink_ipv4, uplink_ipv6)
        SELECT gen_random_uuid(), p.tenant_id, p.host_id, h.name, set_masklen(inet '100.64.0.0' + p.step, 31)::cidr,
          set_masklen(set_masklen(d.inner_prefix::inet, 128) + (inet '100.64.0.0' - inet '0.0.0.0' + p.step), 127)::cidr
        FROM (SELECT t.*, 2 * (row_number() OVER (PARTITION BY host_id ORDER BY tenant_id) - 1) AS step FROM (
          SELECT DISTINCT n.tenant_id, nh.host_id FROM network_host nh JOIN network n ON n.id = nh.network_id WHERE ${routed}) t) p
        JOIN host h ON h.id = p.host_id, deployment d;
      UPDATE port_host SET router_id = p.router_id, router_port = p.router_port FROM (
        SELECT ph.port_id, ph.host_id, r.id AS router_id, 20000 + sum(ph.count) OVER (PARTITION BY r.id, ph.protocol ORDER BY ph.port_id) - ph.count AS router_port
        FROM port_host ph JOIN port o ON o.id = ph.port_id JOIN endpoint e ON e.id = o.endpoint_id JOIN network n ON n.id = e.network_id
          JOIN router r ON r.tenant_id = n.tenant_id AND r.host_id = ph.host_id WHERE ph.refusal IS NULL AND ${routed}
      ) p WHERE port_host.port_id = p.port_id AND port_host.host_id = p.host_id;
      UPDATE network n SET generation = generation + 1, resource_version = resource_version + 1
        WHERE ${routed} AND EXISTS (SELECT FROM network_host nh WHERE nh.network_id = n.id);
      DELETE FROM feed WHERE stream_id IN (SELECT host_id FROM router);
      UPDATE stream SET revision = revision + 1 WHERE id IN (SELECT host_id FROM router);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE port_host DROP router_ports, DROP router_port, DROP router_id;
      DROP TABLE router;
      ALTER TABLE deployment DROP router_pool;
    `);
  }
}
