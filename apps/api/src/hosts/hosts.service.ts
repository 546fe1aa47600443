import { NetyardError } from '@netyard/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import { acrossTenants, asSeenBy } from '../database/scope';
import type { Transaction } from '../database/transaction';
import { Answer } from '../http/answer';
import type { DeleteQuery } from '../http/delete.dto';
import type { ListQuery } from '../http/list.dto';
import type { RequestContext } from '../http/request-context';
import { assertVersion, findByReference, mergeLabels, notFound, splitReferences, unknownReference } from '../objects/object-row';
import { type RemovableEndpoint, type RemovableNetwork, type RemovableSandbox, Removals, takePortsOffHosts } from '../objects/removals';
import { Settling, type Settled } from '../objects/settling';
import { takeOffHosts, type TakenOff } from '../overlay/tunnel-placement';
import { forgetRouters } from '../routers/router-placement';
import { closeOnHost } from '../ports/port-hosts';
import { settlePorts } from '../ports/settle-ports';
import { SandboxMoves } from '../sandboxes/sandbox-moves';
import type { PlacedObjectDto, PlacedPageDto, PlacedQuery } from './enrolment.dto';
import type { HostDto, HostPageDto, PatchHostDto } from './host.dto';
import { HostQueries, type HostRow } from './host.queries';
import { announceHost } from './host-visibility';

const isRotated = ({ status }: HostDto): boolean => status.keys.every(({ rotation }) => rotation === null);

@Injectable()
export class HostsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(HostQueries) private readonly queries: HostQueries,
    @Inject(Removals) private readonly removals: Removals,
    @Inject(SandboxMoves) private readonly moves: SandboxMoves,
    @Inject(Settling) private readonly settling: Settling,
  ) {}

  list(context: RequestContext, query: ListQuery): Promise<HostPageDto> {
    return asSeenBy(context, () => this.queries.seenBy(context).list(query));
  }

  async get(context: RequestContext, ref: string): Promise<HostDto> {
    const host = await asSeenBy(context, () => this.queries.seenBy(context).byReference(ref));
    if (!host) throw notFound('host', ref);
    return host;
  }

  async patch(context: RequestContext, ref: string, { metadata, spec }: PatchHostDto): Promise<Answer<HostDto>> {
    return acrossTenants(async () => {
      const id = await this.database.inTransaction(async (transaction) => {
        const row = await this.#lock(transaction, context, ref);
        await transaction.query('UPDATE host SET labels = $2, is_drained = $3, resource_version = resource_version + 1 WHERE id = $1', [
          row.id,
          mergeLabels(row.labels, metadata?.labels),
          spec?.drained ?? row.is_drained,
        ]);
        // Those for whom it is there no more are told as well, that it is gone.
        if (spec?.tenants) await announceHost(transaction, row);
        if (spec?.tenants) await limit(transaction, row.id, spec.tenants);
        await announceHost(transaction, row);
        return row.id;
      });
      const [host] = await this.queries.seenBy(context).byIds([id]);
      if (!host) throw notFound('host', ref);
      return new Answer(200, host);
    });
  }

  /**
   * Asks for other keys of the host's encrypted tunnels. Its worker makes them, and uses them when every host that has to know them does. May be repeated: what is under way is waited for.
   * Throws NetyardError `host-unfit` for a host without keys.
   */
  async rotateKeys(context: RequestContext, ref: string): Promise<Answer<HostDto>> {
    const hosts = this.queries.seenBy(context);
    return acrossTenants(() =>
      this.settling.watching(async (watch) => {
        const id = await this.database.inTransaction(async (transaction) => {
          const row = await this.#lock(transaction, context, ref);
          watch.add(row.id);
          await askForKeys(transaction, row);
          return row.id;
        });
        const whenRotated: Settled<HostDto> = {
          load: (ids) => hosts.byIds(ids),
          idOf: ({ metadata }) => metadata.id,
          isSettled: isRotated,
        };
        const [host] = await this.settling.settle(watch, [id], context.waitSeconds, whenRotated);
        if (!host) throw notFound('host', ref);
        return new Answer(isRotated(host) ? 200 : 202, host, Settling.applied(context));
      }),
    );
  }

  /** What of whom is on a host, by id. */
  async placed(ref: string, { limit = 100, cursor }: PlacedQuery): Promise<PlacedPageDto> {
    return acrossTenants(async () => {
      const host = await this.queries.rowByReference(ref);
      if (!host) throw notFound('host', ref);
      const rows = await this.database.query<PlacedObjectDto & Record<string, unknown>>(placedSql, [host.id, cursor ?? null, limit + 1]);
      const items = rows.slice(0, limit);
      return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    });
  }

  /** Forgets a host. With `force` everything on it goes too, and networks that are confined to it. */
  async remove(context: RequestContext, ref: string, { force = false }: DeleteQuery): Promise<Answer<never>> {
    await acrossTenants(async () => {
      await this.database.inTransaction((transaction) => this.#remove(transaction, context, ref, force));
      if (force) await this.moves.rejoin(null);
    });
    return Answer.gone();
  }

  async #remove(transaction: Transaction, context: RequestContext, ref: string, force: boolean): Promise<void> {
    const row = await this.#lock(transaction, context, ref);
    if (!force) await assertEmpty(transaction, row);
    await this.#clear(transaction, row);
    await announceHost(transaction, row);
    await transaction.query('DELETE FROM host WHERE id = $1', [row.id]);
    // Whoever has its credential is nobody any more.
    await transaction.query('DELETE FROM host_credential WHERE host_name = $1', [row.name]);
    await transaction.query('DELETE FROM stream WHERE id = $1', [row.id]);
    await transaction.query('DELETE FROM feed WHERE stream_id = $1', [row.id]);
    transaction.note({
      tenantId: null,
      kind: 'host',
      id: row.id,
      name: row.name,
      type: 'Normal',
      reason: 'Deleted',
      message: `host ${row.name} was deleted`,
    });
  }

  async #clear(transaction: Transaction, { id }: HostRow): Promise<void> {
    // What was to come here goes back to where it was.
    await transaction.query('UPDATE sandbox SET next_host_id = host_id WHERE next_host_id = $1 AND host_id <> $1', [id]);
    const sandboxes = await transaction.query<RemovableSandbox>(
      'SELECT * FROM sandbox WHERE host_id = $1 AND coalesce(next_host_id = $1, true) ORDER BY id FOR UPDATE',
      [id],
    );
    await this.removals.removeSandboxes(transaction, sandboxes, { force: true });
    const left = await transaction.query<RemovableEndpoint>('SELECT * FROM endpoint WHERE host_id = $1 ORDER BY id FOR UPDATE', [id]);
    const [leaving, deleting] = [
      left.filter((endpoint) => endpoint.deletion_requested_at === null),
      left.filter((endpoint) => endpoint.deletion_requested_at !== null),
    ];
    await this.removals.purgeEndpoints(transaction, deleting);
    await this.removals.leaveHosts(transaction, leaving);
    await transaction.query('UPDATE endpoint SET host_id = NULL, resource_version = resource_version + 1 WHERE id = ANY ($1::uuid[])', [
      leaving.map((endpoint) => endpoint.id),
    ]);
    await takePortsOffHosts(
      transaction,
      leaving.map((endpoint) => endpoint.id),
    );
    for (const endpoint of leaving) transaction.announce(endpoint.tenant_id, 'endpoint', endpoint.id, endpoint.name);
    await settlePorts(transaction, await closeOnHost(transaction, id));
    const networks = await transaction.query<RemovableNetwork>('SELECT * FROM network WHERE host_id = $1 ORDER BY id FOR UPDATE', [id]);
    await this.removals.removeNetworks(transaction, networks, { cascade: true, force: true });
    const placed = await transaction.query<TakenOff>(
      'SELECT nh.id, nh.network_id, nh.host_id, n.name, n.tenant_id FROM network_host nh JOIN network n ON n.id = nh.network_id WHERE nh.host_id = $1',
      [id],
    );
    await takeOffHosts(transaction, placed);
    await this.removals.finishNetworks(
      transaction,
      placed.map((row) => row.network_id),
    );
    await forgetRouters(transaction, 'host_id', id);
    await transaction.query('DELETE FROM probe WHERE host_id = $1', [id]);
    // Nothing is left here of what moves elsewhere.
    const moving = await transaction.query<{ id: string }>('SELECT id FROM sandbox WHERE host_id = $1 ORDER BY id FOR UPDATE', [id]);
    await this.moves.arrive(
      transaction,
      moving.map((sandbox) => sandbox.id),
    );
  }

  async #lock(transaction: Transaction, context: RequestContext, ref: string): Promise<HostRow> {
    const row = await this.queries.rowByReference(ref, transaction, true);
    if (!row) throw notFound('host', ref);
    assertVersion(context, 'host', row);
    return row;
  }
}

async function askForKeys(transaction: Transaction, row: HostRow): Promise<void> {
  const keys = await transaction.query<{ id: string }>(`SELECT id FROM host_key WHERE host_id = $1 AND state = 'current'`, [row.id]);
  if (keys.length === 0)
    throw new NetyardError('host-unfit', `host ${row.name} has no keys: it needs wireguard in the kernel, and an address on the underlay`);
  await transaction.query('UPDATE host SET keys_stale_at = clock_timestamp(), resource_version = resource_version + 1 WHERE id = $1', [
    row.id,
  ]);
  for (const { id } of keys) transaction.announce(row.id, 'key', id, row.name);
  await announceHost(transaction, row);
}

const placedSql = `
  SELECT t.name AS tenant, p.kind, p.id, p.name FROM (
    SELECT 'network' AS kind, n.id, n.name, n.tenant_id FROM network_host nh JOIN network n ON n.id = nh.network_id WHERE nh.host_id = $1 AND (nh.endpoints > 0 OR n.host_id = $1)
    UNION ALL SELECT 'sandbox', id, name, tenant_id FROM sandbox WHERE host_id = $1 OR next_host_id = $1
    UNION ALL SELECT 'endpoint', id, name, tenant_id FROM endpoint WHERE host_id = $1
    UNION ALL SELECT 'port', o.id, o.name, o.tenant_id FROM port_host ph JOIN port o ON o.id = ph.port_id WHERE ph.host_id = $1 AND ph.refusal IS NULL
  ) p JOIN tenant t ON t.id = p.tenant_id WHERE $2::uuid IS NULL OR p.id > $2 ORDER BY p.id LIMIT $3`;

/** Says for which tenants a host is there. Throws NetyardError that names one that there is not. */
async function limit(transaction: Transaction, hostId: string, refs: string[]): Promise<void> {
  const { names, ids } = splitReferences(refs);
  const tenants = await transaction.query<{ id: string; name: string }>(
    'SELECT id, name FROM tenant WHERE name = ANY ($1) OR id = ANY ($2::uuid[])',
    [names, ids],
  );
  const chosen = refs.map((ref, index) => {
    const tenant = findByReference(tenants, ref);
    if (!tenant) throw unknownReference('tenant', ref, `/spec/tenants/${index}`);
    return tenant.id;
  });
  await transaction.query('DELETE FROM host_tenant WHERE host_id = $1', [hostId]);
  await transaction.query('INSERT INTO host_tenant (host_id, tenant_id) SELECT DISTINCT $1::uuid, unnest($2::uuid[])', [hostId, chosen]);
}

/** A network that is left without an endpoint there is nothing that would be missed. */
async function assertEmpty(transaction: Transaction, { id, name }: HostRow): Promise<void> {
  const found = await transaction.query<{ what: string }>(
    `(SELECT 'sandbox ' || name AS what FROM sandbox WHERE host_id = $1 OR next_host_id = $1 LIMIT 10)
     UNION ALL (SELECT 'endpoint ' || name FROM endpoint WHERE host_id = $1 LIMIT 10)
     UNION ALL (SELECT 'network ' || n.name FROM network n WHERE NOT n.is_default AND (n.host_id = $1 OR EXISTS (
       SELECT FROM network_host nh WHERE nh.network_id = n.id AND nh.host_id = $1 AND nh.endpoints > 0
     )) LIMIT 10)`,
    [id],
  );
  if (found.length > 0)
    throw new NetyardError(
      'in-use',
      `host ${name} has ${found
        .map(({ what }) => what)
        .slice(0, 10)
        .join(', ')}; delete them first, or ask for force=true if the host is lost`,
    );
}
