import { type FieldError, NetyardError } from '@netyard/contracts';
import type { Transaction } from '../database/transaction';
import { type BulkDeleteDto, bulkLimit } from '../http/bulk.dto';
import { LabelSelector } from './label-selector';
import { findByReference, type ObjectRow, splitReferences } from './object-row';

/** The objects that a bulk deletion means, locked. Throws NetyardError when one is not there, or when they are too many. */
export async function selectForDeletion<Row extends ObjectRow>(
  transaction: Transaction,
  table: 'network' | 'sandbox' | 'endpoint' | 'policy',
  tenantId: string,
  { refs, labelSelector, dryRun }: BulkDeleteDto,
): Promise<Row[]> {
  if ((refs === undefined) === (labelSelector === undefined)) {
    throw new NetyardError('invalid-value', 'either refs or labelSelector says what to delete', [
      { pointer: '/refs', detail: 'give either refs or labelSelector' },
    ]);
  }
  const lock = dryRun ? '' : 'FOR UPDATE';
  if (labelSelector !== undefined) {
    const values: unknown[] = [tenantId];
    const condition = LabelSelector.parse(labelSelector, '/labelSelector').toSql('labels', (value) => `$${values.push(value)}`);
    const rows = await transaction.query<Row>(
      `SELECT * FROM ${table} WHERE tenant_id = $1 AND deletion_requested_at IS NULL AND ${condition} ORDER BY id LIMIT ${bulkLimit + 1} ${lock}`,
      values,
    );
    if (rows.length > bulkLimit)
      throw new NetyardError('limit-reached', `more than ${bulkLimit} objects match ${labelSelector}`, [
        { pointer: '/labelSelector', detail: `one request deletes ${bulkLimit} at most` },
      ]);
    return rows;
  }
  return selectByReference<Row>(transaction, table, tenantId, refs ?? [], lock);
}

async function selectByReference<Row extends ObjectRow>(
  transaction: Transaction,
  table: string,
  tenantId: string,
  refs: string[],
  lock: string,
): Promise<Row[]> {
  const { names, ids } = splitReferences(refs);
  const rows = await transaction.query<Row>(
    `SELECT * FROM ${table} WHERE tenant_id = $1 AND (name = ANY ($2) OR id = ANY ($3::uuid[])) ORDER BY id ${lock}`,
    [tenantId, names, ids],
  );
  const known = new Map<string, Row>(rows.flatMap((row) => [[row.name, row] as const, [row.id, row] as const]));
  const chosen = new Set<Row>();
  const missing: FieldError[] = [];
  for (const [index, ref] of refs.entries()) {
    const row = known.get(ref) ?? findByReference(rows, ref);
    if (row) chosen.add(row);
    else missing.push({ pointer: `/refs/${index}`, detail: `there is no ${table} ${ref}` });
  }
  if (missing.length > 0)
    throw new NetyardError(
      'unknown-reference',
      missing
        .map(({ detail }) => detail)
        .slice(0, 10)
        .join('; '),
      missing,
    );
  return [...chosen];
}
