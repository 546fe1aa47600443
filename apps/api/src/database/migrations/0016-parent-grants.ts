import type { MigrationInterface, QueryRunner } from 'typeorm';

const anyParent = `'[{"link": "*", "host": null, "untagged": true, "vlans": ["1-4094"]}]'::jsonb`;

export class ParentGrants1765500001000 implements MigrationInterface {
  name = 'ParentGrants1765500001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Who might have networks on the wire had them on any link.
      UPDATE tenant SET grants = grants || jsonb_build_object('parents', CASE WHEN grants -> 'drivers' ?| ARRAY['macvlan', 'ipvlan'] THEN ${anyParent} ELSE '[]' END);
      ALTER TABLE tenant ALTER grants SET DEFAULT '{"drivers": ["bridge", "overlay", "none"], "namespaces": ["managed"], "parents": []}';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE tenant SET grants = grants - 'parents';
      ALTER TABLE tenant ALTER grants SET DEFAULT '{"drivers": ["bridge", "overlay", "none"], "namespaces": ["managed"]}';
    `);
  }
}
