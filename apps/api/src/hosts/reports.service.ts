import { type Condition, type EventReport, type HostReport, NetyardError, type ObjectReport, type ProbeReport } from '@netyard/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { takeLeases } from '../endpoints/leases';
import { idleConditions, mergeConditions, readyCondition } from '../objects/conditions';
import { notFound } from '../objects/object-row';
import { takeInquiries } from '../inquiries/inquiries.service';
import { finishPolicies, touchPolicies } from '../policies/policy-removal';
import { type RemovableEndpoint, Removals, takePortsOffHosts, touchEndpoints } from '../objects/removals';
import { announceKeysOf } from '../encryption/key-announcements';
import { takeKeys, useKnownKeys } from '../encryption/key-rotation';
import { hostsOf } from '../overlay/announce';
import { takePeers } from '../overlay/peer-reports';
import { leaveEmptyHosts } from '../overlay/tunnel-placement';
import { finishPorts } from '../ports/port-hosts';
import { settlePorts } from '../ports/settle-ports';
import { SandboxMoves } from '../sandboxes/sandbox-moves';
import { HostQueries } from './host.queries';
import { hostReportSchema } from './report-schema';

const validate = new Ajv2020({ strict: false, allErrors: false, formats: { uuid: true } }).compile<HostReport>(
  nullableTo2020(hostReportSchema),
);

/** OpenAPI's `nullable` as JSON Schema has it. */
function nullableTo2020(schema: object): object {
  return JSON.parse(JSON.stringify(schema), (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('nullable' in value)) return value;
    const { nullable: _nullable, ...rest } = value as { nullable: boolean; type?: string };
    return { ...rest, type: [rest.type, 'null'] };
  }) as object;
}

interface ReportedRow {
  id: string;
  tenant_id: string;
  name: string;
  generation: number;
  observed_generation: number;
  conditions: Condition[];
}

type EndpointRow = ReportedRow & RemovableEndpoint & { network_name: string; returns_to: string | null };

/** Takes in what workers say. One transaction and a few statements for a report of any length. */
@Injectable()
export class ReportsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(HostQueries) private readonly hosts: HostQueries,
    @Inject(Removals) private readonly removals: Removals,
    @Inject(SandboxMoves) private readonly moves: SandboxMoves,
  ) {}

  /** May be repeated. Throws NetyardError `invalid-request` for what is no report, `not-found` for an unknown host. */
  async take(ref: string, body: unknown): Promise<void> {
    if (!validate(body)) {
      const fields = (validate.errors ?? []).map(({ instancePath, message }) => ({
        pointer: instancePath,
        detail: message ?? 'is not valid',
      }));
      throw new NetyardError('invalid-request', fields.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; '), fields);
    }
    const moving = await this.database.inTransaction(
      async (transaction) => {
        const host = await this.hosts.rowByReference(ref, transaction);
        if (!host) throw notFound('host', ref);
        const ofKind = (kind: ObjectReport['kind']): ObjectReport[] => body.objects.filter((report) => report.kind === kind);
        await lockEndpoints(transaction, body.objects);
        const returning = await this.#takeEndpoints(transaction, host.id, ofKind('endpoint'));
        const arrived = await this.#takeSandboxes(transaction, host.id, ofKind('sandbox'));
        await this.#takeNetworks(transaction, host.id, ofKind('network'));
        await takeRouters(transaction, host.id, ofKind('router'));
        await takePeers(transaction, host.id, ofKind('peer'));
        await takeKeys(transaction, host.id, ofKind('key'));
        await takePorts(transaction, host.id, ofKind('port'));
        await takePolicies(transaction, host.id, ofKind('policy'));
        await takeProbes(transaction, host.id, body.probes);
        await takeInquiries(transaction, host.id, body.inquiries ?? []);
        await takeEvents(transaction, host, body.events);
        return [...new Set([...returning, ...arrived])];
      },
      { mayBeLost: true },
    );
    if (moving.length > 0) await this.moves.rejoin(moving);
  }

  /** Gives the sandboxes to which endpoints that have left now are to return. */
  async #takeEndpoints(transaction: Transaction, hostId: string, reports: ObjectReport[]): Promise<string[]> {
    if (reports.length === 0) return [];
    const rows = await transaction.query<EndpointRow>(
      'SELECT * FROM endpoint WHERE host_id = $1 AND id = ANY ($2::uuid[]) ORDER BY id FOR NO KEY UPDATE',
      [hostId, reports.map(({ id }) => id)],
    );
    const { gone, standing } = sortReports(rows, reports);
    await this.removals.purgeEndpoints(
      transaction,
      gone.filter((row) => row.deletion_requested_at !== null),
    );
    const left = gone.filter((row) => row.deletion_requested_at === null && row.sandbox_id === null);
    if (left.length > 0) {
      await this.removals.leaveHosts(transaction, left);
      const rowsLeft = left.map((row) => ({
        id: row.id,
        generation: row.generation,
        conditions: row.returns_to
          ? idleConditions('Moving', 'It joins its sandbox again on the other host.', row.generation)
          : idleConditions('NotJoined', 'It is joined to no sandbox.', row.generation),
      }));
      await transaction.query(
        `UPDATE endpoint e SET host_id = NULL, conditions = r.conditions, observed_generation = r.generation, resource_version = e.resource_version + 1
         FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, generation int, conditions jsonb) WHERE e.id = r.id`,
        [JSON.stringify(rowsLeft)],
      );
      await takePortsOffHosts(
        transaction,
        left.map(({ id }) => id),
      );
      for (const { id, name, tenant_id: tenantId } of left) transaction.announce(tenantId, 'endpoint', id, name);
      await this.#finishNetworksOf(transaction, left);
    }
    await writeConditions(transaction, 'endpoint', standing);
    const standingIds = new Set(standing.map(({ id }) => id));
    await takeLeases(
      transaction,
      reports.filter(({ id }) => standingIds.has(id.toLowerCase())),
    );
    return left.flatMap((row) => row.returns_to ?? []);
  }

  /** What leaves is no reason any more for a network that is to go to stay on the host. */
  async #finishNetworksOf(transaction: Transaction, rows: RemovableEndpoint[]): Promise<void> {
    const ids = [...new Set(rows.map((row) => row.network_id))];
    const going = await transaction.query<{ id: string }>(
      'SELECT id FROM network WHERE id = ANY ($1::uuid[]) AND deletion_requested_at IS NOT NULL',
      [ids],
    );
    await this.removals.finishNetworks(
      transaction,
      going.map(({ id }) => id),
    );
  }

  /** Gives those that are clean of their host, and move to another one. */
  async #takeSandboxes(transaction: Transaction, hostId: string, reports: ObjectReport[]): Promise<string[]> {
    if (reports.length === 0) return [];
    const rows = await transaction.query<ReportedRow & { deletion_requested_at: Date | null; next_host_id: string | null }>(
      'SELECT * FROM sandbox WHERE host_id = $1 AND id = ANY ($2::uuid[]) ORDER BY id FOR NO KEY UPDATE',
      [hostId, reports.map(({ id }) => id)],
    );
    const { gone, standing } = sortReports(rows, reports);
    const ids = gone.filter((row) => row.deletion_requested_at !== null).map(({ id }) => id);
    if (ids.length > 0) {
      await transaction.query('UPDATE sandbox SET gone = true, resource_version = resource_version + 1 WHERE id = ANY ($1::uuid[])', [ids]);
      await this.removals.finishSandboxes(transaction, ids);
    }
    await writeConditions(transaction, 'sandbox', standing);
    const moving = gone.filter((row) => row.next_host_id !== null).map(({ id }) => id);
    await this.moves.arrive(transaction, moving);
    return moving;
  }

  async #takeNetworks(transaction: Transaction, hostId: string, reports: ObjectReport[]): Promise<void> {
    if (reports.length === 0) return;
    const rows = await transaction.query<ReportedRow & { deletion_requested_at: Date | null }>(
      `SELECT n.id, n.tenant_id, n.name, n.generation, n.deletion_requested_at, nh.observed_generation, nh.conditions
       FROM network_host nh JOIN network n ON n.id = nh.network_id WHERE nh.host_id = $1 AND nh.network_id = ANY ($2::uuid[]) ORDER BY nh.network_id FOR NO KEY UPDATE OF nh`,
      [hostId, reports.map(({ id }) => id)],
    );
    const { gone, standing } = sortReports(rows, reports);
    const ids = gone.filter((row) => row.deletion_requested_at !== null).map(({ id }) => id);
    const changed = standing.filter(isNews);
    if (changed.length > 0) {
      await transaction.query(
        `UPDATE network_host nh SET conditions = r.conditions, observed_generation = r."observedGeneration" FROM jsonb_to_recordset($2::jsonb) AS r (id uuid, "observedGeneration" int, conditions jsonb)
         WHERE nh.host_id = $1 AND nh.network_id = r.id`,
        [hostId, JSON.stringify(changed)],
      );
    }
    if (ids.length > 0) {
      await announceKeysOf(transaction, ids, hostId);
      const others = await hostsOf(transaction, ids);
      await transaction.query('UPDATE network_host SET gone = true WHERE host_id = $1 AND network_id = ANY ($2::uuid[])', [hostId, ids]);
      await useKnownKeys(transaction, [...new Set([...others.values()].flat())]);
    }
    const touched = await transaction.query<{ id: string; name: string; tenant_id: string }>(
      `WITH locked AS MATERIALIZED (SELECT id FROM network WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE)
       UPDATE network n SET resource_version = n.resource_version + 1 FROM locked l WHERE n.id = l.id RETURNING n.id, n.name, n.tenant_id`,
      [[...ids, ...changed.map(({ id }) => id)]],
    );
    for (const { id, name, tenant_id: tenantId } of touched) transaction.announce(tenantId, 'network', id, name);
    for (const change of changed) noteFailure(transaction, 'network', change);
    await this.removals.finishNetworks(transaction, ids);
  }
}

/**
 * Locks all endpoints that a report says something of, by themselves, as peers, or by their ports: endpoints before everything else, and in one order, as hosts report of the same ones
 * at the same moment. Of two, the second has to see what the first said.
 */
async function lockEndpoints(transaction: Transaction, reports: ObjectReport[]): Promise<void> {
  const idsOf = (...kinds: ObjectReport['kind'][]): string[] => reports.flatMap(({ kind, id }) => (kinds.includes(kind) ? [id] : []));
  const [named, ports] = [idsOf('endpoint', 'peer'), idsOf('port')];
  if (named.length + ports.length === 0) return;
  await transaction.query(
    `SELECT FROM endpoint WHERE id IN (SELECT unnest($1::uuid[]) UNION SELECT endpoint_id FROM port WHERE id = ANY ($2::uuid[])) ORDER BY id FOR NO KEY UPDATE`,
    [named, ports],
  );
}

/** A row with the conditions that it is to have. */
interface Standing {
  id: string;
  name: string;
  tenantId: string;
  observedGeneration: number;
  conditions: Condition[];
  previous: Condition[];
}

/** Pairs reports with rows; those of a generation older than one heard of, or from the future, are dropped. */
function sortReports<Row extends ReportedRow>(rows: Row[], reports: ObjectReport[]): { gone: Row[]; standing: Standing[] } {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const gone: Row[] = [];
  const standing: Standing[] = [];
  for (const report of reports) {
    const row = byId.get(report.id.toLowerCase());
    if (!row || report.observedGeneration < row.observed_generation || report.observedGeneration > row.generation) continue;
    if (report.gone) {
      if (report.observedGeneration === row.generation) gone.push(row);
      continue;
    }
    const conditions = mergeConditions(row.conditions, report.conditions, report.observedGeneration);
    standing.push({
      id: row.id,
      name: row.name,
      tenantId: row.tenant_id,
      observedGeneration: report.observedGeneration,
      conditions,
      previous: row.conditions,
    });
  }
  return { gone, standing };
}

const isNews = ({ conditions, previous }: Standing): boolean => JSON.stringify(conditions) !== JSON.stringify(previous);

async function writeConditions(transaction: Transaction, kind: 'endpoint' | 'sandbox' | 'router', standing: Standing[]): Promise<void> {
  const changed = standing.filter(isNews);
  if (changed.length === 0) return;
  await transaction.query(
    `UPDATE ${kind} o SET conditions = r.conditions, observed_generation = r."observedGeneration", resource_version = o.resource_version + 1
     FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, "observedGeneration" int, conditions jsonb) WHERE o.id = r.id`,
    [JSON.stringify(changed.map(({ id, observedGeneration, conditions }) => ({ id, observedGeneration, conditions })))],
  );
  for (const change of changed) {
    transaction.announce(change.tenantId, kind, change.id, change.name);
    noteFailure(transaction, kind, change);
  }
}

function noteFailure(
  transaction: Transaction,
  kind: Exclude<ObjectReport['kind'], 'peer' | 'key'>,
  { id, name, tenantId, conditions, previous }: Standing,
): void {
  const ready = readyCondition(conditions);
  if (ready?.status !== 'False') return;
  const before = readyCondition(previous);
  if (before?.reason === ready.reason && before.message === ready.message) return;
  transaction.note({ tenantId, kind, id, name, type: 'Warning', reason: ready.reason || 'Failed', message: ready.message });
}

async function takeRouters(transaction: Transaction, hostId: string, reports: ObjectReport[]): Promise<void> {
  if (reports.length === 0) return;
  const rows = await transaction.query<ReportedRow & { deletion_requested_at: Date | null }>(
    'SELECT * FROM router WHERE host_id = $1 AND id = ANY ($2::uuid[]) ORDER BY id FOR UPDATE',
    [hostId, reports.map(({ id }) => id)],
  );
  const { gone, standing } = sortReports(rows, reports);
  const left = gone.filter((row) => row.deletion_requested_at !== null);
  await transaction.query('DELETE FROM router WHERE id = ANY ($1::uuid[])', [left.map(({ id }) => id)]);
  for (const { id, name, tenant_id: tenantId } of left) transaction.announce(tenantId, 'router', id, name);
  await writeConditions(transaction, 'router', standing);
}

async function takePolicies(transaction: Transaction, hostId: string, reports: ObjectReport[]): Promise<void> {
  if (reports.length === 0) return;
  const rows = await transaction.query<ReportedRow & { deletion_requested_at: Date | null }>(
    `SELECT p.id, p.tenant_id, p.name, p.generation, p.deletion_requested_at, ph.observed_generation, ph.conditions
     FROM policy_host ph JOIN policy p ON p.id = ph.policy_id WHERE ph.host_id = $1 AND ph.policy_id = ANY ($2::uuid[]) ORDER BY ph.policy_id FOR NO KEY UPDATE OF ph`,
    [hostId, reports.map(({ id }) => id)],
  );
  const { gone, standing } = sortReports(rows, reports);
  const ids = gone.filter((row) => row.deletion_requested_at !== null).map(({ id }) => id);
  if (ids.length > 0) await transaction.query('DELETE FROM policy_host WHERE host_id = $1 AND policy_id = ANY ($2::uuid[])', [hostId, ids]);
  const changed = standing.filter(isNews);
  if (changed.length > 0)
    await transaction.query(
      `UPDATE policy_host ph SET conditions = r.conditions, observed_generation = r."observedGeneration"
       FROM jsonb_to_recordset($2::jsonb) AS r (id uuid, "observedGeneration" int, conditions jsonb) WHERE ph.host_id = $1 AND ph.policy_id = r.id`,
      [hostId, JSON.stringify(changed)],
    );
  for (const change of changed) noteFailure(transaction, 'policy', change);
  await touchPolicies(transaction, [...ids, ...changed.map(({ id }) => id)]);
  await finishPolicies(transaction, ids);
}

async function takePorts(transaction: Transaction, hostId: string, reports: ObjectReport[]): Promise<void> {
  if (reports.length === 0) return;
  const rows = await transaction.query<ReportedRow & { endpoint_id: string; deletion_requested_at: Date | null; network_id: string }>(
    `SELECT p.id, p.tenant_id, p.name, p.generation, p.endpoint_id, p.deletion_requested_at, ph.observed_generation, ph.conditions, e.network_id
     FROM port_host ph JOIN port p ON p.id = ph.port_id JOIN endpoint e ON e.id = p.endpoint_id
     WHERE ph.host_id = $1 AND ph.port_id = ANY ($2::uuid[]) AND ph.refusal IS NULL ORDER BY p.id FOR NO KEY UPDATE OF p`,
    [hostId, reports.map(({ id }) => id)],
  );
  const { gone, standing } = sortReports(rows, reports);
  const closed = gone.filter((row) => row.deletion_requested_at !== null);
  await closePorts(transaction, hostId, closed);
  const changed = standing.filter(isNews);
  if (changed.length > 0)
    await transaction.query(
      `UPDATE port_host ph SET conditions = r.conditions, observed_generation = r."observedGeneration"
       FROM jsonb_to_recordset($2::jsonb) AS r (id uuid, "observedGeneration" int, conditions jsonb) WHERE ph.host_id = $1 AND ph.port_id = r.id`,
      [hostId, JSON.stringify(changed.map(({ id, observedGeneration, conditions }) => ({ id, observedGeneration, conditions })))],
    );
  await settlePorts(
    transaction,
    changed.map(({ id }) => id),
  );
}

/** A host has closed ports that are to go: they do, when it was the last. */
async function closePorts(
  transaction: Transaction,
  hostId: string,
  closed: { id: string; name: string; tenant_id: string; endpoint_id: string; network_id: string }[],
): Promise<void> {
  if (closed.length === 0) return;
  const ids = closed.map(({ id }) => id);
  await transaction.query('DELETE FROM port_host WHERE host_id = $1 AND port_id = ANY ($2::uuid[])', [hostId, ids]);
  await finishPorts(transaction, ids);
  for (const { id, name, tenant_id: tenantId } of closed) transaction.announce(tenantId, 'port', id, name);
  await leaveEmptyHosts(
    transaction,
    closed.map((row) => ({ networkId: row.network_id, hostId })),
  );
  await touchEndpoints(transaction, [...new Set(closed.map((row) => row.endpoint_id))]);
}

async function takeProbes(transaction: Transaction, hostId: string, reports: ProbeReport[]): Promise<void> {
  if (reports.length === 0) return;
  const now = new Date().toISOString();
  const items = reports.map(({ id, result, error }) => ({
    id,
    result,
    error,
    conditions: [
      {
        type: 'Ready',
        status: result ? 'True' : 'False',
        reason: result ? 'Finished' : 'Failed',
        message: error ?? '',
        lastTransitionTime: now,
        observedGeneration: 1,
      },
    ],
  }));
  const finished = await transaction.query<{ id: string; name: string; tenant_id: string }>(
    `UPDATE probe p SET result = nullif(r.result, 'null'::jsonb), error = r.error, conditions = r.conditions, finished_at = now(), resource_version = p.resource_version + 1
     FROM jsonb_to_recordset($2::jsonb) AS r (id uuid, result jsonb, error text, conditions jsonb) WHERE p.id = r.id AND p.host_id = $1 AND p.finished_at IS NULL RETURNING p.id, p.name, p.tenant_id`,
    [hostId, JSON.stringify(items)],
  );
  for (const { id, name, tenant_id: tenantId } of finished) transaction.announce(tenantId, 'probe', id, name);
}

async function takeEvents(transaction: Transaction, host: { id: string; name: string }, events: EventReport[]): Promise<void> {
  if (events.length === 0) return;
  const ids = [...new Set(events.map(({ id }) => id))];
  const rows = await transaction.query<{ id: string; name: string; tenant_id: string }>(
    // Of what is on the host, and no more: a host has nothing to say of others.
    `SELECT n.id, n.name, n.tenant_id FROM network n JOIN network_host nh ON nh.network_id = n.id AND nh.host_id = $2 WHERE n.id = ANY ($1::uuid[])
     UNION ALL SELECT p.id, p.name, p.tenant_id FROM policy p JOIN policy_host ph ON ph.policy_id = p.id AND ph.host_id = $2 WHERE p.id = ANY ($1::uuid[])
     UNION ALL SELECT id, name, tenant_id FROM sandbox WHERE id = ANY ($1::uuid[]) AND host_id = $2 UNION ALL SELECT id, name, tenant_id FROM endpoint WHERE id = ANY ($1::uuid[]) AND host_id = $2
     UNION ALL SELECT id, name, tenant_id FROM probe WHERE id = ANY ($1::uuid[]) AND host_id = $2 UNION ALL SELECT id, name, tenant_id FROM router WHERE id = ANY ($1::uuid[]) AND host_id = $2
     UNION ALL SELECT p.id, p.name, p.tenant_id FROM port p JOIN port_host ph ON ph.port_id = p.id AND ph.host_id = $2 WHERE p.id = ANY ($1::uuid[])`,
    [ids, host.id],
  );
  const known = new Map(rows.map((row) => [row.id, row]));
  for (const { kind, id, type, reason, message } of events) {
    const object = known.get(id);
    // What the API knows no more, an orphan say, is told of the host.
    if (object) transaction.note({ tenantId: object.tenant_id, kind, id, name: object.name, type, reason, message, hostId: host.id });
    else transaction.note({ tenantId: null, kind: 'host', id: host.id, name: host.name, type, reason, message, hostId: host.id });
  }
}
