import { driverFor, objectKey, type Joined, type KernelObject } from '@netyard/drivers';

/** A default route, and the endpoint that gives it. */
export interface GivenRoute {
  joined: Joined;
  route: KernelObject;
}

/**
 * Which default routes a sandbox gets: for each family the one of the endpoint with the highest gateway priority, then the earliest joined,
 * then the lowest id, of those whose network offers one.
 */
export function chooseDefaultRoutes(joins: Joined[]): GivenRoute[] {
  const chosen = new Map<string, GivenRoute>();
  for (const joined of [...joins].sort(byPrecedence)) {
    for (const route of driverFor(joined.network.driver).defaultRoutes(joined)) {
      const key = objectKey(route);
      if (!chosen.has(key)) chosen.set(key, { joined, route });
    }
  }
  return [...chosen.values()];
}

function byPrecedence({ endpoint: a }: Joined, { endpoint: b }: Joined): number {
  return b.gatewayPriority - a.gatewayPriority || compare(a.joinedAt, b.joinedAt) || compare(a.id, b.id);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
