import { NetyardError } from '@netyard/contracts';
import { Prefix } from '@netyard/inet';
import {
  type AddressPool,
  capacityOf,
  initialFreeRanges,
  nextFreePrefix,
  parsePools,
  planSubnet,
  type SubnetPlan,
  uniqueLocalPool,
} from '@netyard/ipam';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Config, ConfigError, defaultAddressPools } from '../config';
import { Database } from '../database/database';
import { acrossTenants } from '../database/scope';
import type { Transaction } from '../database/transaction';
import { newId } from '../objects/object-row';
import type { CreateNetworkSpecDto, SubnetDto } from './network.dto';

/** A subnet that is to be written. */
export interface NewSubnet {
  id: string;
  networkId: string;
  networkName: string;
  position: number;
  plan: SubnetPlan;
  request: SubnetDto;
  /** Of the request that asked for it; undefined when it was drawn. */
  pointer: string | undefined;
  /** The one host that its network is confined to. */
  hostId: string | null;
}

/** A network whose subnets are to be chosen. */
export interface SubnetWish {
  networkId: string;
  networkName: string;
  spec: Pick<CreateNetworkSpecDto, 'subnets' | 'ipv6'>;
  hasGateways: boolean;
  /** It stands in routers, which have routes of their own. */
  isRouted: boolean;
  hostId: string | null;
  pointer(path: string): string;
}

/** Chooses the subnets of networks: those that were asked for, checked, or prefixes drawn from the pools. */
@Injectable()
export class SubnetChoice implements OnModuleInit {
  #pools: AddressPool[] = [];
  #uniqueLocal: AddressPool | undefined;

  constructor(
    @Inject(Config) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
  ) {}

  async onModuleInit(): Promise<void> {
    try {
      this.#pools = parsePools(this.config.addressPools || defaultAddressPools);
    } catch (error) {
      throw new ConfigError(`NETYARD_ADDRESS_POOLS: ${error instanceof Error ? error.message : String(error)}`);
    }
    const [row] = await acrossTenants(() => this.database.query<{ ula_global_id: Buffer }>('SELECT ula_global_id FROM deployment'));
    if (row) this.#uniqueLocal = uniqueLocalPool(row.ula_global_id);
  }

  /** Checks what is asked for, without the database. Throws NetyardError with every fault of the network. */
  plan({ networkId, networkName, spec, hasGateways, hostId, pointer }: SubnetWish): NewSubnet[] {
    const subnets: NewSubnet[] = [];
    for (const [position, request] of (spec.subnets ?? []).entries()) {
      const planned = planSubnet({ ...request, hasGateway: hasGateways });
      const at = `/spec/subnets/${position}`;
      if ('faults' in planned) {
        const fields = planned.faults.map(({ field, detail }) => ({ pointer: pointer(`${at}/${field}`), detail }));
        throw new NetyardError('invalid-value', fields.map(({ detail }) => detail).join('; '), fields);
      }
      const clash = subnets.find(({ plan }) => plan.prefix.overlaps(planned.plan.prefix));
      if (clash) {
        const detail = `${planned.plan.prefix} overlaps ${clash.plan.prefix} of the same network`;
        throw new NetyardError('subnet-overlap', detail, [{ pointer: pointer(`${at}/cidr`), detail }]);
      }
      subnets.push({
        id: newId(),
        networkId,
        networkName,
        position,
        plan: planned.plan,
        request: { ...request },
        pointer: pointer(`${at}/cidr`),
        hostId,
      });
    }
    return subnets;
  }

  /** Draws what is not given: IPv4 from the pools for a network without subnets, and a /64 where IPv6 is wanted. Throws NetyardError `pools-exhausted`. */
  async draw(transaction: Transaction, addressSpaceId: string, wishes: { wish: SubnetWish; given: NewSubnet[] }[]): Promise<NewSubnet[]> {
    const needs = wishes.flatMap(({ wish, given }) =>
      missingFamilies(wish, given).map((family) => ({
        wish,
        family,
        position: given.length + (family === 'IPv6' && given.length === 0 ? 1 : 0),
      })),
    );
    if (needs.length === 0) return [];
    // One transaction draws at a time: two would choose the same prefix.
    await transaction.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`netyard pools ${addressSpaceId}`]);
    const { own, others } = await takenPrefixes(transaction, addressSpaceId);
    for (const { given } of wishes) own.push(...given.map(({ plan }) => plan.prefix));
    return needs.map(({ wish, family, position }) => {
      const pools = this.#poolsOf(family);
      // What hosts route would be hidden from the sandboxes; behind a router that is better than no subnet.
      const prefix = nextFreePrefix(pools, [...own, ...others]) ?? (wish.isRouted ? nextFreePrefix(pools, own) : undefined);
      if (!prefix)
        throw new NetyardError(
          'pools-exhausted',
          `the ${family} address pools (${pools.map((pool) => pool.prefix).join(', ')}) have no free prefix for network ${wish.networkName}`,
        );
      own.push(prefix);
      const planned = planSubnet({ cidr: prefix.toString(), hasGateway: wish.hasGateways });
      if ('faults' in planned)
        throw new NetyardError('pools-exhausted', `the address pools hold ${prefix}, which cannot be used: ${planned.faults[0]?.detail}`);
      return {
        id: newId(),
        networkId: wish.networkId,
        networkName: wish.networkName,
        position,
        plan: planned.plan,
        request: { cidr: prefix.toString() },
        pointer: undefined,
        hostId: wish.hostId,
      };
    });
  }

  #poolsOf(family: 'IPv4' | 'IPv6'): AddressPool[] {
    const pools = this.#pools.filter(({ prefix }) => prefix.family === family);
    return family === 'IPv6' && pools.length === 0 && this.#uniqueLocal ? [this.#uniqueLocal] : pools;
  }
}

function missingFamilies({ spec }: SubnetWish, given: NewSubnet[]): ('IPv4' | 'IPv6')[] {
  const families: ('IPv4' | 'IPv6')[] = given.length === 0 ? ['IPv4'] : [];
  if (spec.ipv6 && !given.some(({ plan }) => plan.prefix.family === 'IPv6')) families.push('IPv6');
  return families;
}

/** Subnets that there are and what links the tenant's routers to hosts, and what any host routes elsewhere. */
async function takenPrefixes(transaction: Transaction, addressSpaceId: string): Promise<{ own: Prefix[]; others: Prefix[] }> {
  const rows = await transaction.query<{ cidr: string; is_own: boolean }>(
    `SELECT cidr::text AS cidr, true AS is_own FROM subnet WHERE address_space_id = $1
     UNION SELECT unnest(ARRAY[uplink_ipv4::text, uplink_ipv6::text]), true FROM router
     UNION SELECT r.route, false FROM host h, jsonb_array_elements_text(h.facts -> 'routes') r (route)
     UNION SELECT u ->> 'address' || CASE family((u ->> 'address')::inet) WHEN 4 THEN '/32' ELSE '/128' END, false FROM host h, jsonb_array_elements(h.facts -> 'underlay') u`,
    [addressSpaceId],
  );
  const prefixes = (areOwn: boolean): Prefix[] =>
    rows.flatMap(({ cidr, is_own: isOwn }) => (isOwn === areOwn ? (Prefix.parse(cidr) ?? []) : [])).filter(({ length }) => length > 0);
  return { own: prefixes(true), others: prefixes(false) };
}

/** Writes subnets and the addresses that are free in them. A violated `subnet_overlap` is left to the caller. */
export async function insertSubnets(transaction: Transaction, addressSpaceId: string, subnets: NewSubnet[]): Promise<void> {
  if (subnets.length === 0) return;
  const rows = subnets.map(({ id, networkId, position, plan, request }) => {
    const ranges = initialFreeRanges(plan);
    return {
      row: {
        id,
        networkId,
        position,
        cidr: plan.prefix.toString(),
        gateway: plan.gateway?.toString() ?? null,
        ipRange: request.ipRange === undefined ? null : plan.dynamic.toString(),
        reserved: plan.reserved.map(String),
        request,
        capacity: capacityOf(ranges).toString(),
      },
      ranges: ranges.map(({ range, dynamic }) => ({ subnetId: id, first: range.first.toString(), last: range.last.toString(), dynamic })),
    };
  });
  await transaction.query(
    `INSERT INTO subnet (id, network_id, address_space_id, position, cidr, gateway, ip_range, reserved, request, capacity)
     SELECT s.id, s."networkId", $2, s.position, s.cidr, s.gateway, s."ipRange", ARRAY(SELECT jsonb_array_elements_text(s.reserved)::inet), s.request, s.capacity
     FROM jsonb_to_recordset($1::jsonb) AS s (id uuid, "networkId" uuid, position int, cidr cidr, gateway inet, "ipRange" cidr, reserved jsonb, request jsonb, capacity numeric)`,
    [JSON.stringify(rows.map(({ row }) => row)), addressSpaceId],
  );
  await transaction.query(
    `INSERT INTO free_range (subnet_id, first, last, dynamic)
     SELECT r."subnetId", r.first, r.last, r.dynamic FROM jsonb_to_recordset($1::jsonb) AS r ("subnetId" uuid, first inet, last inet, dynamic boolean)`,
    [JSON.stringify(rows.flatMap(({ ranges }) => ranges))],
  );
}

/** Routes of a host that overlap subnets, its own addresses of the underlay, to which no route leads that it would tell of, or its links to routers: nothing may be realised there. */
export async function routeClash(
  transaction: Transaction,
  placements: { hostId: string; cidr: string }[],
): Promise<{ cidr: string; route: string; host: string } | undefined> {
  if (placements.length === 0) return undefined;
  // Routers are other tenants'.
  await transaction.leaveTenant();
  const [clash] = await transaction.query<{ cidr: string; route: string; host: string }>(
    `SELECT p.cidr::text AS cidr, r.route, h.name AS host
     FROM unnest($1::uuid[], $2::cidr[]) AS p (host_id, cidr) JOIN host h ON h.id = p.host_id, LATERAL (
       SELECT jsonb_array_elements_text(h.facts -> 'routes') UNION ALL SELECT set_masklen(address, CASE family(address) WHEN 4 THEN 32 ELSE 128 END)::cidr::text
       FROM jsonb_array_elements(h.facts -> 'underlay') u, LATERAL (SELECT (u ->> 'address')::inet) a (address)
       UNION ALL SELECT unnest(ARRAY[uplink_ipv4::text, uplink_ipv6::text]) FROM router WHERE host_id = h.id
     ) r (route)
     WHERE r.route::cidr::inet && p.cidr::inet AND masklen(r.route::inet) > 0 LIMIT 1`,
    [placements.map(({ hostId }) => hostId), placements.map(({ cidr }) => cidr)],
  );
  return clash;
}
