import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Moves1765700000000 implements MigrationInterface {
  name = 'Moves1765700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Where a sandbox goes when its host is clean of it. Until then it is still to be removed there, and null otherwise.
      ALTER TABLE sandbox ADD next_host_id uuid REFERENCES host (id);
      CREATE INDEX sandbox_next_host_idx ON sandbox (next_host_id) WHERE next_host_id IS NOT NULL;
      -- The sandbox that an endpoint joins again once both have left the former host.
      ALTER TABLE endpoint ADD returns_to uuid REFERENCES sandbox (id) ON DELETE SET NULL;
      CREATE INDEX endpoint_returns_idx ON endpoint (returns_to) WHERE returns_to IS NOT NULL;
      ALTER TABLE endpoint ADD CHECK (returns_to IS NULL OR sandbox_id IS NULL);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE endpoint DROP returns_to; ALTER TABLE sandbox DROP next_host_id;');
  }
}
