import type { NetyardError } from '@netyard/contracts';
import { Mac } from '@netyard/inet';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import { databaseFault } from '../database/database-fault';
import { acrossTenants } from '../database/scope';
import type { Transaction } from '../database/transaction';
import type { ObjectWatch } from '../feed/feed-hub';
import type { RequestContext } from '../http/request-context';
import { idleConditions, pendingConditions } from '../objects/conditions';
import {
  assertStaying,
  fieldError,
  findByReference,
  newMetadata,
  type PointerTo,
  singlePointer,
  unknownReference,
} from '../objects/object-row';
import { nameTaken } from '../objects/name-taken';
import { describeDriver } from '../drivers/driver-options';
import { assertBounded, reserve } from '../tenants/quotas';
import { announceEndpoints } from '../overlay/announce';
import { chooseAddresses, type ChosenAddresses } from './address-choice';
import type { CreateEndpointDto, EndpointDto } from './endpoint.dto';
import { EndpointQueries } from './endpoint.queries';
import {
  assertJoinable,
  chooseInterfaceName,
  findNetwork,
  holdNetworks,
  type JoinableNetwork,
  type JoinableSandbox,
  lockSandboxes,
  type Neighbour,
  assertTakingEndpoints,
  placeOnHosts,
} from './placement';

/** An endpoint with what it connects. */
interface PlannedEndpoint {
  id: string;
  name: string;
  labels: Record<string, string>;
  dto: CreateEndpointDto;
  network: JoinableNetwork;
  sandbox: JoinableSandbox | undefined;
  interfaceName: string | null;
  pointer(path: string): string;
}

const macAttempts = 3;

/** Makes endpoints, and joins those that name a sandbox: any number of them in one transaction and a few statements. */
@Injectable()
export class EndpointCreation {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(EndpointQueries) private readonly queries: EndpointQueries,
  ) {}

  /** Gives the ids, in the order of the bodies. `watch` is told them before they can change. */
  create(context: RequestContext, dtos: CreateEndpointDto[], pointerTo: PointerTo, watch: ObjectWatch): Promise<string[]> {
    return this.#withFreeMacs(context, async (planned, randomMacs) => {
      await this.database.inTransaction(async (transaction) => {
        planned.splice(0, planned.length, ...(await plan(transaction, context, dtos, pointerTo)));
        for (const { id, sandbox } of planned)
          if (sandbox) watch.addPending(id);
          else watch.add(id);
        await make(transaction, context, planned, randomMacs);
      });
      return planned.map(({ id }) => id);
    });
  }

  /** The endpoint that creating it would give now, with every choice made; it is refused as creating it would be. Nothing is kept. */
  preview(context: RequestContext, dto: CreateEndpointDto): Promise<EndpointDto | undefined> {
    return this.#withFreeMacs(context, (planned, randomMacs) =>
      this.database.rehearse(async (transaction) => {
        planned.splice(0, planned.length, ...(await plan(transaction, context, [dto], singlePointer)));
        await make(transaction, context, planned, randomMacs);
        const [endpoint] = await this.queries.byIds(
          planned.map(({ id }) => id),
          transaction,
        );
        return endpoint;
      }),
    );
  }

  /** Runs what makes endpoints, again with random MAC addresses where those that follow from their addresses are taken. It leaves in `planned` what it was about to make. */
  async #withFreeMacs<Result>(
    { tenantId }: RequestContext,
    run: (planned: PlannedEndpoint[], randomMacs: boolean) => Promise<Result>,
  ): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      const planned: PlannedEndpoint[] = [];
      try {
        return await run(planned, attempt > 1);
      } catch (error) {
        const { constraint } = databaseFault(error);
        if (constraint === 'endpoint_name_key') throw await nameTaken(this.database, 'endpoint', tenantId, planned);
        if (constraint !== 'endpoint_mac_key') throw error;
        const inUse = await this.#macInUse(planned);
        // The MAC that follows from an address is another endpoint's, which asked for it: take random ones.
        if (inUse || attempt === macAttempts) throw inUse ?? error;
      }
    }
  }

  /** Says whose MAC address an endpoint asks for; of another tenant's endpoint only that it is so. Undefined when nobody has one that was asked for. */
  async #macInUse(planned: PlannedEndpoint[]): Promise<NetyardError | undefined> {
    const asked = planned.flatMap(({ dto, network, pointer }) => {
      const mac = dto.spec.macAddress && Mac.parse(dto.spec.macAddress)?.toString();
      return mac ? [{ mac, network, pointer: pointer('/spec/macAddress') }] : [];
    });
    const taken = await acrossTenants(() =>
      this.database.query<{ network_id: string; mac: string }>(
        'SELECT network_id, mac_address::text AS mac FROM endpoint WHERE network_id = ANY ($1::uuid[]) AND mac_address = ANY ($2::macaddr[])',
        [asked.map(({ network }) => network.id), asked.map(({ mac }) => mac)],
      ),
    );
    const culprit =
      asked.find(({ mac, network }) => taken.some((row) => row.mac === mac && row.network_id === network.id)) ??
      asked.find((one, index) => asked.findIndex(({ mac, network }) => mac === one.mac && network.id === one.network.id) < index);
    if (!culprit) return undefined;
    const { mac, network, pointer } = culprit;
    const [holder] = await this.database.query<{ name: string }>(
      'SELECT name FROM endpoint WHERE network_id = $1 AND mac_address = $2::macaddr',
      [network.id, mac],
    );
    const whose = holder ? `endpoint ${holder.name}` : 'another endpoint';
    return fieldError('mac-in-use', `${mac} is the MAC address of ${whose} on network ${network.name}`, pointer);
  }
}

async function plan(
  transaction: Transaction,
  { tenantId }: RequestContext,
  dtos: CreateEndpointDto[],
  pointerTo: PointerTo,
): Promise<PlannedEndpoint[]> {
  const sandboxes = await lockSandboxes(transaction, tenantId, [...new Set(dtos.flatMap(({ spec }) => spec.sandbox ?? []))]);
  const networkRefs = [...new Set(dtos.flatMap(({ spec }) => spec.network ?? []))];
  const needsDefault = dtos.some(({ spec }) => spec.network === undefined);
  const inSandbox = new Map<string, Neighbour[]>(sandboxes.map(({ id }) => [id, []]));
  const { networks, neighbours } = await holdNetworks(transaction, tenantId, {
    refs: networkRefs,
    defaultHostIds: needsDefault ? sandboxes.map((sandbox) => sandbox.host_id) : [],
    sandboxIds: [...inSandbox.keys()],
  });
  await assertTakingEndpoints(transaction, tenantId, sandboxes, (host) =>
    pointerTo(
      dtos.findIndex(({ spec }) => spec.sandbox != null && findByReference(sandboxes, spec.sandbox)?.host_name === host),
      '/spec/sandbox',
    ),
  );
  for (const neighbour of neighbours) inSandbox.get(neighbour.sandbox_id)?.push(neighbour);
  return dtos.map((dto, index) => {
    const pointer = (path: string): string => pointerTo(index, path);
    const { spec } = dto;
    const sandbox = spec.sandbox == null ? undefined : findByReference(sandboxes, spec.sandbox);
    if (spec.sandbox != null && !sandbox) throw unknownReference('sandbox', spec.sandbox, pointer('/spec/sandbox'));
    if (spec.network === undefined && !sandbox)
      throw fieldError('invalid-value', 'an endpoint that joins no sandbox must name its network', pointer('/spec/network'));
    const network = findNetwork(networks, spec.network, sandbox?.host_id);
    if (!network) throw unknownReference('network', spec.network ?? `default of host ${sandbox?.host_name}`, pointer('/spec/network'));
    assertStaying('network', network, pointer('/spec/network'));
    const planned: PlannedEndpoint = { ...newMetadata('endpoint', dto.metadata), dto, network, sandbox, interfaceName: null, pointer };
    if (sandbox) {
      const others = inSandbox.get(sandbox.id) ?? [];
      assertJoinable(network, sandbox, others, pointer('/spec/sandbox'));
      planned.interfaceName = chooseInterfaceName(network, spec.interfaceName ?? null, others, pointer('/spec/interfaceName'));
      others.push({
        sandbox_id: sandbox.id,
        name: planned.name,
        network_name: network.name,
        driver: network.driver,
        interface_name: planned.interfaceName,
      });
    }
    if (!describeDriver(network.driver).passesHost) assertNotLimited(network, spec, pointer);
    if (spec.interfaceName === 'lo')
      throw fieldError('invalid-value', 'lo is the loopback interface of every sandbox', pointer('/spec/interfaceName'));
    return planned;
  });
}

async function make(transaction: Transaction, context: RequestContext, planned: PlannedEndpoint[], randomMacs: boolean): Promise<void> {
  await reserveAll(transaction, context.tenantId, planned);
  // Addresses, policies and the count of a network that is shared are its own tenant's.
  if (planned.some(({ network }) => network.tenant_id !== context.tenantId)) await transaction.leaveTenant();
  await write(transaction, context, planned, randomMacs);
}

/** What the endpoints count for towards the tenant's quotas. */
async function reserveAll(transaction: Transaction, tenantId: string, planned: PlannedEndpoint[]): Promise<void> {
  const bounds = planned.map(({ network, dto: { spec }, pointer }) => ({
    isBoundable: describeDriver(network.driver).passesHost,
    ingressMbps: spec.limits?.ingressMbps ?? null,
    egressMbps: spec.limits?.egressMbps ?? null,
    pointer: pointer('/spec/limits'),
  }));
  const addresses = planned.reduce((sum, { network }) => sum + network.subnets.length, 0);
  const mbps = bounds.reduce((sum, { ingressMbps, egressMbps }) => sum + Math.max(ingressMbps ?? 0, egressMbps ?? 0), 0);
  await reserve(transaction, tenantId, [
    { kind: 'endpoints', count: planned.length, pointer: '' },
    { kind: 'addresses', count: addresses, pointer: planned[0]?.pointer('/spec/network') ?? '' },
    { kind: 'bandwidthMbps', count: mbps, pointer: bounds[0]?.pointer ?? '' },
  ]);
  await assertBounded(
    transaction,
    tenantId,
    bounds.filter(({ isBoundable }) => isBoundable),
  );
}

async function write(
  transaction: Transaction,
  { tenantId }: RequestContext,
  planned: PlannedEndpoint[],
  randomMacs: boolean,
): Promise<void> {
  const chosen = await chooseAddresses(
    transaction,
    planned.map(({ network, dto: { spec }, pointer }) => ({ network, spec, pointer })),
    randomMacs,
  );
  await placeOnHosts(
    transaction,
    planned.flatMap(({ network, sandbox, pointer }) =>
      sandbox
        ? [{ network, viewerId: tenantId, hostId: sandbox.host_id, hostName: sandbox.host_name, pointer: pointer('/spec/network') }]
        : [],
    ),
  );
  await insert(transaction, tenantId, planned, chosen);
  await announceEndpoints(
    transaction,
    planned.map(({ id, name, network, sandbox }) => ({
      id,
      name,
      network_id: network.id,
      host_id: sandbox?.host_id ?? null,
      is_peer: describeDriver(network.driver).connectivityScope === 'global',
    })),
  );
  for (const { id, name, network, sandbox } of planned) {
    if (sandbox) transaction.announce(tenantId, 'sandbox', sandbox.id, sandbox.name);
    transaction.announce(network.tenant_id, 'network', network.id, network.name);
    transaction.announce(tenantId, 'endpoint', id, name);
    const joined = sandbox ? `, joined to sandbox ${sandbox.name}` : '';
    transaction.note({
      tenantId,
      kind: 'endpoint',
      id,
      name,
      type: 'Normal',
      reason: 'Created',
      message: `endpoint ${name} of network ${network.name} was created${joined}`,
    });
  }
}

/** Throws NetyardError when limits are asked for where traffic passes nothing of the host that could hold to them. */
export function assertNotLimited(
  network: Pick<JoinableNetwork, 'name' | 'driver'>,
  { limits }: { limits?: { ingressMbps?: number | null; egressMbps?: number | null } },
  pointer: (path: string) => string,
): void {
  if (limits?.ingressMbps != null || limits?.egressMbps != null)
    throw fieldError(
      'invalid-value',
      `endpoints of network ${network.name} (driver ${network.driver}) have no limits: their traffic passes no bridge of the host`,
      pointer('/spec/limits'),
    );
}

async function insert(transaction: Transaction, tenantId: string, planned: PlannedEndpoint[], chosen: ChosenAddresses[]): Promise<void> {
  const rows = planned.map(({ id, name, labels, dto: { spec }, network, sandbox, interfaceName }, index) => ({
    id,
    name,
    labels,
    networkId: network.id,
    sandboxId: sandbox?.id ?? null,
    hostId: sandbox?.host_id ?? null,
    requestedAddresses: spec.addresses ?? [],
    requestedMac: chosen[index]?.requestedMac ?? null,
    requestedInterface: spec.interfaceName ?? null,
    macAddress: chosen[index]?.macAddress ?? null,
    interfaceName,
    gatewayPriority: spec.gatewayPriority ?? 0,
    aliases: spec.aliases ?? [],
    ingressMbps: spec.limits?.ingressMbps ?? null,
    egressMbps: spec.limits?.egressMbps ?? null,
    spoofingGuard: spec.spoofingGuard ?? true,
    isPeer: describeDriver(network.driver).connectivityScope === 'global',
    conditions: sandbox
      ? pendingConditions(`host ${sandbox.host_name} has not reported yet`)
      : idleConditions('NotJoined', 'It is joined to no sandbox.', 1),
    addresses: chosen[index]?.addresses ?? [],
  }));
  await transaction.query(
    `WITH item AS (
      SELECT * FROM jsonb_to_recordset($1::jsonb) AS e (id uuid, name text, labels jsonb, "networkId" uuid, "sandboxId" uuid, "hostId" uuid, "requestedAddresses" jsonb, "requestedMac" macaddr,
        "requestedInterface" text, "macAddress" macaddr, "interfaceName" text, "gatewayPriority" int, aliases text[], "ingressMbps" int, "egressMbps" int,
        "spoofingGuard" boolean, "isPeer" boolean, conditions jsonb, addresses jsonb)
    ), made AS (
      INSERT INTO endpoint (id, tenant_id, name, labels, network_id, sandbox_id, host_id, requested_addresses, requested_mac_address, requested_interface_name, mac_address, interface_name, gateway_priority, aliases,
        ingress_mbps, egress_mbps, spoofing_guard, is_peer, conditions, joined_at)
      SELECT id, $2, name, labels, "networkId", "sandboxId", "hostId", "requestedAddresses", "requestedMac", "requestedInterface", "macAddress", "interfaceName", "gatewayPriority", aliases,
        "ingressMbps", "egressMbps", "spoofingGuard", "isPeer", conditions,
        CASE WHEN "sandboxId" IS NOT NULL THEN clock_timestamp() END
      FROM item
    ), given AS (
      INSERT INTO address (subnet_id, address, endpoint_id)
      SELECT (a ->> 'subnetId')::uuid, (a ->> 'address')::inet, item.id FROM item, jsonb_array_elements(item.addresses) AS a
      RETURNING subnet_id
    ), counted AS (
      UPDATE network n SET endpoint_count = n.endpoint_count + c.count, resource_version = n.resource_version + 1
      FROM (SELECT "networkId", count(*)::int AS count FROM item GROUP BY 1 ORDER BY 1) c WHERE n.id = c."networkId"
    ), joined AS (
      UPDATE sandbox SET resource_version = resource_version + 1 WHERE id IN (SELECT "sandboxId" FROM item)
    )
    UPDATE subnet s SET addresses_in_use = s.addresses_in_use + c.count FROM (SELECT subnet_id, count(*)::int AS count FROM given GROUP BY subnet_id ORDER BY subnet_id) c WHERE s.id = c.subnet_id`,
    [JSON.stringify(rows), tenantId],
  );
}
