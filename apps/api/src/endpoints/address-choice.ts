import { randomBytes } from 'node:crypto';
import type { FieldError } from '@netyard/contracts';
import { NetyardError } from '@netyard/contracts';
import { usesDhcp } from '@netyard/drivers';
import { Address, Mac, Prefix } from '@netyard/inet';
import { faultOfAddress } from '@netyard/ipam';
import { drawAddresses, takeAddress } from '../addresses/address-allocator';
import type { Transaction } from '../database/transaction';
import { describeDriver } from '../drivers/driver-options';
import { fieldError } from '../objects/object-row';
import type { CreateEndpointSpecDto } from './endpoint.dto';
import type { JoinableNetwork } from './placement';

/** An endpoint that needs addresses. */
export interface AddressWish {
  network: JoinableNetwork;
  spec: Pick<CreateEndpointSpecDto, 'addresses' | 'macAddress' | 'interfaceName'>;
  pointer(path: string): string;
}

/** Addresses asked for, by subnet. */
type Requested = Map<string, { address: string; pointer: string }>;

export interface ChosenAddresses {
  addresses: { subnetId: string; address: string }[];
  macAddress: string | null;
  requestedMac: string | null;
}

/** Gives every wish an address in each subnet of its network, and a MAC address. Throws NetyardError that names what cannot be had. */
export async function chooseAddresses(transaction: Transaction, wishes: AddressWish[], randomMacs: boolean): Promise<ChosenAddresses[]> {
  const plans = wishes.map((wish) => ({ wish, requested: parseRequested(wish), requestedMac: parseMac(wish) }));
  for (const { wish, requested } of plans)
    for (const [subnetId, { address, pointer }] of requested) await take(transaction, wish.network, subnetId, address, pointer);
  const drawn = await drawAll(transaction, plans);
  return plans.map(({ wish, requested, requestedMac }) => {
    const addresses = wish.network.subnets.map(({ id }) => ({
      subnetId: id,
      address: requested.get(id)?.address ?? drawn.get(id)?.shift() ?? '',
    }));
    return { addresses, requestedMac, macAddress: requestedMac ?? chooseMac(wish.network, addresses, randomMacs) };
  });
}

function parseRequested({ network, spec, pointer }: AddressWish): Requested {
  const requested: Requested = new Map();
  if (!describeDriver(network.driver).hasSubnets) {
    assertNothingAsked(network, spec, pointer);
    return requested;
  }
  if (usesDhcp(network) && spec.addresses?.length)
    throw fieldError(
      'invalid-value',
      `endpoints of network ${network.name} have the address that a DHCP server on the wire gives them: none can be asked for here`,
      pointer('/spec/addresses'),
    );
  for (const [index, text] of (spec.addresses ?? []).entries()) {
    const at = pointer(`/spec/addresses/${index}`);
    const address = Address.parse(text);
    if (!address) throw fieldError('invalid-value', `"${text}" is no IP address`, at);
    const subnet = network.subnets.find(({ cidr }) => Prefix.parse(cidr)?.contains(address));
    if (!subnet)
      throw fieldError(
        'invalid-value',
        `${address} is in no subnet of network ${network.name} (${network.subnets.map(({ cidr }) => cidr).join(', ')})`,
        at,
      );
    const fault = faultOfAddress(prefixOf(subnet.cidr), address);
    if (fault) throw fieldError('invalid-value', fault, at);
    if (address.toString() === subnet.gateway)
      throw fieldError('invalid-value', `${address} is the gateway of network ${network.name}`, at);
    if (requested.has(subnet.id))
      throw fieldError('invalid-value', `${address} is a second address in ${subnet.cidr}: an endpoint has one in each subnet`, at);
    requested.set(subnet.id, { address: address.toString(), pointer: at });
  }
  return requested;
}

function assertNothingAsked(network: JoinableNetwork, spec: AddressWish['spec'], pointer: (path: string) => string): void {
  const fields: FieldError[] = (['addresses', 'macAddress', 'interfaceName'] as const)
    .filter((field) => (field === 'addresses' ? spec.addresses?.length : spec[field] !== undefined))
    .map((field) => ({ pointer: pointer(`/spec/${field}`), detail: `endpoints of driver ${network.driver} have none` }));
  if (fields.length > 0)
    throw new NetyardError(
      'invalid-value',
      `endpoints of network ${network.name} (driver ${network.driver}) have no addresses and no interface of their own`,
      fields,
    );
}

function parseMac({ network, spec: { macAddress }, pointer }: AddressWish): string | null {
  if (macAddress === undefined) return null;
  if (!describeDriver(network.driver).hasMacs)
    throw fieldError(
      'invalid-value',
      `endpoints of network ${network.name} (driver ${network.driver}) have the MAC address of the parent, and none of their own`,
      pointer('/spec/macAddress'),
    );
  const mac = Mac.parse(macAddress);
  if (!mac) throw fieldError('invalid-value', `"${macAddress}" is no MAC address`, pointer('/spec/macAddress'));
  if (!mac.isUnicast) throw fieldError('invalid-value', `${mac} is no unicast MAC address`, pointer('/spec/macAddress'));
  return mac.toString();
}

async function take(transaction: Transaction, network: JoinableNetwork, subnetId: string, address: string, pointer: string): Promise<void> {
  if (await takeAddress(transaction, subnetId, address)) return;
  const [holder] = await transaction.query<{ name: string }>(
    'SELECT e.name FROM address a JOIN endpoint e ON e.id = a.endpoint_id WHERE a.subnet_id = $1 AND a.address = $2::inet',
    [subnetId, address],
  );
  throw fieldError(
    'address-in-use',
    holder ? `${address} is the address of endpoint ${holder.name}` : `${address} is in use on network ${network.name}`,
    pointer,
  );
}

/** Draws what was not asked for, for all wishes of a subnet at once. */
async function drawAll(transaction: Transaction, plans: { wish: AddressWish; requested: Requested }[]): Promise<Map<string, string[]>> {
  const needs = new Map<string, { count: number; wish: AddressWish; cidr: string }>();
  for (const { wish, requested } of plans) {
    for (const { id, cidr } of wish.network.subnets) {
      if (requested.has(id)) continue;
      const need = needs.get(id);
      if (need) Object.assign(need, { count: need.count + 1, wish });
      else needs.set(id, { count: 1, wish, cidr });
    }
  }
  const drawn = new Map<string, string[]>();
  // In one order, so that two transactions do not wait for each other.
  for (const [subnetId, { count, wish, cidr }] of [...needs].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const addresses = await drawAddresses(transaction, subnetId, count);
    if (addresses.length < count)
      throw fieldError(
        'subnet-exhausted',
        `subnet ${cidr} of network ${wish.network.name} has no free address`,
        wish.pointer('/spec/network'),
      );
    drawn.set(subnetId, addresses);
  }
  return drawn;
}

function chooseMac(network: JoinableNetwork, addresses: ChosenAddresses['addresses'], random: boolean): string | null {
  if (!describeDriver(network.driver).hasMacs) return null;
  const ipv4 = addresses.map(({ address }) => Address.parse(address)).find((address) => address?.family === 'IPv4');
  return (ipv4 && !random ? Mac.forAddress(ipv4) : Mac.fromRandom(randomBytes(6))).toString();
}

function prefixOf(cidr: string): Prefix {
  const prefix = Prefix.parse(cidr);
  if (!prefix) throw new Error(`the database gave "${cidr}" as a prefix`);
  return prefix;
}
