import { Address, addressBits, Prefix } from '@netyard/inet';

/** Where subnets are drawn from, and how large each is. */
export interface AddressPool {
  prefix: Prefix;
  /** Of the subnets drawn from it. */
  prefixLength: number;
}

/** Reads `10.128.0.0/10:24,fd00:1::/48:64`. Throws RangeError that names the part which cannot be used. */
export function parsePools(text: string): AddressPool[] {
  return text.split(',').map((part) => {
    const [, cidr = '', length = ''] = /^\s*(.+):(\d{1,3})\s*$/.exec(part) ?? [];
    const prefix = Prefix.parse(cidr);
    const prefixLength = Number(length);
    if (!prefix) throw new RangeError(`"${part}" is not prefix:length`);
    const most = prefix.family === 'IPv4' ? 30 : 126;
    if (prefixLength < prefix.length || prefixLength > most)
      throw new RangeError(`"${part}": subnets of /${prefixLength} cannot be drawn from ${prefix}`);
    return { prefix, prefixLength };
  });
}

/** The pool of unique local /64s of a deployment, from its random 40-bit global id (RFC 4193 section 3.2.1). Throws RangeError unless there are five bytes. */
export function uniqueLocalPool(globalId: Uint8Array): AddressPool {
  if (globalId.length !== 5) throw new RangeError('a global id has five bytes');
  const value = globalId.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0xfdn) << 80n;
  return { prefix: Prefix.of(Address.of('IPv6', value), 48), prefixLength: 64 };
}

/** The lowest prefix of the first pool that has one which overlaps none of those taken; undefined when the pools are exhausted. */
export function nextFreePrefix(pools: AddressPool[], taken: Prefix[]): Prefix | undefined {
  for (const pool of pools) {
    const found = firstFree(pool, taken);
    if (found) return found;
  }
  return undefined;
}

function firstFree({ prefix: pool, prefixLength }: AddressPool, taken: Prefix[]): Prefix | undefined {
  const step = 1n << BigInt(addressBits(pool.family) - prefixLength);
  const blocks = taken.filter((prefix) => prefix.overlaps(pool)).sort((a, b) => a.first.compare(b.first));
  let candidate = pool.first.value;
  for (const { first, last } of blocks) {
    if (first.value >= candidate + step) break;
    if (last.value >= candidate) candidate = ((last.value + step) / step) * step;
  }
  return candidate + step - 1n <= pool.last.value ? Prefix.of(Address.of(pool.family, candidate), prefixLength) : undefined;
}
