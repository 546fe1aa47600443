import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The digits of an id that go into link names (see `shortId` in contracts): unique, so that names on a host are. */
const shortId = `right(replace(id::text, '-', ''), 8)`;

/** Columns that every object of a tenant has. */
const objectColumns = `
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  name text NOT NULL,
  labels jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now(),
  generation integer NOT NULL DEFAULT 1,
  resource_version bigint NOT NULL DEFAULT 1,
  deletion_requested_at timestamptz`;

/** What one host says of an object. */
const observedColumns = `
  observed_generation integer NOT NULL DEFAULT 0,
  conditions jsonb NOT NULL DEFAULT '[]'`;

const objectIndexes = (table: string): string => `
  CREATE UNIQUE INDEX ${table}_name_key ON ${table} (tenant_id, name);
  CREATE UNIQUE INDEX ${table}_short_id_key ON ${table} ((${shortId}));
  CREATE UNIQUE INDEX ${table}_tenant_key ON ${table} (tenant_id, id);
  CREATE INDEX ${table}_created_idx ON ${table} (tenant_id, created_at, id);
  CREATE INDEX ${table}_labels_idx ON ${table} USING gin (labels jsonb_path_ops);`;

export class Initial1764000000000 implements MigrationInterface {
  name = 'Initial1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE EXTENSION IF NOT EXISTS btree_gist;

      -- What a deployment is told once: the random global id of its ULA prefixes (RFC 4193).
      CREATE TABLE deployment (is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only), ula_global_id bytea NOT NULL);

      CREATE TABLE address_space (id uuid PRIMARY KEY);
      CREATE TABLE tenant (
        id uuid PRIMARY KEY, name text NOT NULL UNIQUE, address_space_id uuid NOT NULL REFERENCES address_space (id)
      );

      -- One stream for each host (its worker's feed) and for each tenant (its watch). The row is locked until commit: revisions are in commit order.
      CREATE TABLE stream (id uuid PRIMARY KEY, revision bigint NOT NULL DEFAULT 0) WITH (fillfactor = 50);
      CREATE TABLE feed (
        stream_id uuid NOT NULL, revision bigint NOT NULL, kind text NOT NULL, object_id uuid NOT NULL,
        -- What a watch tells of an object that is gone.
        name text NOT NULL DEFAULT '',
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (stream_id, revision)
      );
      CREATE INDEX feed_created_idx ON feed USING brin (created_at);

      CREATE TABLE host (${objectColumns}, ${observedColumns},
        -- The worker's registration.
        facts jsonb, last_seen_at timestamptz, is_alive boolean NOT NULL DEFAULT false
      );
      ${objectIndexes('host')}

      CREATE TABLE network (${objectColumns},
        driver text NOT NULL, options jsonb NOT NULL, internal boolean NOT NULL, ipv6 boolean NOT NULL,
        -- The one host that it is confined to.
        host_id uuid, is_default boolean NOT NULL DEFAULT false,
        endpoint_count integer NOT NULL DEFAULT 0,
        FOREIGN KEY (tenant_id, host_id) REFERENCES host (tenant_id, id)
      );
      ${objectIndexes('network')}
      CREATE UNIQUE INDEX network_default_key ON network (host_id) WHERE is_default;
      CREATE INDEX network_host_id_idx ON network (host_id);

      CREATE TABLE subnet (
        id uuid PRIMARY KEY, network_id uuid NOT NULL REFERENCES network (id) ON DELETE CASCADE, address_space_id uuid NOT NULL REFERENCES address_space (id),
        position integer NOT NULL, cidr cidr NOT NULL, gateway inet NOT NULL, ip_range cidr, reserved inet[] NOT NULL DEFAULT '{}',
        -- As it was asked for, and what was counted when it was made: how many addresses there are to give.
        request jsonb NOT NULL, capacity numeric NOT NULL, addresses_in_use integer NOT NULL DEFAULT 0,
        CHECK (gateway << cidr),
        UNIQUE (network_id, position),
        CONSTRAINT subnet_overlap EXCLUDE USING gist (address_space_id WITH =, (cidr::inet) inet_ops WITH &&)
      );

      -- Where a network is realised. 'endpoints' counts those joined or leaving there; its row is locked by a join, so the limit holds exactly.
      -- 'gone': the host has been cleaned of it, but not yet of an endpoint of it.
      CREATE TABLE network_host (
        network_id uuid NOT NULL REFERENCES network (id), host_id uuid NOT NULL REFERENCES host (id), endpoints integer NOT NULL DEFAULT 0,
        gone boolean NOT NULL DEFAULT false, ${observedColumns},
        PRIMARY KEY (network_id, host_id)
      ) WITH (fillfactor = 50);
      CREATE INDEX network_host_host_idx ON network_host (host_id);

      CREATE TABLE sandbox (${objectColumns}, ${observedColumns},
        host_id uuid NOT NULL, namespace jsonb NOT NULL,
        -- The host has been cleaned of it, but not yet of an endpoint of it.
        gone boolean NOT NULL DEFAULT false,
        FOREIGN KEY (tenant_id, host_id) REFERENCES host (tenant_id, id)
      );
      ${objectIndexes('sandbox')}
      CREATE UNIQUE INDEX sandbox_one_host_stack_key ON sandbox (host_id) WHERE namespace ->> 'type' = 'host';
      CREATE UNIQUE INDEX sandbox_adopted_key ON sandbox (host_id, (namespace ->> 'path'), (namespace ->> 'pid')) NULLS NOT DISTINCT WHERE namespace ->> 'type' = 'adopted';
      CREATE INDEX sandbox_host_idx ON sandbox (host_id);

      CREATE TABLE endpoint (${objectColumns}, ${observedColumns},
        network_id uuid NOT NULL, sandbox_id uuid,
        -- Where it is, or is being, realised: set by join, cleared when the worker says that it is gone.
        host_id uuid REFERENCES host (id),
        requested_addresses jsonb NOT NULL DEFAULT '[]', requested_mac_address macaddr, requested_interface_name text,
        mac_address macaddr, interface_name text, gateway_priority integer NOT NULL DEFAULT 0, joined_at timestamptz,
        CHECK (sandbox_id IS NULL OR host_id IS NOT NULL),
        FOREIGN KEY (tenant_id, network_id) REFERENCES network (tenant_id, id),
        FOREIGN KEY (tenant_id, sandbox_id) REFERENCES sandbox (tenant_id, id)
      );
      ${objectIndexes('endpoint')}
      CREATE UNIQUE INDEX endpoint_mac_key ON endpoint (network_id, mac_address);
      CREATE UNIQUE INDEX endpoint_interface_key ON endpoint (sandbox_id, interface_name);
      CREATE INDEX endpoint_network_idx ON endpoint (network_id, created_at, id);
      CREATE INDEX endpoint_sandbox_idx ON endpoint (sandbox_id);
      CREATE INDEX endpoint_host_idx ON endpoint (host_id);

      -- An address is given once in a subnet, whatever the race.
      CREATE TABLE address (
        subnet_id uuid NOT NULL REFERENCES subnet (id) ON DELETE CASCADE, address inet NOT NULL,
        endpoint_id uuid NOT NULL REFERENCES endpoint (id) ON DELETE CASCADE,
        PRIMARY KEY (subnet_id, address)
      );
      CREATE INDEX address_endpoint_idx ON address (endpoint_id);

      -- Disjoint ranges of free addresses; only dynamic ones are drawn from automatically, those free longest first.
      CREATE TABLE free_range (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        subnet_id uuid NOT NULL REFERENCES subnet (id) ON DELETE CASCADE, first inet NOT NULL, last inet NOT NULL,
        dynamic boolean NOT NULL, released_at timestamptz,
        CHECK (first <= last)
      ) WITH (fillfactor = 50);
      -- Drawing moves 'first' on, which no index holds: such an update touches the row alone (HOT).
      CREATE UNIQUE INDEX free_range_last_key ON free_range (subnet_id, last);
      CREATE INDEX free_range_next_idx ON free_range (subnet_id, released_at NULLS FIRST, last) WHERE dynamic;

      CREATE TABLE probe (${objectColumns}, ${observedColumns},
        sandbox_id uuid NOT NULL REFERENCES sandbox (id) ON DELETE CASCADE, host_id uuid NOT NULL REFERENCES host (id),
        spec jsonb NOT NULL, expires_at timestamptz NOT NULL, finished_at timestamptz, result jsonb, error text
      );
      ${objectIndexes('probe')}
      CREATE INDEX probe_waiting_idx ON probe (host_id) WHERE finished_at IS NULL;

      CREATE TABLE event (
        id uuid PRIMARY KEY, tenant_id uuid NOT NULL REFERENCES tenant (id), kind text NOT NULL, object_id uuid NOT NULL, object_name text NOT NULL,
        type text NOT NULL, reason text NOT NULL, message text NOT NULL, count integer NOT NULL DEFAULT 1,
        first_seen_at timestamptz NOT NULL DEFAULT now(), last_seen_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX event_repeat_key ON event (object_id, reason, md5(message));
      CREATE INDEX event_last_seen_idx ON event (tenant_id, last_seen_at DESC, id);

      CREATE TABLE idempotency (
        tenant_id uuid NOT NULL REFERENCES tenant (id), key text NOT NULL, fingerprint text NOT NULL, created_at timestamptz NOT NULL DEFAULT now(),
        -- Null while the first request runs.
        response_status integer, response_body jsonb, response_headers jsonb,
        PRIMARY KEY (tenant_id, key)
      );

      WITH space AS (INSERT INTO address_space (id) VALUES (gen_random_uuid()) RETURNING id),
      made AS (INSERT INTO tenant (id, name, address_space_id) SELECT gen_random_uuid(), 'default', id FROM space RETURNING id)
      INSERT INTO stream (id) SELECT id FROM made;
      INSERT INTO deployment (ula_global_id) VALUES (substring(uuid_send(gen_random_uuid()) from 1 for 5));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE idempotency, event, probe, free_range, address, endpoint, sandbox, network_host, subnet, network, host, feed, stream, tenant, address_space, deployment;
    `);
  }
}
