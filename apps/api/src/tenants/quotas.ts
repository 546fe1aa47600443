import { type NetyardError, type QuotaKind, type Quotas } from '@netyard/contracts';
import type { Transaction } from '../database/transaction';
import { rateLimited } from '../http/rate-limit';
import { fieldError } from '../objects/object-row';

/** What counts towards a quota, by SQL over the tenant `$1`. Probes are counted as they come. */
export const usageSql: Record<Exclude<QuotaKind, 'probesPerMinute'>, (tenant: string) => string> = {
  networks: (tenant) => `SELECT count(*)::int FROM network WHERE tenant_id = ${tenant}`,
  sandboxes: (tenant) => `SELECT count(*)::int FROM sandbox WHERE tenant_id = ${tenant}`,
  endpoints: (tenant) => `SELECT count(*)::int FROM endpoint WHERE tenant_id = ${tenant}`,
  addresses: (tenant) => `SELECT count(*)::int FROM endpoint e JOIN address a ON a.endpoint_id = e.id WHERE e.tenant_id = ${tenant}`,
  publishedPorts: (tenant) => `SELECT coalesce(sum(count), 0)::int FROM port WHERE tenant_id = ${tenant}`,
  bandwidthMbps: (tenant) => `SELECT coalesce(sum(greatest(ingress_mbps, egress_mbps)), 0)::int FROM endpoint WHERE tenant_id = ${tenant}`,
};

const words: Record<QuotaKind, string> = {
  networks: 'networks',
  sandboxes: 'sandboxes',
  endpoints: 'endpoints',
  addresses: 'addresses',
  publishedPorts: 'published ports',
  bandwidthMbps: 'Mbit/s of bandwidth',
  probesPerMinute: 'probes a minute',
};

/** What is about to be written, and where the request asks for it. */
export interface Reservation {
  kind: Exclude<QuotaKind, 'probesPerMinute'>;
  count: number;
  pointer: string;
}

/**
 * Reserves what a transaction is about to write: until it commits, nobody else of the tenant writes what counts, so that a quota holds exactly whoever comes at
 * the same time. Throws NetyardError `quota-exceeded` that says what is used and what the limit is.
 */
export async function reserve(transaction: Transaction, tenantId: string, reservations: Reservation[]): Promise<void> {
  const limits = await holdLimits(transaction, tenantId);
  for (const { kind, count, pointer } of reservations) {
    const limit = limits[kind];
    if (limit === undefined || count <= 0) continue;
    const [row] = await transaction.query<{ used: number }>(`SELECT (${usageSql[kind]('$1')}) AS used`, [tenantId]);
    const used = row?.used ?? 0;
    if (used + count > limit) throw exceeded(kind, used, count, limit, pointer);
  }
}

/** Throws NetyardError unless bandwidth, where there is a quota of it, is asked for by a limit: what has none may use all that there is. */
export async function assertBounded(
  transaction: Transaction,
  tenantId: string,
  endpoints: { ingressMbps: number | null; egressMbps: number | null; pointer: string }[],
): Promise<void> {
  const { bandwidthMbps } = await holdLimits(transaction, tenantId);
  if (bandwidthMbps === undefined) return;
  const unbounded = endpoints.find(({ ingressMbps, egressMbps }) => ingressMbps === null || egressMbps === null);
  if (unbounded)
    throw fieldError(
      'quota-exceeded',
      `the tenant has a quota of ${bandwidthMbps} Mbit/s: an endpoint needs limits of what it receives and sends`,
      unbounded.pointer,
    );
}

/** Counts a probe. Throws NetyardError `rate-limited` when there were as many within the minute as the quota allows. */
export async function countProbe(transaction: Transaction, tenantId: string): Promise<void> {
  const { probesPerMinute: limit } = await holdLimits(transaction, tenantId);
  if (limit === undefined) return;
  const [row] = await transaction.query<{ probe_count: number; seconds_left: number }>(
    `UPDATE tenant_quota SET probe_count = CASE WHEN probe_minute = date_trunc('minute', now()) THEN probe_count + 1 ELSE 1 END, probe_minute = date_trunc('minute', now())
     WHERE tenant_id = $1 RETURNING probe_count, ceil(extract(epoch FROM date_trunc('minute', now()) + interval '1 minute' - now()))::int AS seconds_left`,
    [tenantId],
  );
  if (row && row.probe_count > limit)
    throw rateLimited(`the tenant has had ${limit} of the ${limit} probes that it may run in a minute`, {
      name: 'probes',
      quota: limit,
      windowSeconds: 60,
      resetSeconds: Math.max(1, row.seconds_left),
    });
}

async function holdLimits(transaction: Transaction, tenantId: string): Promise<Quotas> {
  const [row] = await transaction.query<{ limits: Quotas }>('SELECT limits FROM tenant_quota WHERE tenant_id = $1 FOR NO KEY UPDATE', [
    tenantId,
  ]);
  return row?.limits ?? {};
}

function exceeded(kind: QuotaKind, used: number, count: number, limit: number, pointer: string): NetyardError {
  return fieldError(
    'quota-exceeded',
    `the tenant has ${used} of the ${limit} ${words[kind]} that it may have, and this asks for ${count} more`,
    pointer,
  );
}
