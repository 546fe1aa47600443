import type { MigrationInterface, QueryRunner } from 'typeorm';

export class EventHosts1765800001000 implements MigrationInterface {
  name = 'EventHosts1765800001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The host that told of it; null for what the API itself tells of. No reference: what happened outlives the host.
      ALTER TABLE event ADD host_id uuid;
      DROP INDEX event_repeat_key;
      CREATE UNIQUE INDEX event_repeat_key ON event (object_id, reason, md5(message), host_id) NULLS NOT DISTINCT;
      CREATE INDEX event_host_idx ON event (host_id, last_seen_at DESC, id) WHERE host_id IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM event a USING event b WHERE a.id > b.id AND a.object_id = b.object_id AND a.reason = b.reason AND a.message = b.message;
      DROP INDEX event_repeat_key, event_host_idx;
      ALTER TABLE event DROP host_id;
      CREATE UNIQUE INDEX event_repeat_key ON event (object_id, reason, md5(message));
    `);
  }
}
