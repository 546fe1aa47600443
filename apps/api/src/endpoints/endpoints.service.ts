import { isDeepStrictEqual } from 'node:util';
import { type DriverName, NetyardError } from '@netyard/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import type { ObjectWatch } from '../feed/feed-hub';
import { Answer } from '../http/answer';
import type { BulkDeleteDto, BulkDeleteResultDto } from '../http/bulk.dto';
import type { DeleteQuery } from '../http/delete.dto';
import type { RequestContext } from '../http/request-context';
import { isReadyAt } from '../objects/conditions';
import { selectForDeletion } from '../objects/deletion-selection';
import {
  assertStaying,
  assertVersion,
  bulkPointer,
  findByReference,
  mergeLabels,
  notFound,
  type ObjectRow,
  singlePointer,
  splitReferences,
  unknownReference,
} from '../objects/object-row';
import { PortPlacement } from '../ports/port-placement';
import { type RemovableEndpoint, Removals } from '../objects/removals';
import { Settling, type Settled } from '../objects/settling';
import type {
  CreateEndpointDto,
  EndpointDto,
  EndpointListDto,
  EndpointListQuery,
  EndpointPageDto,
  JoinEndpointDto,
  PatchEndpointDto,
} from './endpoint.dto';
import { announceEndpoints } from '../overlay/announce';
import { EndpointQueries } from './endpoint.queries';
import { describeDriver } from '../drivers/driver-options';
import { assertNotLimited, EndpointCreation } from './endpoint-creation';
import { assertBounded, reserve } from '../tenants/quotas';
import { Joins, type JoiningEndpoint } from './joins';
import { assertTakingEndpoints, lockSandboxes } from './placement';

interface EndpointRow extends ObjectRow, RemovableEndpoint, JoiningEndpoint {
  id: string;
  tenant_id: string;
  name: string;
  generation: number;
  sandbox_id: string | null;
  host_id: string | null;
  network_id: string;
  is_peer: boolean;
  deletion_requested_at: Date | null;
  gateway_priority: number;
  aliases: string[];
  ingress_mbps: number | null;
  egress_mbps: number | null;
  spoofing_guard: boolean;
}

@Injectable()
export class EndpointsService {
  readonly #look: Settled<EndpointDto>;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(EndpointQueries) private readonly queries: EndpointQueries,
    @Inject(EndpointCreation) private readonly creation: EndpointCreation,
    @Inject(Joins) private readonly joins: Joins,
    @Inject(Removals) private readonly removals: Removals,
    @Inject(PortPlacement) private readonly ports: PortPlacement,
    @Inject(Settling) private readonly settling: Settling,
  ) {
    this.#look = {
      load: (ids) => this.queries.byIds(ids),
      idOf: ({ metadata }) => metadata.id,
      isSettled: ({ metadata, spec, status }) =>
        metadata.deletionRequestedAt === null &&
        (spec.sandbox === null ? status.host === null : isReadyAt(status.conditions, metadata.generation)),
    };
  }

  list({ tenantId }: RequestContext, query: EndpointListQuery): Promise<EndpointPageDto> {
    return this.queries.list(tenantId, query);
  }

  async get({ tenantId }: RequestContext, ref: string): Promise<EndpointDto> {
    const endpoint = await this.queries.byReference(tenantId, ref);
    if (!endpoint) throw notFound('endpoint', ref);
    return endpoint;
  }

  async create(context: RequestContext, dto: CreateEndpointDto): Promise<Answer<EndpointDto>> {
    return this.settling.watching(async (watch) => {
      const ids = await this.creation.create(context, [dto], singlePointer, watch);
      const [endpoint] = await this.settling.settle(watch, ids, context.waitSeconds, this.#look);
      return new Answer(201, endpoint, Settling.applied(context));
    });
  }

  async preview(context: RequestContext, dto: CreateEndpointDto): Promise<EndpointDto> {
    const endpoint = await this.creation.preview(context, dto);
    if (!endpoint) throw new Error('an endpoint was made that cannot be read');
    return endpoint;
  }

  async createMany(context: RequestContext, dtos: CreateEndpointDto[]): Promise<Answer<EndpointListDto>> {
    return this.settling.watching(async (watch) => {
      const ids = await this.creation.create(context, dtos, bulkPointer, watch);
      const endpoints = await this.settling.settle(watch, ids, context.waitSeconds, this.#look);
      return new Answer(201, { items: endpoints.filter((endpoint) => endpoint !== undefined) }, Settling.applied(context));
    });
  }

  patch(context: RequestContext, ref: string, { metadata, spec }: PatchEndpointDto): Promise<Answer<EndpointDto>> {
    return this.#change(context, ref, async (transaction, row, watch) => {
      watch.add(row.id);
      if (spec?.limits) await this.#assertLimitable(transaction, row, spec);
      if (spec?.limits) await reserveBandwidth(transaction, row, spec.limits);
      const present = [row.labels, row.gateway_priority, row.aliases, row.ingress_mbps, row.egress_mbps, row.spoofing_guard];
      const wanted = [
        mergeLabels(row.labels, metadata?.labels),
        spec?.gatewayPriority ?? row.gateway_priority,
        spec?.aliases ?? row.aliases,
        spec?.limits?.ingressMbps === undefined ? row.ingress_mbps : spec.limits.ingressMbps,
        spec?.limits?.egressMbps === undefined ? row.egress_mbps : spec.limits.egressMbps,
        spec?.spoofingGuard ?? row.spoofing_guard,
      ];
      // Policies select by labels: hosts have to know them as well.
      const isNewSpec = !isDeepStrictEqual(wanted, present);
      await transaction.query(
        `UPDATE endpoint SET labels = $2, gateway_priority = $3, aliases = $4, ingress_mbps = $5, egress_mbps = $6, spoofing_guard = $7,
           generation = generation + $8, resource_version = resource_version + 1 WHERE id = $1`,
        [row.id, ...wanted, isNewSpec ? 1 : 0],
      );
      if (isNewSpec) await announceEndpoints(transaction, [row]);
    });
  }

  join(context: RequestContext, ref: string, { sandbox: sandboxRef }: JoinEndpointDto): Promise<Answer<EndpointDto>> {
    return this.ports.explaining('/sandbox', () =>
      this.#change(context, ref, (transaction, row, watch) => {
        watch.addPending(row.id);
        return this.#join(transaction, context, row, sandboxRef);
      }),
    );
  }

  leave(context: RequestContext, ref: string): Promise<Answer<EndpointDto>> {
    return this.#change(context, ref, async (transaction, row, watch) => {
      watch.addPending(row.id);
      if (row.sandbox_id === null && row.returns_to === null)
        throw new NetyardError('not-joined', `endpoint ${row.name} is joined to no sandbox`);
      await this.joins.leave(transaction, row);
    });
  }

  async remove(context: RequestContext, ref: string, { force = false }: DeleteQuery): Promise<Answer<EndpointDto>> {
    return this.settling.watching(async (watch) => {
      const id = await this.database.inTransaction(async (transaction) => {
        const row = await this.#lock(transaction, context, ref);
        if (!force) assertStaying('endpoint', row);
        if (force || row.host_id === null) watch.add(row.id);
        else watch.addPending(row.id);
        await this.removals.removeEndpoints(transaction, [row], { force });
        return row.id;
      });
      const [endpoint] = await this.settling.settle(watch, [id], context.waitSeconds, this.#look);
      return Settling.removed(context, endpoint);
    });
  }

  async removeMany(context: RequestContext, request: BulkDeleteDto): Promise<Answer<BulkDeleteResultDto>> {
    return this.settling.watching(async (watch) => {
      const ids = await this.database.inTransaction(async (transaction) => {
        const rows = await selectForDeletion<EndpointRow>(transaction, 'endpoint', context.tenantId, request);
        if (request.dryRun) return rows.map(({ id }) => id);
        for (const row of rows) assertStaying('endpoint', row);
        for (const { id, host_id: hostId } of rows)
          if (hostId === null) watch.add(id);
          else watch.addPending(id);
        await this.removals.removeEndpoints(transaction, rows, { force: false });
        return rows.map(({ id }) => id);
      });
      if (request.dryRun) return new Answer(200, { count: ids.length, pending: [] });
      const left = await this.settling.settle(watch, ids, context.waitSeconds, this.#look);
      return new Answer(
        200,
        { count: ids.length, pending: left.flatMap((endpoint) => endpoint?.metadata.id ?? []) },
        Settling.applied(context),
      );
    });
  }

  /** Changes one endpoint and answers with what became of it. */
  async #change(
    context: RequestContext,
    ref: string,
    change: (transaction: Transaction, row: EndpointRow, watch: ObjectWatch) => Promise<void>,
  ): Promise<Answer<EndpointDto>> {
    return this.settling.watching(async (watch) => {
      const id = await this.database.inTransaction(async (transaction) => {
        const row = await this.#lock(transaction, context, ref);
        assertStaying('endpoint', row);
        await change(transaction, row, watch);
        transaction.announce(context.tenantId, 'endpoint', row.id, row.name);
        return row.id;
      });
      const [endpoint] = await this.settling.settle(watch, [id], context.waitSeconds, this.#look);
      if (!endpoint) throw notFound('endpoint', ref);
      return new Answer(200, endpoint, Settling.applied(context));
    });
  }

  async #assertLimitable(transaction: Transaction, row: EndpointRow, spec: NonNullable<PatchEndpointDto['spec']>): Promise<void> {
    const [network] = await transaction.query<{ name: string; driver: DriverName }>('SELECT name, driver FROM network WHERE id = $1', [
      row.network_id,
    ]);
    if (network && !describeDriver(network.driver).passesHost) assertNotLimited(network, spec, (path) => path);
  }

  async #join(transaction: Transaction, { tenantId }: RequestContext, row: EndpointRow, sandboxRef: string): Promise<void> {
    if (row.sandbox_id !== null) {
      const [joined] = await transaction.query<{ name: string }>('SELECT name FROM sandbox WHERE id = $1', [row.sandbox_id]);
      throw new NetyardError('already-joined', `endpoint ${row.name} is joined to sandbox ${joined?.name}: it must leave first`);
    }
    const sandbox = findByReference(await lockSandboxes(transaction, tenantId, [sandboxRef]), sandboxRef);
    if (!sandbox) throw unknownReference('sandbox', sandboxRef, '/sandbox');
    await assertTakingEndpoints(transaction, tenantId, [sandbox], () => '/sandbox');
    await this.joins.join(transaction, row, sandbox, '/sandbox');
  }

  async #lock(transaction: Transaction, context: RequestContext, ref: string): Promise<EndpointRow> {
    const { names, ids } = splitReferences([ref]);
    const rows = await transaction.query<EndpointRow>(
      'SELECT * FROM endpoint WHERE tenant_id = $1 AND (name = ANY ($2) OR id = ANY ($3::uuid[])) FOR UPDATE',
      [context.tenantId, names, ids],
    );
    const row = findByReference(rows, ref);
    if (!row) throw notFound('endpoint', ref);
    assertVersion(context, 'endpoint', row);
    return row;
  }
}

/** What other limits ask for beyond the present ones. */
async function reserveBandwidth(
  transaction: Transaction,
  row: EndpointRow,
  limits: { ingressMbps?: number | null; egressMbps?: number | null },
): Promise<void> {
  const ingressMbps = limits.ingressMbps === undefined ? row.ingress_mbps : limits.ingressMbps;
  const egressMbps = limits.egressMbps === undefined ? row.egress_mbps : limits.egressMbps;
  const pointer = '/spec/limits';
  const more = Math.max(ingressMbps ?? 0, egressMbps ?? 0) - Math.max(row.ingress_mbps ?? 0, row.egress_mbps ?? 0);
  await reserve(transaction, row.tenant_id, [{ kind: 'bandwidthMbps', count: more, pointer }]);
  await assertBounded(transaction, row.tenant_id, [{ ingressMbps, egressMbps, pointer }]);
}
