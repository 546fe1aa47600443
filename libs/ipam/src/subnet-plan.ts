import { Address, Prefix } from '@netyard/inet';

/** A subnet as it was asked for, in texts. */
export interface SubnetRequest {
  cidr: string;
  gateway?: string | undefined;
  ipRange?: string | undefined;
  reserved?: string[] | undefined;
  /** Where nobody could be found by an address, there is no gateway. */
  hasGateway?: boolean | undefined;
}

/** A subnet with everything chosen. */
export interface SubnetPlan {
  prefix: Prefix;
  /** Null: the subnet has none. */
  gateway: Address | null;
  /** Where addresses are drawn from automatically. */
  dynamic: Prefix;
  /** Given only to those who ask for them. */
  reserved: Address[];
}

/** What is wrong with a request; `field` is the last part of the pointer. */
export interface SubnetFault {
  field: 'cidr' | 'gateway' | 'ipRange' | `reserved/${number}`;
  detail: string;
}

const prefixLengths = { IPv4: { least: 8, most: 30 }, IPv6: { least: 48, most: 126 } } as const;

const unusable = (
  [
    ['0.0.0.0/8', 'is "this network" (RFC 791)'],
    ['127.0.0.0/8', 'is loopback'],
    ['169.254.0.0/16', 'is link-local'],
    ['224.0.0.0/4', 'is multicast'],
    ['240.0.0.0/4', 'is reserved'],
    ['::/16', 'holds loopback and mapped addresses'],
    ['fe80::/10', 'is link-local'],
    ['ff00::/8', 'is multicast'],
  ] as const
).flatMap(([text, why]) => {
  const prefix = Prefix.parse(text);
  return prefix ? [{ prefix, why }] : [];
});

/** Checks a request and fills in what it leaves open; gives every fault that it finds. */
export function planSubnet({
  cidr,
  gateway,
  ipRange,
  reserved = [],
  hasGateway = true,
}: SubnetRequest): { plan: SubnetPlan } | { faults: SubnetFault[] } {
  const prefix = Prefix.parse(cidr);
  const cidrFault = prefix ? faultOfPrefix(prefix) : faultOfText(cidr);
  if (!prefix || cidrFault) return { faults: [{ field: 'cidr', detail: cidrFault ?? faultOfText(cidr) }] };
  const faults: SubnetFault[] = [];
  const router = gateway === undefined ? (hasGateway ? prefix.first.plus(1) : null) : assignable(prefix, gateway, 'gateway', faults);
  const dynamic = ipRange === undefined ? prefix : parseRange(prefix, ipRange, faults);
  const kept = reserved.map((text, index) => assignable(prefix, text, `reserved/${index}`, faults));
  if (faults.length > 0 || router === undefined || !dynamic) return { faults };
  return { plan: { prefix, gateway: router, dynamic, reserved: kept.filter((address) => address !== undefined) } };
}

/** Why the address is not one that a member of the subnet can have; undefined when it can. */
export function faultOfAddress(prefix: Prefix, address: Address): string | undefined {
  if (!prefix.contains(address)) return `${address} is not inside ${prefix}`;
  if (address.equals(prefix.first))
    return prefix.family === 'IPv4'
      ? `${address} is the network address of ${prefix}`
      : `${address} is the routers’ anycast address of ${prefix}`;
  if (prefix.family === 'IPv4' && address.equals(prefix.last)) return `${address} is the broadcast address of ${prefix}`;
  return undefined;
}

function faultOfText(text: string): string {
  const [address = '', length] = text.split('/');
  const parsed = Address.parse(address);
  if (!parsed) return `"${text}" is no prefix: it must be an IPv4 or IPv6 address, a slash and a length`;
  if (length === undefined || !/^\d{1,3}$/.test(length) || Number(length) > (parsed.family === 'IPv4' ? 32 : 128))
    return `"${text}" has no valid prefix length`;
  return `${text} has host bits set: the prefix is ${Prefix.containing(parsed, Number(length))}`;
}

function faultOfPrefix(prefix: Prefix): string | undefined {
  const { least, most } = prefixLengths[prefix.family];
  if (prefix.length < least || prefix.length > most) return `${prefix} must have a length from /${least} to /${most}`;
  const clash = unusable.find((range) => range.prefix.overlaps(prefix));
  return clash && `${prefix} cannot be used: ${clash.prefix} ${clash.why}`;
}

function assignable(prefix: Prefix, text: string, field: SubnetFault['field'], faults: SubnetFault[]): Address | undefined {
  const address = Address.parse(text);
  const detail = address ? faultOfAddress(prefix, address) : `"${text}" is no IP address`;
  if (detail) faults.push({ field, detail });
  return address;
}

function parseRange(prefix: Prefix, text: string, faults: SubnetFault[]): Prefix | undefined {
  const range = Prefix.parse(text);
  if (!range) faults.push({ field: 'ipRange', detail: faultOfText(text) });
  else if (!prefix.contains(range)) faults.push({ field: 'ipRange', detail: `${range} is not inside ${prefix}` });
  return range;
}
