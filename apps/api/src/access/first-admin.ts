import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Config } from '../config';
import { Database } from '../database/database';
import { acrossTenants } from '../database/scope';
import { newId } from '../objects/object-row';
import { newSecret, secretHash } from './secret';

/** A deployment that nobody administers is given a token, which is printed this once. */
@Injectable()
export class FirstAdmin implements OnApplicationBootstrap {
  constructor(
    @Inject(Config) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.adminToken !== null) return;
    const token = newSecret();
    const made = await acrossTenants(() =>
      this.database.inTransaction(async (transaction) => {
        // Replicas that start together make one between them.
        await transaction.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', ['netyard first admin']);
        return transaction.query(
          `INSERT INTO api_token (id, name, role, secret_hash) SELECT $1, 'first-admin', 'admin', $2
           WHERE NOT EXISTS (SELECT FROM api_token WHERE role = 'admin') AND NOT EXISTS (SELECT FROM app_user WHERE deployment_role = 'admin') RETURNING id`,
          [newId(), secretHash(token)],
        );
      }),
    );
    // Not to the log, which is kept and sent elsewhere.
    if (made.length > 0) process.stdout.write(`admin token, shown this once: ${token}\n`);
  }
}
