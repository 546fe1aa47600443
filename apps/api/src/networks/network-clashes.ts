import { NetyardError } from '@netyard/contracts';
import type { Database } from '../database/database';
import { databaseFault } from '../database/database-fault';
import { acrossTenants } from '../database/scope';
import type { Transaction } from '../database/transaction';
import { isHostVisible } from '../hosts/host-visibility';
import type { RequestContext } from '../http/request-context';
import { nameTaken } from '../objects/name-taken';
import { fieldError } from '../objects/object-row';
import type { NewNetwork } from './new-network';
import { type NewSubnet, routeClash } from './subnet-choice';

/** Throws NetyardError when a subnet overlaps what a host routes elsewhere. */
export async function assertNoRouteClash(
  transaction: Transaction,
  subnets: { hostId: string | null; plan: { prefix: object }; pointer: string | undefined }[],
): Promise<void> {
  const placements = subnets.flatMap(({ hostId, plan }) => (hostId === null ? [] : { hostId, cidr: String(plan.prefix) }));
  if (placements.length === 0) return;
  const clash = await routeClash(transaction, placements);
  if (!clash) return;
  const pointer = subnets.find(({ plan }) => String(plan.prefix) === clash.cidr)?.pointer;
  throw fieldError('subnet-overlap', `${clash.cidr} overlaps the route ${clash.route} of host ${clash.host}`, pointer ?? '/spec/subnets');
}

/** Every host that is there for the tenant may come to take part in an overlay: its subnets may be no host's, and least of all what the tunnels go over. */
export async function assertNoUnderlayClash(
  transaction: Transaction,
  tenantId: string,
  networks: NewNetwork[],
  subnets: NewSubnet[],
): Promise<void> {
  const overlays = new Set(networks.flatMap(({ id, dto }) => (dto.spec.driver === 'overlay' ? [id] : [])));
  const concerned = subnets.filter(({ networkId }) => overlays.has(networkId));
  if (concerned.length === 0) return;
  const hosts = await transaction.query<{ id: string }>(`SELECT id FROM host WHERE ${isHostVisible('host', '$1')}`, [tenantId]);
  await assertNoRouteClash(
    transaction,
    hosts.flatMap(({ id }) => concerned.map((subnet) => ({ ...subnet, hostId: id }))),
  );
}

/** Says which constraint was in the way, in the words of the request. */
export async function explainFault(database: Database, context: RequestContext, error: unknown, networks: NewNetwork[]): Promise<unknown> {
  const { constraint } = databaseFault(error);
  if (constraint === 'network_name_key') return nameTaken(database, 'network', context.tenantId, networks);
  if (constraint === 'subnet_overlap') return overlapError(database, context, networks);
  if (constraint === 'network_vni_key') return vniError(database, networks);
  return error;
}

/** The VNI is the deployment's: that of another tenant's network is told, the network is not. */
async function vniError(database: Database, networks: NewNetwork[]): Promise<NetyardError> {
  const wanted = networks.flatMap(({ options, pointer }) =>
    options['vni'] === undefined ? [] : [{ vni: Number(options['vni']), pointer: pointer('/spec/options/vni') }],
  );
  const vnis = wanted.map(({ vni }) => vni);
  const repeated = wanted.find(({ vni }, index) => vnis.indexOf(vni) < index);
  const taken = await acrossTenants(() => database.query<{ vni: number }>('SELECT vni FROM network WHERE vni = ANY ($1::int[])', [vnis]));
  const culprit = wanted.find(({ vni }) => taken.some((row) => row.vni === vni));
  if (!culprit)
    return fieldError('vni-in-use', `VNI ${repeated?.vni} is that of another network of the same request`, repeated?.pointer ?? '');
  const [holder] = await database.query<{ name: string }>('SELECT name FROM network WHERE vni = $1', [culprit.vni]);
  return fieldError(
    'vni-in-use',
    `VNI ${culprit.vni} is that of ${holder ? `network ${holder.name}` : 'another network'}`,
    culprit.pointer,
  );
}

async function overlapError(database: Database, { addressSpaceId }: RequestContext, networks: NewNetwork[]): Promise<NetyardError> {
  const given = networks.flatMap(({ dto, pointer }) =>
    (dto.spec.subnets ?? []).map(({ cidr }, index) => ({ cidr, pointer: pointer(`/spec/subnets/${index}/cidr`) })),
  );
  const [found] = await database.query<{ asked: string; cidr: string; name: string }>(
    `SELECT a.cidr::text AS asked, s.cidr::text AS cidr, n.name FROM unnest($1::cidr[]) a (cidr)
     JOIN subnet s ON s.address_space_id = $2 AND s.cidr::inet && a.cidr::inet JOIN network n ON n.id = s.network_id LIMIT 1`,
    [given.map(({ cidr }) => cidr), addressSpaceId],
  );
  if (found) {
    const pointer = given.find(({ cidr }) => cidr === found.asked)?.pointer ?? given[0]?.pointer ?? '';
    return fieldError('subnet-overlap', `${found.asked} overlaps network ${found.name} (${found.cidr})`, pointer);
  }
  return fieldError(
    'subnet-overlap',
    'the subnets of the request overlap each other, or one that was made at the same time',
    given[0]?.pointer ?? '',
  );
}
