import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';

/**
 * An IP address as it is, a name by DNS from `servers`. The resolver asks from the calling thread, which is in the sandbox; `dns.lookup` would ask from a pool thread,
 * which may not be.
 */
export async function resolveTarget(target: string, servers: string[], deadline: number): Promise<string> {
  if (isIP(target)) return target;
  const resolver = new Resolver({ timeout: Math.max(1, Math.min(2_000, deadline - performance.now())), tries: 1 });
  if (servers.length > 0) resolver.setServers(servers);
  const [address] = await resolver.resolve4(target).catch(() => resolver.resolve6(target));
  if (!address) throw new Error(`${target} has no address`);
  return address;
}
