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
import type { CreateUserDto, PatchUserDto, UserDto, UserPageDto } from './user.dto';
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
        this.database.query(
          'INSERT INTO app_user (id, name, labels, deployment_role, is_disabled, password_hash) VALUES ($1, $2, $3, $4, $5, $6)',
          [id, name, labels, spec?.deploymentRole ?? null, spec?.disabled ?? false, passwordHash],
        ),
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
      const isNewSpec = role !== row.deployment_role || isDisabled !== row.is_disabled || passwordHash !== undefined;
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
