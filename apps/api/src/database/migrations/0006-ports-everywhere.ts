import type { MigrationInterface, QueryRunner } from 'typeorm';

const range = `CASE host_address WHEN '0.0.0.0' THEN inet '0.0.0.0/0' WHEN '::' THEN inet '::/0' ELSE host_address END`;

export class PortsEverywhere1764500000000 implements MigrationInterface {
  name = 'PortsEverywhere1764500000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE port ADD publish text NOT NULL DEFAULT 'host' CHECK (publish IN ('host', 'everywhere')),
        ADD CONSTRAINT port_place_key UNIQUE (id, protocol, host_address, host_port, count);
      CREATE INDEX port_everywhere_idx ON port (id) WHERE publish = 'everywhere';

      -- Where a port is published: on the host of its endpoint, and with 'everywhere' on all others.
      CREATE TABLE port_host (
        port_id uuid NOT NULL, host_id uuid NOT NULL REFERENCES host (id),
        -- The port's own, so that the constraint sees them; what changes there changes here.
        protocol text NOT NULL, host_address inet NOT NULL, host_port integer NOT NULL, count integer NOT NULL,
        -- The network stands on the host for this port's sake; null on the host of the endpoint itself.
        network_host_id uuid REFERENCES network_host (id) ON DELETE CASCADE,
        -- Why the host does not publish it, as reason and message: then it takes no place there.
        refusal jsonb,
        observed_generation integer NOT NULL DEFAULT 0, conditions jsonb NOT NULL DEFAULT '[]',
        address_range inet NOT NULL GENERATED ALWAYS AS (${range}) STORED,
        host_ports int4range NOT NULL GENERATED ALWAYS AS (int4range(host_port, host_port + count)) STORED,
        PRIMARY KEY (port_id, host_id),
        FOREIGN KEY (port_id, protocol, host_address, host_port, count) REFERENCES port (id, protocol, host_address, host_port, count) ON UPDATE CASCADE ON DELETE CASCADE
      );
      INSERT INTO port_host (port_id, host_id, protocol, host_address, host_port, count, observed_generation, conditions)
        SELECT id, host_id, protocol, host_address, host_port, count, observed_generation, conditions FROM port WHERE host_id IS NOT NULL;
      ALTER TABLE port DROP CONSTRAINT port_in_use, DROP address_range, DROP host_ports, DROP observed_generation;
      ALTER TABLE port_host ADD CONSTRAINT port_in_use EXCLUDE USING gist (host_id WITH =, protocol WITH =, address_range inet_ops WITH &&, host_ports WITH &&) WHERE (refusal IS NULL);
      CREATE INDEX port_host_host_idx ON port_host (host_id, port_id);
      CREATE INDEX port_host_network_idx ON port_host (network_host_id) WHERE network_host_id IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE port ADD observed_generation integer NOT NULL DEFAULT 0, ADD address_range inet NOT NULL GENERATED ALWAYS AS (${range}) STORED,
        ADD host_ports int4range GENERATED ALWAYS AS (int4range(host_port, host_port + count)) STORED;
      UPDATE port p SET observed_generation = ph.observed_generation FROM port_host ph WHERE ph.port_id = p.id AND ph.host_id = p.host_id;
      DROP TABLE port_host;
      ALTER TABLE port ADD CONSTRAINT port_in_use EXCLUDE USING gist (host_id WITH =, protocol WITH =, address_range inet_ops WITH &&, host_ports WITH &&) WHERE (host_id IS NOT NULL);
      DROP INDEX port_everywhere_idx;
      ALTER TABLE port DROP CONSTRAINT port_place_key, DROP publish;
    `);
  }
}
