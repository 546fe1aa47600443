import type { Condition } from '@netyard/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../config';
import { Database } from '../database/database';
import { databaseFault } from '../database/database-fault';
import type { Transaction } from '../database/transaction';
import { describeDriver } from '../drivers/driver-options';
import type { ObjectWatch } from '../feed/feed-hub';
import { Answer } from '../http/answer';
import type { DeleteQuery } from '../http/delete.dto';
import type { RequestContext } from '../http/request-context';
import { isReadyAt } from '../objects/conditions';
import {
  assertStaying,
  assertVersion,
  bulkPointer,
  findByReference,
  mergeLabels,
  newMetadata,
  notFound,
  type ObjectRow,
  type PointerTo,
  singlePointer,
  splitReferences,
} from '../objects/object-row';
import { touchEndpoints } from '../objects/removals';
import { announcePeers } from '../overlay/announce';
import { nameTaken } from '../objects/name-taken';
import { reserve } from '../tenants/quotas';
import { Settling, type Settled } from '../objects/settling';
import { publishEverywhere } from './everywhere';
import { areFree, chooseHostPort, placesOf } from './host-ports';
import { announcePorts, closeElsewhere, closeOnSilentHosts, placeOnOwnHosts } from './port-hosts';
import type { AllPortsQuery, CreatePortDto, PatchPortDto, PortDto, PortListDto, PortListQuery, PortPageDto } from './port.dto';
import { PortQueries } from './port.queries';
import { assertPortFree, portsCollide } from './port-in-use';
import { assertPublishable, initialConditions, lockOwner, type PortOwner } from './port-owner';
import { changePort, parsePort, type PortWish } from './port-wish';
import { settlePorts } from './settle-ports';

interface PortRow extends ObjectRow {
  endpoint_id: string;
  host_id: string | null;
  protocol: PortWish['protocol'];
  port: number;
  count: number;
  requested_host_port: number | null;
  host_port: number | null;
  host_address_text: string;
  publish: PortWish['publish'];
  allowed_sources: string[];
  service: string | null;
}

interface NewPort {
  id: string;
  name: string;
  labels: Record<string, string>;
  wish: PortWish;
  pointer(path: string): string;
}

/** Automatic ports are tried again when somebody else was faster. */
const attempts = 5;

@Injectable()
export class PortsService {
  readonly #look: Settled<PortDto>;

  constructor(
    @Inject(Config) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(PortQueries) private readonly queries: PortQueries,
    @Inject(Settling) private readonly settling: Settling,
  ) {
    this.#look = {
      load: (ids) => this.queries.byIds(ids),
      idOf: ({ metadata }) => metadata.id,
      isSettled: ({ metadata, status }) =>
        metadata.deletionRequestedAt === null && (status.host === null || isReadyAt(status.conditions, metadata.generation)),
    };
  }

  list({ tenantId }: RequestContext, query: AllPortsQuery): Promise<PortPageDto> {
    return this.queries.list(tenantId, query);
  }

  async listOf(context: RequestContext, endpointRef: string, query: PortListQuery): Promise<PortPageDto> {
    return this.queries.list(context.tenantId, { ...query, endpoint: [(await this.#endpointId(context, endpointRef)).id] });
  }

  async get(context: RequestContext, endpointRef: string, ref: string): Promise<PortDto> {
    const port = await this.queries.byReference((await this.#endpointId(context, endpointRef)).id, ref);
    if (!port) throw notFound('port', ref);
    return port;
  }

  async create(context: RequestContext, endpointRef: string, dto: CreatePortDto): Promise<Answer<PortDto>> {
    const [port] = await this.#create(context, endpointRef, [dto], singlePointer);
    return new Answer(201, port, Settling.applied(context));
  }

  async createMany(context: RequestContext, endpointRef: string, dtos: CreatePortDto[]): Promise<Answer<PortListDto>> {
    return new Answer(201, { items: await this.#create(context, endpointRef, dtos, bulkPointer) }, Settling.applied(context));
  }

  async patch(context: RequestContext, endpointRef: string, ref: string, dto: PatchPortDto): Promise<Answer<PortDto>> {
    const [port] = await this.settling.watching((watch) =>
      this.#retrying([], async () => {
        const id = await this.database.inTransaction(async (transaction) => {
          const owner = await lockOwner(transaction, context.tenantId, endpointRef);
          const row = await this.#lock(transaction, context, owner, ref);
          watch.add(row.id);
          await this.#change(transaction, context, owner, row, dto);
          return row.id;
        });
        return this.settling.settle(watch, [id], context.waitSeconds, this.#look);
      }),
    );
    return new Answer(200, port, Settling.applied(context));
  }

  async remove(context: RequestContext, endpointRef: string, ref: string, { force = false }: DeleteQuery): Promise<Answer<PortDto>> {
    const [port] = await this.settling.watching(async (watch) => {
      const id = await this.database.inTransaction(async (transaction) => {
        const owner = await lockOwner(transaction, context.tenantId, endpointRef);
        const row = await this.#lock(transaction, context, owner, ref, force);
        watch.add(row.id);
        await announcePorts(transaction, [row.id]);
        if (force || row.host_id === null) {
          await closeElsewhere(transaction, [row.id]);
          await transaction.query('DELETE FROM port WHERE id = $1', [row.id]);
        } else {
          await closeOnSilentHosts(transaction, [row.id]);
          await transaction.query(
            'UPDATE port SET deletion_requested_at = now(), generation = generation + 1, resource_version = resource_version + 1 WHERE id = $1',
            [row.id],
          );
        }
        await touchEndpoints(transaction, [owner.id]);
        if (describeDriver(owner.driver).connectivityScope === 'global') await announcePeers(transaction, [owner.id]);
        this.#note(transaction, context, row, 'Deleting', `port ${row.name} of endpoint ${owner.name} is being closed`);
        return row.id;
      });
      return this.settling.settle(watch, [id], context.waitSeconds, this.#look);
    });
    return Settling.removed(context, port);
  }

  async #create(context: RequestContext, endpointRef: string, dtos: CreatePortDto[], pointerTo: PointerTo): Promise<PortDto[]> {
    const ports = dtos.map((dto, index): NewPort => {
      const pointer = (path: string): string => pointerTo(index, path);
      return { ...newMetadata('port', dto.metadata), wish: parsePort(dto, this.config.portAddress, pointer), pointer };
    });
    return this.settling.watching(async (watch) => {
      let endpointId = '';
      const write = (): Promise<void> =>
        this.database.inTransaction(async (transaction) => {
          const owner = await lockOwner(transaction, context.tenantId, endpointRef);
          endpointId = owner.id;
          for (const { wish, pointer } of ports) assertPublishable(owner, wish, pointer);
          const count = ports.reduce((sum, { wish }) => sum + wish.count, 0);
          await reserve(transaction, context.tenantId, [{ kind: 'publishedPorts', count, pointer: '' }]);
          await this.#insert(transaction, context, owner, ports, watch);
        });
      await this.#retrying(ports, write, () => endpointId);
      const ids = ports.map(({ id }) => id);
      const made = await this.settling.settle(watch, ids, context.waitSeconds, this.#look);
      return made.filter((port) => port !== undefined);
    });
  }

  async #insert(transaction: Transaction, context: RequestContext, owner: PortOwner, ports: NewPort[], watch: ObjectWatch): Promise<void> {
    const rows: (PortWish & {
      id: string;
      hostPort: number | null;
      name: string;
      labels: Record<string, string>;
      conditions: Condition[];
    })[] = [];
    for (const { id, name, labels, wish, pointer } of ports) {
      watch.add(id);
      await assertFree(transaction, context, owner, wish, pointer);
      rows.push({
        id,
        name,
        labels,
        ...wish,
        hostPort: await this.#hostPort(transaction, owner, wish, rows),
        conditions: initialConditions(owner),
      });
    }
    await transaction.query(
      `INSERT INTO port (id, tenant_id, name, labels, endpoint_id, host_id, protocol, port, count, requested_host_port, host_port, host_address, publish, allowed_sources, service, conditions)
       SELECT p.id, $2, p.name, p.labels, $3, $4, p.protocol, p.port, p.count, p."requestedHostPort", p."hostPort", p."hostAddress"::inet, p.publish, p."allowedSources", p.service, p.conditions
       FROM jsonb_to_recordset($1::jsonb) AS p (id uuid, name text, labels jsonb, protocol text, port int, count int, "requestedHostPort" int, "hostPort" int, "hostAddress" text,
         publish text, "allowedSources" text[], service text, conditions jsonb)`,
      [JSON.stringify(rows), context.tenantId, owner.id, owner.host_id],
    );
    const ids = rows.map(({ id }) => id);
    const wide = rows.filter(({ publish }) => publish === 'everywhere').map(({ id }) => id);
    await placeOnOwnHosts(transaction, ids);
    if (wide.length > 0) await publishEverywhere(transaction, wide, { mustBeFree: true });
    await announcePorts(transaction, ids);
    await touchEndpoints(transaction, [owner.id]);
    if (describeDriver(owner.driver).connectivityScope === 'global') await announcePeers(transaction, [owner.id]);
    for (const { id, name, wish } of ports)
      this.#note(
        transaction,
        context,
        { id, name },
        'Created',
        `${wish.protocol} port ${wish.port} of endpoint ${owner.name} is to be published`,
      );
  }

  /** The one that was asked for, or a free one where the endpoint is joined; those of the same request count as taken. */
  async #hostPort(
    transaction: Transaction,
    owner: PortOwner,
    { protocol, hostAddress, count, requestedHostPort, publish }: PortWish,
    others: { hostPort: number | null; count: number }[],
  ): Promise<number | null> {
    if (owner.host_id === null || owner.host_name === null) return null;
    if (requestedHostPort !== null) return requestedHostPort;
    const places = await placesOf(transaction, { publish, tenantId: owner.tenant_id }, { id: owner.host_id, name: owner.host_name });
    const placement = { ...places, protocol, hostAddress, count };
    for (;;) {
      const chosen = await chooseHostPort(transaction, placement, this.config.portRange);
      const clashes = others.some(
        (other) => other.hostPort !== null && other.hostPort < chosen + count && chosen < other.hostPort + other.count,
      );
      if (!clashes) return chosen;
    }
  }

  async #change(transaction: Transaction, context: RequestContext, owner: PortOwner, row: PortRow, dto: PatchPortDto): Promise<void> {
    const present = wishOf(row);
    const wish = changePort(present, dto);
    assertPublishable(owner, wish, (path) => path);
    const isNewSpec = JSON.stringify(wish) !== JSON.stringify(present);
    const becomesWide = wish.publish === 'everywhere' && present.publish === 'host';
    const keepsPort =
      wish.requestedHostPort === present.requestedHostPort &&
      wish.hostAddress === present.hostAddress &&
      !(becomesWide && wish.requestedHostPort === null && (await isTakenElsewhere(transaction, context, wish, row)));
    if (!keepsPort || becomesWide) await assertFree(transaction, context, owner, wish, (path) => path, row.id);
    const hostPort = keepsPort ? row.host_port : await this.#hostPort(transaction, owner, wish, []);
    if (wish.publish === 'host' && present.publish === 'everywhere') await closeElsewhere(transaction, [row.id]);
    await transaction.query(
      `UPDATE port SET labels = $2, requested_host_port = $3, host_port = $4, host_address = $5, publish = $6, allowed_sources = $7, service = $8,
         generation = generation + $9, resource_version = resource_version + 1 WHERE id = $1`,
      [
        row.id,
        mergeLabels(row.labels, dto.metadata?.labels),
        wish.requestedHostPort,
        hostPort,
        wish.hostAddress,
        wish.publish,
        wish.allowedSources,
        wish.service,
        isNewSpec ? 1 : 0,
      ],
    );
    if (wish.publish === 'everywhere') await publishEverywhere(transaction, [row.id], { mustBeFree: becomesWide || !keepsPort });
    if (isNewSpec) {
      await announcePorts(transaction, [row.id]);
      await settlePorts(transaction, [row.id]);
    } else transaction.announce(context.tenantId, 'port', row.id, row.name);
    await touchEndpoints(transaction, [owner.id]);
    if (describeDriver(owner.driver).connectivityScope === 'global') await announcePeers(transaction, [owner.id]);
  }

  /** Runs it anew when a port was taken by somebody else meanwhile. */
  async #retrying<T>(ports: NewPort[], work: () => Promise<T>, endpointId?: () => string): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        const { constraint } = databaseFault(error);
        // Automatic ones are chosen anew then, and of others it is found who has them.
        if (constraint === 'port_in_use' && attempt < attempts) continue;
        if (constraint === 'port_in_use') throw portsCollide(ports[0]?.pointer('/hostPort') ?? '/hostPort');
        if (constraint !== 'port_name_key' || endpointId === undefined) throw error;
        throw await nameTaken(this.database, 'port', endpointId(), ports);
      }
    }
  }

  async #endpointId({ tenantId }: RequestContext, ref: string): Promise<{ id: string; name: string }> {
    const { names, ids } = splitReferences([ref]);
    const rows = await this.database.query<{ id: string; name: string }>(
      'SELECT id, name FROM endpoint WHERE tenant_id = $1 AND (name = ANY ($2) OR id = ANY ($3::uuid[]))',
      [tenantId, names, ids],
    );
    const row = findByReference(rows, ref);
    if (!row) throw notFound('endpoint', ref);
    return row;
  }

  async #lock(transaction: Transaction, context: RequestContext, owner: PortOwner, ref: string, mayBeGoing = false): Promise<PortRow> {
    const { names, ids } = splitReferences([ref]);
    const rows = await transaction.query<PortRow>(
      'SELECT *, host(host_address) AS host_address_text FROM port WHERE endpoint_id = $1 AND (name = ANY ($2) OR id = ANY ($3::uuid[])) FOR UPDATE',
      [owner.id, names, ids],
    );
    const row = findByReference(rows, ref);
    if (!row) throw notFound('port', ref);
    assertVersion(context, 'port', row);
    if (!mayBeGoing) assertStaying('port', row);
    return row;
  }

  #note(
    transaction: Transaction,
    { tenantId }: RequestContext,
    { id, name }: { id: string; name: string },
    reason: string,
    message: string,
  ): void {
    transaction.note({ tenantId, kind: 'port', id, name, type: 'Normal', reason, message });
  }
}

/** Throws NetyardError when the port of the host that is asked for is somebody's. */
async function assertFree(
  transaction: Transaction,
  { tenantId }: RequestContext,
  { host_id: hostId, host_name: hostName }: PortOwner,
  { protocol, hostAddress, count, requestedHostPort, publish }: PortWish,
  pointer: (path: string) => string,
  portId?: string,
): Promise<void> {
  if (requestedHostPort === null || hostId === null || hostName === null) return;
  const places = await placesOf(transaction, { publish, tenantId }, { id: hostId, name: hostName });
  const placement = { ...places, protocol, hostAddress, count };
  await assertPortFree(transaction, placement, requestedHostPort, { tenantId, portId, pointer: pointer('/hostPort') });
}

/** Whether another host, that is to publish the port too, has it taken. */
async function isTakenElsewhere(
  transaction: Transaction,
  { tenantId }: RequestContext,
  { protocol, hostAddress, count }: PortWish,
  { host_id: hostId, host_port: hostPort }: PortRow,
): Promise<boolean> {
  if (hostId === null || hostPort === null) return false;
  const { hostIds } = await placesOf(transaction, { publish: 'everywhere', tenantId }, { id: hostId, name: '' });
  const placement = { hostIds: hostIds.filter((id) => id !== hostId), where: '', protocol, hostAddress, count };
  return !(await areFree(transaction, placement, hostPort));
}

const wishOf = (row: PortRow): PortWish => ({
  protocol: row.protocol,
  port: row.port,
  count: row.count,
  requestedHostPort: row.requested_host_port,
  hostAddress: row.host_address_text,
  publish: row.publish,
  allowedSources: row.allowed_sources,
  service: row.service,
});
