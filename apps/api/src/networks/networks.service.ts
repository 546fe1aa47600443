import { isDeepStrictEqual } from 'node:util';
import { type DnsSettings, type DriverName, type DriverOptions, NetyardError, noDnsSettings } from '@netyard/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { assertDriverGranted, assertParentGranted, assertTunnelPortGranted } from '../access/grants';
import { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { mergeDnsSettings } from '../dns/dns-settings.dto';
import { assertMutable, describeDriver, parseOptions } from '../drivers/driver-options';
import { Answer } from '../http/answer';
import type { BulkDeleteDto, BulkDeleteResultDto } from '../http/bulk.dto';
import type { CascadeQuery } from '../http/delete.dto';
import type { RequestContext } from '../http/request-context';
import { assertTaking, findHosts } from '../hosts/host-visibility';
import { selectForDeletion } from '../objects/deletion-selection';
import { Removals } from '../objects/removals';
import {
  assertStaying,
  assertVersion,
  bulkPointer,
  fieldError,
  findByReference,
  mergeLabels,
  newMetadata,
  notFound,
  type ObjectRow,
  type PointerTo,
  singlePointer,
  splitReferences,
  unknownReference,
} from '../objects/object-row';
import { Settling, whenReady, type Settled } from '../objects/settling';
import { reserve } from '../tenants/quotas';
import { assertTunnelsCarry } from '../overlay/tunnel-placement';
import { chooseVni } from '../overlay/vni';
import { assertDhcp, givesAddresses, hasGateways } from './addressing';
import type { CreateNetworkDto, NetworkDto, NetworkListDto, NetworkListQuery, NetworkPageDto, PatchNetworkDto } from './network.dto';
import { assertNoRouteClash, assertNoUnderlayClash, explainFault } from './network-clashes';
import { NetworkQueries } from './network.queries';
import type { NewNetwork } from './new-network';
import { notManaged } from './shared-networks';
import { assertNoUplinkClash, bringRouters } from './routed-networks';
import { isRouted } from '../routers/router-placement';
import { assertWire, onWire } from './wire-parent';
import { insertSubnets, type NewSubnet, SubnetChoice, type SubnetWish } from './subnet-choice';

interface NetworkRow extends ObjectRow {
  driver: DriverName;
  options: DriverOptions;
  is_default: boolean;
  domain: string | null;
  dns: DnsSettings;
}

@Injectable()
export class NetworksService {
  readonly #look: Settled<NetworkDto>;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(NetworkQueries) private readonly queries: NetworkQueries,
    @Inject(SubnetChoice) private readonly subnets: SubnetChoice,
    @Inject(Removals) private readonly removals: Removals,
    @Inject(Settling) private readonly settling: Settling,
  ) {
    this.#look = whenReady(queries);
  }

  list({ tenantId }: RequestContext, query: NetworkListQuery): Promise<NetworkPageDto> {
    return this.queries.list(tenantId, query);
  }

  async get({ tenantId }: RequestContext, ref: string): Promise<NetworkDto> {
    const network = await this.queries.byReference(tenantId, ref);
    if (!network) throw notFound('network', ref);
    return network;
  }

  async create(context: RequestContext, dto: CreateNetworkDto): Promise<Answer<NetworkDto>> {
    const [network] = await this.#create(context, [dto], singlePointer);
    return new Answer(201, network, Settling.applied(context));
  }

  async createMany(context: RequestContext, dtos: CreateNetworkDto[]): Promise<Answer<NetworkListDto>> {
    return new Answer(201, { items: await this.#create(context, dtos, bulkPointer) }, Settling.applied(context));
  }

  async patch(context: RequestContext, ref: string, { metadata, spec }: PatchNetworkDto): Promise<Answer<NetworkDto>> {
    const [network] = await this.settling.watching(async (watch) => {
      const id = await this.database.inTransaction(async (transaction) => {
        const row = await this.#lock(transaction, context, ref);
        assertStaying('network', row);
        if (spec?.options) assertMutable(row.driver, row.options, spec.options, '/spec/options');
        const options = spec?.options && parseOptions(row.driver, { ...row.options, ...spec.options }, '/spec/options');
        if (options && row.driver === 'overlay') await assertTunnelsCarry(transaction, { id: row.id, name: row.name, options });
        if (options?.['isolateEndpoints'] === true) await assertNotPublishedEverywhere(transaction, row);
        if (!describeDriver(row.driver).hasSubnets) assertNoNames(row.driver, spec ?? {}, (path) => path);
        const wanted = {
          options: options ?? row.options,
          domain: spec?.domain === undefined ? row.domain : spec.domain,
          dns: mergeDnsSettings(row.dns, spec?.dns ?? {}, '/spec/dns'),
        };
        const isNewSpec = !isDeepStrictEqual(wanted, { options: row.options, domain: row.domain, dns: row.dns });
        watch.add(row.id);
        await transaction.query(
          `UPDATE network SET labels = $2, options = $3, domain = $4, dns = $5, generation = generation + $6, resource_version = resource_version + 1 WHERE id = $1`,
          [row.id, mergeLabels(row.labels, metadata?.labels), wanted.options, wanted.domain, wanted.dns, isNewSpec ? 1 : 0],
        );
        if (isNewSpec) await this.removals.announceNetworkToHosts(transaction, row);
        transaction.announce(context.tenantId, 'network', row.id, row.name);
        return row.id;
      });
      return this.settling.settle(watch, [id], context.waitSeconds, this.#look);
    });
    return new Answer(200, network, Settling.applied(context));
  }

  async remove(context: RequestContext, ref: string, { cascade = false, force = false }: CascadeQuery): Promise<Answer<NetworkDto>> {
    const [network] = await this.settling.watching(async (watch) => {
      const id = await this.database.inTransaction(async (transaction) => {
        const row = await this.#lock(transaction, context, ref);
        this.#assertDeletable(row, force);
        watch.add(row.id);
        await this.removals.removeNetworks(transaction, [row], { cascade, force });
        return row.id;
      });
      return this.settling.settle(watch, [id], context.waitSeconds, this.#look);
    });
    return Settling.removed(context, network);
  }

  async removeMany(context: RequestContext, request: BulkDeleteDto): Promise<Answer<BulkDeleteResultDto>> {
    return this.settling.watching(async (watch) => {
      const ids = await this.database.inTransaction(async (transaction) => {
        const rows = await selectForDeletion<NetworkRow>(transaction, 'network', context.tenantId, request);
        if (request.dryRun) return rows.map(({ id }) => id);
        for (const row of rows) this.#assertDeletable(row, false);
        watch.add(...rows.map(({ id }) => id));
        await this.removals.removeNetworks(transaction, rows, { cascade: false, force: false });
        return rows.map(({ id }) => id);
      });
      if (request.dryRun) return new Answer(200, { count: ids.length, pending: [] });
      const left = await this.settling.settle(watch, ids, context.waitSeconds, this.#look);
      return new Answer(
        200,
        { count: ids.length, pending: left.flatMap((network) => network?.metadata.id ?? []) },
        Settling.applied(context),
      );
    });
  }

  /** Writes networks with all that belongs to them; also used for the default network of a new host. */
  async insert(
    transaction: Transaction,
    { tenantId, tenantName, addressSpaceId }: Pick<RequestContext, 'tenantId' | 'tenantName' | 'addressSpaceId'>,
    networks: NewNetwork[],
  ): Promise<void> {
    const wishes = networks
      .filter(({ dto, options }) => givesAddresses({ driver: dto.spec.driver, options }))
      .map((network) => {
        const wish: SubnetWish = {
          networkId: network.id,
          networkName: network.name,
          spec: network.dto.spec,
          hasGateways: hasGateways({ driver: network.dto.spec.driver, options: network.options }),
          isRouted: isRouted(network.dto.spec.driver, tenantName),
          hostId: network.hostId,
          pointer: network.pointer,
        };
        return { wish, given: this.subnets.plan(wish) };
      });
    const vnis = new Map<string, number>();
    for (const { id, dto, options } of networks)
      if (dto.spec.driver === 'overlay') vnis.set(id, Number(options['vni'] ?? (await chooseVni(transaction))));
    const drawn = await this.subnets.draw(transaction, addressSpaceId, wishes);
    const subnets = [...wishes.flatMap(({ given }) => given), ...drawn];
    await transaction.query(
      `WITH made AS (
       INSERT INTO network (id, tenant_id, name, labels, driver, options, internal, ipv6, host_id, is_default, domain, dns, vni)
       SELECT n.id, $2, n.name, n.labels, n.driver, n.options, n.internal, n.ipv6, n."hostId", n."isDefault", n.domain, n.dns, n.vni
       FROM jsonb_to_recordset($1::jsonb) AS n (id uuid, name text, labels jsonb, driver text, options jsonb, internal boolean, ipv6 boolean, "hostId" uuid, "isDefault" boolean, domain text, dns jsonb, vni int)
       RETURNING id, tenant_id
     ) INSERT INTO network_use (network_id, tenant_id, owner_id) SELECT id, tenant_id, tenant_id FROM made`,
      [
        JSON.stringify(
          networks.map(({ id, name, labels, dto: { spec }, options, dns, hostId, isDefault }) => ({
            id,
            name,
            labels,
            driver: spec.driver,
            options,
            internal: spec.internal ?? false,
            ipv6: spec.ipv6 ?? false,
            hostId,
            isDefault,
            domain: spec.domain ?? null,
            dns,
            vni: vnis.get(id) ?? null,
          })),
        ),
        tenantId,
      ],
    );
    await insertSubnets(transaction, addressSpaceId, subnets);
    const routed = networks.filter(({ dto }) => isRouted(dto.spec.driver, tenantName));
    const isAmong = (some: NewNetwork[]) => (subnet: NewSubnet) => some.some(({ id }) => id === subnet.networkId);
    await assertNoUplinkClash(transaction, tenantId, subnets.filter(isAmong(routed)));
    // On the wire the host's own routes lead where the network does, and routers have routes of their own.
    const onHosts = networks.filter((network) => !onWire(network.dto.spec.driver) && !routed.includes(network));
    await assertNoRouteClash(
      transaction,
      subnets.filter((subnet) => subnet.hostId !== null && isAmong(onHosts)(subnet)),
    );
    await assertNoUnderlayClash(transaction, tenantId, onHosts, subnets);
    const placed = networks.filter(({ hostId, dto }) => hostId !== null && describeDriver(dto.spec.driver).connectivityScope === 'host');
    if (placed.length > 0) {
      await transaction.query('INSERT INTO network_host (network_id, host_id) SELECT * FROM unnest($1::uuid[], $2::uuid[])', [
        placed.map(({ id }) => id),
        placed.map(({ hostId }) => hostId),
      ]);
      await bringRouters(
        transaction,
        tenantId,
        placed.filter((network) => routed.includes(network)),
        subnets,
      );
    }
    for (const {
      id,
      name,
      hostId,
      dto: { spec },
    } of networks) {
      if (placed.some((network) => network.id === id) && hostId !== null) transaction.announce(hostId, 'network', id, name);
      transaction.announce(tenantId, 'network', id, name);
      transaction.note({
        tenantId,
        kind: 'network',
        id,
        name,
        type: 'Normal',
        reason: 'Created',
        message: `${spec.driver} network ${name} was created`,
      });
    }
  }

  async #create(context: RequestContext, dtos: CreateNetworkDto[], pointerTo: PointerTo): Promise<NetworkDto[]> {
    return this.settling.watching(async (watch) => {
      let networks: NewNetwork[] = [];
      try {
        await this.database.inTransaction(async (transaction) => {
          networks = await this.#plan(transaction, context, dtos, pointerTo);
          watch.add(...networks.map(({ id }) => id));
          await reserve(transaction, context.tenantId, [{ kind: 'networks', count: networks.length, pointer: '' }]);
          await this.insert(transaction, context, networks);
        });
      } catch (error) {
        throw await explainFault(this.database, context, error, networks);
      }
      const made = await this.settling.settle(
        watch,
        networks.map(({ id }) => id),
        context.waitSeconds,
        this.#look,
      );
      return made.filter((network) => network !== undefined);
    });
  }

  async #plan(transaction: Transaction, context: RequestContext, dtos: CreateNetworkDto[], pointerTo: PointerTo): Promise<NewNetwork[]> {
    const { tenantId } = context;
    const refs = [...new Set(dtos.flatMap(({ spec }) => spec.host ?? []))];
    const hosts = await findHosts(transaction, tenantId, refs);
    await assertTaking(transaction, tenantId, hosts, (name) =>
      pointerTo(
        dtos.findIndex(({ spec }) => spec.host != null && findByReference(hosts, spec.host)?.name === name),
        '/spec/host',
      ),
    );
    return dtos.map((body, index) => {
      const { spec } = body;
      const pointer = (path: string): string => pointerTo(index, path);
      const driver = describeDriver(spec.driver);
      assertDriverGranted(context, spec.driver, pointer('/spec/driver'));
      const host = spec.host == null ? undefined : findByReference(hosts, spec.host);
      if (spec.host != null && !host) throw unknownReference('host', spec.host, pointer('/spec/host'));
      if (!driver.hasSubnets && spec.subnets?.length)
        throw fieldError('invalid-value', `networks of driver ${driver.name} have no subnets`, pointer('/spec/subnets'));
      if (!driver.hasSubnets && spec.ipv6)
        throw fieldError('invalid-value', `networks of driver ${driver.name} have no addresses`, pointer('/spec/ipv6'));
      if (!driver.hasSubnets) assertNoNames(driver.name, spec, pointer);
      const options = parseOptions(spec.driver, spec.options ?? {}, pointer('/spec/options'));
      if (spec.driver === 'overlay') assertTunnelPortGranted(context, options, pointer('/spec/options/port'));
      const dns = mergeDnsSettings(noDnsSettings, spec.dns ?? {}, pointer('/spec/dns'));
      if (onWire(spec.driver))
        assertWire(
          { driver: spec.driver, options, internal: spec.internal ?? false, gateways: (spec.subnets ?? []).map(({ gateway }) => gateway) },
          pointer,
        );
      if (onWire(spec.driver) && typeof options['parent'] === 'string')
        assertParentGranted(context, options['parent'], host?.name ?? null, pointer('/spec/options/parent'));
      assertDhcp(spec, options, pointer);
      const hasIpv6 = spec.ipv6 || spec.subnets?.some(({ cidr }) => cidr.includes(':'));
      if (hasIpv6 && Number(options['mtuBytes'] ?? 1280) < 1280)
        throw fieldError(
          'invalid-value',
          `IPv6 needs an MTU of at least 1280 bytes; ${options['mtuBytes']} is less`,
          pointer('/spec/options/mtuBytes'),
        );
      return {
        ...newMetadata('network', body.metadata),
        dto: body,
        options,
        dns,
        hostId: host?.id ?? null,
        hostName: host?.name ?? null,
        isDefault: false,
        pointer,
      };
    });
  }

  async #lock(transaction: Transaction, context: RequestContext, ref: string): Promise<NetworkRow> {
    const { names, ids } = splitReferences([ref]);
    const rows = await transaction.query<NetworkRow>(
      'SELECT * FROM network WHERE tenant_id = $1 AND (name = ANY ($2) OR id = ANY ($3::uuid[])) FOR UPDATE',
      [context.tenantId, names, ids],
    );
    const row = findByReference(rows, ref);
    if (!row) throw await notManaged(transaction, context.tenantId, ref);
    assertVersion(context, 'network', row);
    return row;
  }

  #assertDeletable(row: NetworkRow, force: boolean): void {
    if (row.is_default)
      throw new NetyardError('in-use', `network ${row.name} is the default network of its host: it stays as long as the host`);
    if (!force) assertStaying('network', row);
  }
}

/** Other hosts cannot lead to endpoints that are kept from everything on them. Throws NetyardError `in-use`. */
async function assertNotPublishedEverywhere(transaction: Transaction, { id, name, tenant_id: tenantId }: NetworkRow): Promise<void> {
  // Endpoints of those with whom it is shared count as well.
  await transaction.leaveTenant();
  const [port] = await transaction.query<{ name: string; endpoint: string; tenant_id: string }>(
    `SELECT p.name, p.tenant_id, e.name AS endpoint FROM port p JOIN endpoint e ON e.id = p.endpoint_id
     WHERE e.network_id = $1 AND p.publish = 'everywhere' AND p.deletion_requested_at IS NULL ORDER BY p.tenant_id = $2 DESC LIMIT 1`,
    [id, tenantId],
  );
  if (!port) return;
  const whose =
    port.tenant_id === tenantId ? `endpoint ${port.endpoint} of network ${name}` : `an endpoint of another tenant on network ${name}`;
  const which = port.tenant_id === tenantId ? `port ${port.name}` : 'a port';
  throw fieldError(
    'in-use',
    `${whose} has ${which} published everywhere, and no other host could lead to it any more; publish it on its host first`,
    '/spec/options/isolateEndpoints',
  );
}

/** Where there are no addresses there are no names. Throws NetyardError. */
function assertNoNames(driver: string, { domain, dns }: { domain?: string | null; dns?: object }, pointer: (path: string) => string): void {
  if (domain != null) throw fieldError('invalid-value', `networks of driver ${driver} have no names`, pointer('/spec/domain'));
  if (dns !== undefined) throw fieldError('invalid-value', `networks of driver ${driver} have no names`, pointer('/spec/dns'));
}
