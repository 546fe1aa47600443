import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantRole } from '../roles';

export class SignIn1765600000000 implements MigrationInterface {
  name = 'SignIn1765600000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Accounts at OpenID Connect providers that are a user's. Nothing else links the two: not a name, and not an e-mail address.
      CREATE TABLE user_identity (
        issuer text NOT NULL, subject text NOT NULL, user_id uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
        created_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (issuer, subject)
      );
      CREATE INDEX user_identity_user_idx ON user_identity (user_id);

      -- Somebody who has been sent to a provider and is to come back, once.
      CREATE TABLE sign_in (
        flow_hash bytea PRIMARY KEY, provider text NOT NULL, state text NOT NULL, nonce text NOT NULL, code_verifier text NOT NULL, expires_at timestamptz NOT NULL
      );
      CREATE INDEX sign_in_expires_idx ON sign_in (expires_at);

      -- By whose claims it came, and with whose it changes; null: by hand.
      ALTER TABLE membership ADD provider text;

      ALTER TABLE session
        -- Null: by a password.
        ADD provider text,
        -- Names the session at the provider, when it is to end there as well.
        ADD id_token text;

      REVOKE ALL ON user_identity, sign_in FROM ${tenantRole};
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE session DROP provider, DROP id_token;
      ALTER TABLE membership DROP provider;
      DROP TABLE sign_in, user_identity;
    `);
  }
}
