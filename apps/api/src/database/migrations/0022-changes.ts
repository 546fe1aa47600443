import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Changes1765800000000 implements MigrationInterface {
  name = 'Changes1765800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What was done to one object, however it was called then; and in which request for many at once it was made.
      CREATE INDEX audit_object_idx ON audit (tenant_id, (coalesce(after, before) #>> '{metadata,id}'), id) WHERE status < 400;
      CREATE INDEX audit_objects_idx ON audit USING gin ((after -> 'items') jsonb_path_ops) WHERE status < 400 AND after ? 'items';
      CREATE INDEX audit_changes_idx ON audit (tenant_id, id) WHERE status < 400 AND verb <> 'read';
      CREATE INDEX event_type_idx ON event (tenant_id, type, last_seen_at DESC, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX audit_object_idx, audit_objects_idx, audit_changes_idx, event_type_idx');
  }
}
