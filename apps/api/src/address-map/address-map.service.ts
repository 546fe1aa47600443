import { Address, AddressRange, Prefix } from '@netyard/inet';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import { badCursor } from '../http/cursor';
import type { RequestContext } from '../http/request-context';
import { NetworkQueries } from '../networks/network.queries';
import { fieldError, notFound } from '../objects/object-row';
import type { AddressRangeDto, AddressRangePageDto, AddressRangeQuery } from './address-map.dto';
import { type KnownRange, mapAddresses, type MappedSubnet } from './address-ranges';

interface SubnetRow {
  id: string;
  cidr: string;
  gateway: string | null;
}

interface KnownRow {
  first: string;
  last: string;
  state: KnownRange['state'];
  holder: { kind: 'endpoint' | 'host'; id: string | null; name: string | null; sandbox: string | null } | null;
}

/** A part of a subnet that is to be told of. */
interface Part {
  id: string;
  subnet: MappedSubnet;
  range: AddressRange;
}

/** Both halves find their rows by an index from the part's first address on: a page costs the same wherever in a subnet it begins. */
const knownSql = `
  (SELECT f.first AS at, host(f.first) AS first, host(f.last) AS last, CASE WHEN f.dynamic THEN 'free' ELSE 'reserved' END AS state, NULL::jsonb AS holder
   FROM free_range f WHERE f.subnet_id = $1 AND f.last >= $2::inet AND f.first <= $3::inet ORDER BY f.last LIMIT $4)
  UNION ALL
  (SELECT a.address, host(a.address), host(a.address), 'taken', CASE
     WHEN a.network_host_id IS NOT NULL THEN jsonb_build_object('kind', 'host', 'id', h.id, 'name', h.name, 'sandbox', NULL)
     ELSE jsonb_build_object('kind', 'endpoint', 'id', e.id, 'name', e.name, 'sandbox', s.name) END
   FROM address a LEFT JOIN endpoint e ON e.id = a.endpoint_id LEFT JOIN sandbox s ON s.id = e.sandbox_id
   LEFT JOIN network_host nh ON nh.id = a.network_host_id LEFT JOIN host h ON h.id = nh.host_id
   WHERE a.subnet_id = $1 AND a.address BETWEEN $2::inet AND $3::inet ORDER BY a.address LIMIT $4)
  ORDER BY at LIMIT $4`;

/** What is free in a network, and who has the rest. */
@Injectable()
export class AddressMapService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(NetworkQueries) private readonly networks: NetworkQueries,
  ) {}

  /** Throws NetyardError `not-found`, and `unknown-parameter` for a part that is in no subnet of the network. */
  async list({ tenantId }: RequestContext, ref: string, { within, limit = 500, cursor }: AddressRangeQuery): Promise<AddressRangePageDto> {
    const network = await this.networks.byReference(tenantId, ref);
    if (!network) throw notFound('network', ref);
    const rows = await this.database.query<SubnetRow>(
      'SELECT id, cidr::text AS cidr, host(gateway) AS gateway FROM subnet WHERE network_id = $1 ORDER BY position',
      [network.metadata.id],
    );
    const parts = partsOf(rows.map(toPart), network.metadata.name, within, cursor);
    const items: AddressRangeDto[] = [];
    let left = limit;
    for (const [index, part] of parts.entries()) {
      const known = await this.#known(part, left + 1);
      const isCut = known.length > left;
      const shown = known.slice(0, left);
      const end = isCut ? (shown.at(-1)?.range.last ?? part.range.first) : part.range.last;
      items.push(...mapAddresses(part.subnet, AddressRange.of(part.range.first, end), shown));
      left -= shown.length;
      const following = isCut ? end.plus(1) : parts[index + 1]?.range.first;
      if (following && (isCut || left === 0)) return { items, nextCursor: following.toString() };
    }
    return { items, nextCursor: null };
  }

  async #known({ id, range }: Part, limit: number): Promise<KnownRange[]> {
    const rows = await this.database.query<KnownRow>(knownSql, [id, range.first.toString(), range.last.toString(), limit]);
    return rows.map(({ first, last, state, holder }) => ({
      range: AddressRange.of(addressOf(first), addressOf(last)),
      state,
      holder: holder?.id && holder.name ? { ...holder, id: holder.id, name: holder.name } : null,
    }));
  }
}

function toPart({ id, cidr, gateway }: SubnetRow): Part {
  const prefix = Prefix.parse(cidr);
  if (!prefix) throw new Error(`the database gave "${cidr}" as a prefix`);
  return { id, subnet: { prefix, gateway: gateway === null ? null : addressOf(gateway) }, range: prefix.range };
}

/** What is asked for, from the cursor on: an address, with which the rest begins. */
function partsOf(all: Part[], network: string, within: string | undefined, cursor: string | undefined): Part[] {
  const parts = within === undefined ? all : [partWithin(all, network, within)];
  if (cursor === undefined) return parts;
  const first = Address.parse(cursor);
  const at = parts.findIndex(({ range }) => first !== undefined && range.contains(first));
  const [part, ...rest] = parts.slice(at);
  if (!first || at < 0 || !part) throw badCursor();
  return [{ ...part, range: AddressRange.of(first, part.range.last) }, ...rest];
}

function partWithin(all: Part[], network: string, within: string): Part {
  const prefix = Prefix.parse(within);
  if (!prefix) throw fieldError('unknown-parameter', `"${within}" is no prefix`, '?within');
  const part = all.find(({ subnet }) => subnet.prefix.contains(prefix));
  if (!part)
    throw fieldError(
      'unknown-parameter',
      `${prefix} is in no subnet of network ${network} (${all.map(({ subnet }) => subnet.prefix.toString()).join(', ') || 'it has none'})`,
      '?within',
    );
  return { ...part, range: prefix.range };
}

function addressOf(text: string): Address {
  const address = Address.parse(text);
  if (!address) throw new Error(`the database gave "${text}" as an address`);
  return address;
}
