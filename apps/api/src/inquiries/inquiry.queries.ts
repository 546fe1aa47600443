import type { DesiredInquiry, InquiryAnswer, InquiryId, InquiryQuestion } from '@netyard/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import type { Transaction } from '../database/transaction';

interface InquiryRow {
  id: string;
  question: InquiryQuestion;
  expires_at: Date;
  finished_at: Date | null;
  answer: InquiryAnswer | null;
  error: string | null;
}

const desiredSql = 'SELECT * FROM inquiry WHERE host_id = $1 AND finished_at IS NULL AND expires_at > now()';

/** Reading questions to hosts, for workers and for those who wait. */
@Injectable()
export class InquiryQueries {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Those that are still there. */
  byIds(ids: string[]): Promise<InquiryRow[]> {
    return this.database.query<InquiryRow>('SELECT * FROM inquiry WHERE id = ANY ($1::uuid[])', [ids]);
  }

  /** What a host is still to answer; all of it when no ids are given. */
  async desired(reader: Pick<Transaction, 'query'>, hostId: string, ids: string[] | null): Promise<DesiredInquiry[]> {
    const rows =
      ids === null
        ? await reader.query<InquiryRow>(desiredSql, [hostId])
        : await reader.query<InquiryRow>(`${desiredSql} AND id = ANY ($2::uuid[])`, [hostId, ids]);
    return rows.map(({ id, question, expires_at: expiresAt }) => ({
      kind: 'inquiry',
      id: id as InquiryId,
      generation: 1,
      name: '',
      deleted: false,
      expiresAt: expiresAt.toISOString(),
      question,
    }));
  }
}
