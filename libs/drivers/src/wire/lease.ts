import type { Lease } from '@netyard/contracts';
import { Address, Prefix } from '@netyard/inet';
import type { Joined } from '../driver';

/**
 * A join of a network with addresses by DHCP as it is with what the server gave: address, prefix, gateway and names are from there on as good as those that Netyard gives.
 * Without a lease it has neither address nor gateway.
 */
export function withLease({ network, sandbox, endpoint }: Joined, lease: Lease | undefined): Joined {
  if (!lease) return { network: { ...network, subnets: [] }, sandbox, endpoint: { ...endpoint, addresses: [] } };
  const { address, prefixLength, gateway, dns, domain } = lease;
  const parsed = Address.parse(address);
  const cidr = parsed ? Prefix.containing(parsed, prefixLength).toString() : `${address}/${prefixLength}`;
  return {
    network: {
      ...network,
      subnets: [{ cidr, gateway }],
      dns: {
        ...network.dns,
        search: [...network.dns.search, ...(domain === null ? [] : [domain])],
        servers: [...network.dns.servers, ...dns],
      },
    },
    sandbox,
    endpoint: { ...endpoint, addresses: [`${address}/${prefixLength}`] },
  };
}
