import { NetyardError, type InquiryAnswer, type InquiryQuestion, type InquiryReport } from '@netyard/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { newId } from '../objects/object-row';
import { Settling } from '../objects/settling';
import { InquiryQueries } from './inquiry.queries';

const timeoutSeconds = 5;

type AnswerTo<Type extends InquiryQuestion['type']> = Extract<InquiryAnswer, { type: Type }>;

/** Asks hosts about their present state. Whichever replica the worker is connected to, the answer comes here. */
@Injectable()
export class InquiriesService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(InquiryQueries) private readonly queries: InquiryQueries,
    @Inject(Settling) private readonly settling: Settling,
  ) {}

  /** Throws NetyardError `unavailable` when the host is silent or does not answer in time, `invalid-value` with what the host objects to. */
  async ask<Type extends InquiryQuestion['type']>(
    hostId: string,
    question: Extract<InquiryQuestion, { type: Type }>,
  ): Promise<AnswerTo<Type>> {
    return this.settling.watching(async (watch) => {
      const id = newId();
      watch.add(id);
      const host = await this.#send(hostId, id, question);
      const [found] = await this.settling.settle(watch, [id], timeoutSeconds, {
        load: (ids) => this.queries.byIds(ids),
        idOf: (row) => row.id,
        isSettled: (row) => row.finished_at !== null,
      });
      await this.database.query('DELETE FROM inquiry WHERE id = $1', [id]);
      if (found?.error) throw new NetyardError('invalid-value', `host ${host}: ${found.error}`);
      if (found?.answer?.type !== question.type)
        throw new NetyardError('unavailable', `host ${host} did not answer within ${timeoutSeconds} s; its worker may be busy or cut off`);
      return found.answer as AnswerTo<Type>;
    });
  }

  async #send(hostId: string, id: string, question: InquiryQuestion): Promise<string> {
    return this.database.inTransaction(
      async (transaction) => {
        const [host] = await transaction.query<{ name: string; is_alive: boolean }>('SELECT name, is_alive FROM host WHERE id = $1', [
          hostId,
        ]);
        if (!host?.is_alive)
          throw new NetyardError('unavailable', `host ${host?.name ?? hostId} is silent: its worker does not run, or cannot reach the API`);
        await transaction.query(
          `INSERT INTO inquiry (id, host_id, question, expires_at) VALUES ($1, $2, $3, now() + make_interval(secs => ${timeoutSeconds}))`,
          [id, hostId, JSON.stringify(question)],
        );
        transaction.announce(hostId, 'inquiry', id, '');
        return host.name;
      },
      { mayBeLost: true },
    );
  }
}

/** Writes what a host has answered, and wakes those who wait for it. */
export async function takeInquiries(transaction: Transaction, hostId: string, reports: InquiryReport[]): Promise<void> {
  if (reports.length === 0) return;
  const answered = await transaction.query<{ id: string }>(
    `UPDATE inquiry i SET answer = nullif(r.answer, 'null'::jsonb), error = r.error, finished_at = now()
     FROM jsonb_to_recordset($2::jsonb) AS r (id uuid, answer jsonb, error text) WHERE i.id = r.id AND i.host_id = $1 AND i.finished_at IS NULL RETURNING i.id`,
    [hostId, JSON.stringify(reports)],
  );
  for (const { id } of answered) transaction.announce(hostId, 'inquiry', id, '');
}
