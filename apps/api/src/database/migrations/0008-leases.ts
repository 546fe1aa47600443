import type { MigrationInterface, QueryRunner } from 'typeorm';

const isRouted = `n.driver = 'ipvlan' AND n.options ->> 'mode' IN ('l3', 'l3s')`;

export class Leases1764700000000 implements MigrationInterface {
  name = 'Leases1764700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Where there is no ARP nobody could find a gateway: the address that was kept for one can be given.
      ALTER TABLE subnet ALTER gateway DROP NOT NULL;
      INSERT INTO free_range (subnet_id, first, last, dynamic, released_at)
        SELECT s.id, host(s.gateway)::inet, host(s.gateway)::inet, s.gateway <<= coalesce(s.ip_range, s.cidr)::inet AND NOT s.gateway = ANY (s.reserved), now()
        FROM subnet s JOIN network n ON n.id = s.network_id WHERE ${isRouted} AND s.gateway IS NOT NULL;
      UPDATE subnet s SET gateway = NULL, capacity = s.capacity + 1 FROM network n WHERE n.id = s.network_id AND ${isRouted} AND s.gateway IS NOT NULL;

      -- What DHCP servers on the wire have given: no address of a subnet here, and nothing keeps a server from giving one twice.
      CREATE TABLE lease (
        endpoint_id uuid PRIMARY KEY REFERENCES endpoint (id) ON DELETE CASCADE, network_id uuid NOT NULL REFERENCES network (id) ON DELETE CASCADE,
        address inet NOT NULL,
        -- As the host has reported it.
        lease jsonb NOT NULL
      );
      CREATE INDEX lease_address_idx ON lease (network_id, address);
      -- How often the leased address has become another: other hosts are told of each.
      ALTER TABLE endpoint ADD lease_revision integer NOT NULL DEFAULT 0;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE lease;
      ALTER TABLE endpoint DROP lease_revision;
      UPDATE subnet SET gateway = host(cidr::inet + 1)::inet, capacity = capacity - 1 WHERE gateway IS NULL;
      DELETE FROM free_range f USING subnet s WHERE f.subnet_id = s.id AND f.first = f.last AND f.first = host(s.gateway)::inet;
      UPDATE free_range f SET first = f.first + 1 FROM subnet s WHERE f.subnet_id = s.id AND f.first = host(s.gateway)::inet;
      ALTER TABLE subnet ALTER gateway SET NOT NULL;
    `);
  }
}
