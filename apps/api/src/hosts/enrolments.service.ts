import { NetyardError } from '@netyard/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { newSecret, secretHash } from '../access/secret';
import { Database } from '../database/database';
import { databaseFault } from '../database/database-fault';
import { acrossTenants } from '../database/scope';
import { Answer } from '../http/answer';
import type { ListQuery } from '../http/list.dto';
import type { RequestContext } from '../http/request-context';
import { PageQuery } from '../objects/list-page';
import { fieldError, type NamedRow, newId, toMetadata } from '../objects/object-row';
import { enrolmentSecretPrefix, hostSecretPrefix } from './host-credentials';
import { HostAuthority } from './host-authority';
import type { CreateEnrolmentDto, EnrolmentDto, EnrolmentPageDto, ExchangeCredentialDto, HostCredentialDto } from './enrolment.dto';

interface EnrolmentRow extends NamedRow {
  expires_at: Date;
}

const columns = 'id, name, labels, created_at, generation, resource_version, deletion_requested_at, expires_at';

/** How a host gets a credential of its own: an admin makes a token that is good once, the worker exchanges it. */
@Injectable()
export class EnrolmentsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(HostAuthority) private readonly authority: HostAuthority,
  ) {}

  /** Those that have not been used yet. */
  list(query: ListQuery): Promise<EnrolmentPageDto> {
    return acrossTenants(async () => {
      const page = new PageQuery('host_enrolment', null, query);
      page.where('expires_at > now()');
      const { rows, nextCursor } = page.page(
        await this.database.queryOnce<EnrolmentRow & { sort_key: string }>(
          `SELECT ${columns}, ${page.sortKey('e')} FROM (${page.rows}) e ${page.order('e')}`,
          page.values,
        ),
      );
      return { items: rows.map((row) => toEnrolmentDto(row)), nextCursor };
    });
  }

  async create({ spec: { host, minutes = 60 } }: CreateEnrolmentDto): Promise<Answer<EnrolmentDto>> {
    const secret = newSecret(enrolmentSecretPrefix);
    try {
      const [row] = await acrossTenants(() =>
        this.database.inTransaction(async (transaction) => {
          await transaction.query('DELETE FROM host_enrolment WHERE name = $1 AND expires_at <= now()', [host]);
          return transaction.query<EnrolmentRow>(
            `INSERT INTO host_enrolment (id, name, secret_hash, expires_at) VALUES ($1, $2, $3, now() + make_interval(mins => $4)) RETURNING ${columns}`,
            [newId(), host, secretHash(secret), minutes],
          );
        }),
      );
      if (!row) throw new Error(`the enrolment of ${host} is not there after its creation`);
      return new Answer(201, toEnrolmentDto(row, secret));
    } catch (error) {
      if (databaseFault(error).constraint !== 'host_enrolment_name_key') throw error;
      throw fieldError('name-taken', `host ${host} has an enrolment already that has not been used: delete it first`, '/spec/host');
    }
  }

  async remove(ref: string): Promise<Answer<never>> {
    const gone = await acrossTenants(() =>
      this.database.query('DELETE FROM host_enrolment WHERE name = $1 OR id::text = lower($1) RETURNING id', [ref]),
    );
    if (gone.length === 0) throw new NetyardError('not-found', `there is no enrolment of host ${ref}`);
    return Answer.gone();
  }

  /** Gives a host another credential: for its enrolment, which is used up by this, or in exchange for the present one, which is good until the new one is used. */
  async exchange({ principal }: RequestContext, { certificateRequest }: ExchangeCredentialDto): Promise<HostCredentialDto> {
    const token = newSecret(hostSecretPrefix);
    const { name: host } = principal;
    // A request that is not in order uses nothing up.
    const certificate = certificateRequest === undefined ? null : await this.authority.issue(host, certificateRequest);
    await acrossTenants(() =>
      this.database.inTransaction(async (transaction) => {
        if (principal.kind === 'enrolment') {
          // Of two who come at once with the same token one is refused, and all credentials of before end: the host is a new one.
          const used = await transaction.query('DELETE FROM host_enrolment WHERE id = $1 RETURNING id', [principal.id]);
          if (used.length === 0) throw new NetyardError('unauthenticated', 'the token has been used');
          await transaction.query('DELETE FROM host_credential WHERE host_name = $1', [host]);
        } else {
          // What was made before and never used was lost on the way.
          const own = await transaction.query('SELECT id FROM host_credential WHERE host_name = $1 ORDER BY id FOR UPDATE', [host]);
          if (!own.some(({ id }) => id === principal.id)) throw new NetyardError('unauthenticated', 'the token has been replaced');
          await transaction.query('DELETE FROM host_credential WHERE host_name = $1 AND id <> $2', [host, principal.id]);
        }
        await transaction.query(
          'INSERT INTO host_credential (id, host_name, secret_hash, created_at) VALUES ($1, $2, $3, clock_timestamp())',
          [newId(), host, secretHash(token)],
        );
      }),
    );
    return { host, token, certificate };
  }
}

const toEnrolmentDto = (row: EnrolmentRow, token?: string): EnrolmentDto => ({
  metadata: toMetadata(row),
  spec: { host: row.name },
  status: { expiresAt: row.expires_at.toISOString(), ...(token === undefined ? {} : { token }) },
});
