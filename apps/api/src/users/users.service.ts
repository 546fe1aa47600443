import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import { databaseFault } from '../database/database-fault';
import { acrossTenants } from '../database/scope';
import type { Transaction } from '../database/transaction';
import { Answer } from '../http/answer';
import type { ListQuery } from '../http/list.dto';
import type { RequestContext } from '../http/request-context';
import { assertVersion, fieldError, mergeLabels, newMetadata, notFound } from '../objects/object-row';
import { hashPassword } from '../sessions/password';
import { endSessions } from '../sessions/sessions.service';
import type { CreateUserDto, IdentityDto, PatchUserDto, UserDto, UserPageDto } from './user.dto';
import { UserQueries, type UserRow } from './user.queries';

/** Users are the deployment's; what they may do in a tenant, their membership says. */
@Injectable()
export class UsersService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UserQueries) private readonly queries: UserQueries,
  ) {}

  list(query: ListQuery): Promise<UserPageDto> {
    return acrossTenants(() => this.queries.list(query));
  }

  async get(ref: string): Promise<UserDto> {
    const user = await acrossTenants(() => this.queries.byReference(ref));
    if (!user) throw notFound('user', ref);
    return user;
  }

  async create({ metadata, spec }: CreateUserDto): Promise<Answer<UserDto>> {
    const { id, name, labels } = newMetadata('user', metadata);
    const passwordHash = spec?.password == null ? null : await hashPassword(spec.password);
    try {
      await acrossTenants(() =>
        this.database.inTransaction(async (transaction) => {
          await transaction.query(
            'INSERT INTO app_user (id, name, labels, deployment_role, is_disabled, password_hash) VALUES ($1, $2, $3, $4, $5, $6)',
            [id, name, labels, spec?.deploymentRole ?? null, spec?.disabled ?? false, passwordHash],
          );
          if (spec?.identities) await replaceIdentities(transaction, id, spec.identities);
        }),
      );
    } catch (error) {
      if (databaseFault(error).constraint !== 'app_user_name_key') throw error;
      throw fieldError('name-taken', `there is a user ${name} already`, '/metadata/name');
    }
    return new Answer(201, await this.get(id));
  }

  async patch(context: RequestContext, ref: string, { metadata, spec }: PatchUserDto): Promise<Answer<UserDto>> {
    const given = spec?.password;
    const passwordHash = given == null ? given : await hashPassword(given);
    const id = await this.#change(context, ref, async (transaction, row) => {
      const role = spec?.deploymentRole === undefined ? row.deployment_role : spec.deploymentRole;
      const isDisabled = spec?.disabled ?? row.is_disabled;
      const isNewSpec =
        role !== row.deployment_role || isDisabled !== row.is_disabled || passwordHash !== undefined || spec?.identities != null;
      await transaction.query(
        `UPDATE app_user SET labels = $2, deployment_role = $3, is_disabled = $4, password_hash = $5, generation = generation + $6, resource_version = resource_version + 1
         WHERE id = $1`,
        [
          row.id,
          mergeLabels(row.labels, metadata?.labels),
          role,
          isDisabled,
          passwordHash === undefined ? row.password_hash : passwordHash,
          isNewSpec ? 1 : 0,
        ],
      );
      if (spec?.identities) await replaceIdentities(transaction, row.id, spec.identities);
      if (isDisabled || passwordHash !== undefined) await endSessions(transaction, row.id);
    });
    return new Answer(200, await this.get(id));
  }

  async remove(context: RequestContext, ref: string): Promise<Answer<never>> {
    await this.#change(context, ref, async (transaction, row) => {
      await transaction.query('DELETE FROM app_user WHERE id = $1', [row.id]);
    });
    return Answer.gone();
  }

  #change(context: RequestContext, ref: string, change: (transaction: Transaction, row: UserRow) => Promise<void>): Promise<string> {
    return acrossTenants(() =>
      this.database.inTransaction(async (transaction) => {
        const row = await this.queries.rowByReference(ref, transaction, 'FOR UPDATE');
        if (!row) throw notFound('user', ref);
        assertVersion(context, 'user', row);
        await change(transaction, row);
        return row.id;
      }),
    );
  }
}

/** When one is taken away, sessions by providers end. Throws NetyardError `in-use` for an account that is another user's. */
async function replaceIdentities(transaction: Transaction, userId: string, identities: IdentityDto[]): Promise<void> {
  const subjects = identities.map(({ subject }) => subject);
  const issuers = identities.map(({ issuer }) => issuer);
  const removed = await transaction.query(
    'DELETE FROM user_identity WHERE user_id = $1 AND (issuer, subject) NOT IN (SELECT * FROM unnest($2::text[], $3::text[])) RETURNING subject',
    [userId, issuers, subjects],
  );
  if (removed.length > 0) await transaction.query('DELETE FROM session WHERE user_id = $1 AND provider IS NOT NULL', [userId]);
  await transaction.query(
    'INSERT INTO user_identity (issuer, subject, user_id) SELECT issuer, subject, $1 FROM unnest($2::text[], $3::text[]) AS i (issuer, subject) ON CONFLICT DO NOTHING',
    [userId, issuers, subjects],
  );
  const owned = await transaction.query<{ issuer: string; subject: string }>(
    'SELECT issuer, subject FROM user_identity WHERE user_id = $1',
    [userId],
  );
  const foreign = identities.findIndex(
    ({ issuer, subject }) => !owned.some((identity) => identity.issuer === issuer && identity.subject === subject),
  );
  const { issuer, subject } = identities[foreign] ?? {};
  if (issuer !== undefined)
    throw fieldError('in-use', `the account ${subject} of ${issuer} belongs to another user`, `/spec/identities/${foreign}`);
}
