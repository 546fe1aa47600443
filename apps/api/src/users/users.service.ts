import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import { databaseFault } from '../database/database-fault';
import { acrossTenants } from '../database/scope';
import type { Transaction } from '../database/transaction';
import { Answer } from '../http/answer';
import type { ListQuery } from '../http/list.dto';
import type { RequestContext } from '../http/request-context';
import { assertVersion, fieldError, mergeLabels, newMetadata, notFound } from '../objects/object-row';
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
    try {
      await acrossTenants(() =>
        this.database.query('INSERT INTO app_user (id, name, labels, deployment_role) VALUES ($1, $2, $3, $4)', [
          id,
          name,
          labels,
          spec?.deploymentRole ?? null,
        ]),
      );
    } catch (error) {
      if (databaseFault(error).constraint !== 'app_user_name_key') throw error;
      throw fieldError('name-taken', `there is a user ${name} already`, '/metadata/name');
    }
    return new Answer(201, await this.get(id));
  }

  async patch(context: RequestContext, ref: string, { metadata, spec }: PatchUserDto): Promise<Answer<UserDto>> {
    const id = await this.#change(context, ref, async (transaction, row) => {
      const role = spec?.deploymentRole === undefined ? row.deployment_role : spec.deploymentRole;
      await transaction.query(
        'UPDATE app_user SET labels = $2, deployment_role = $3, generation = generation + $4, resource_version = resource_version + 1 WHERE id = $1',
        [row.id, mergeLabels(row.labels, metadata?.labels), role, role === row.deployment_role ? 0 : 1],
      );
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
