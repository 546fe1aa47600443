import type { PolicySelector } from '@netyard/api-client';
import { Address, Prefix } from '@netyard/inet';
import type { EndpointRow, Inventory, PolicyRow } from '../inventory/inventory';

/** An endpoint that a policy says something about, with the rules that select it, counted from 1. */
export interface ConcernedEndpoint extends EndpointRow {
  asSource: number[];
  asDestination: number[];
}

/** What a policy applies to now. */
export interface Concerned {
  /** Selected by a rule; with a default that denies, all endpoints of its network. */
  endpoints: ConcernedEndpoint[];
  /** Its own network first, then others that rules name. */
  networks: string[];
  /** Prefixes that rules name, in their order. */
  cidrs: string[];
}

/** Looks up the rules of a policy among the endpoints that there are. What selects everybody counts for its own network: it decides on no flow elsewhere. */
export function appliesTo({ networkName, object: { spec } }: PolicyRow, { endpoints }: Pick<Inventory, 'endpoints'>): Concerned {
  const sides = spec.rules.map(({ from, to }) => [selecting(from, networkName), selecting(to, networkName)] as const);
  const selectors = spec.rules.flatMap(({ from, to }) => [from, to]).filter((selector) => selector !== undefined);
  const concerned = endpoints.flatMap((row) => {
    const asSource = sides.flatMap(([isSource], index) => (isSource(row) ? [index + 1] : []));
    const asDestination = sides.flatMap(([, isDestination], index) => (isDestination(row) ? [index + 1] : []));
    const byDefault = spec.defaultAction === 'deny' && row.networkName === networkName;
    return byDefault || asSource.length + asDestination.length > 0 ? [{ ...row, asSource, asDestination }] : [];
  });
  return {
    endpoints: concerned,
    networks: [...new Set([networkName, ...selectors.flatMap(({ network }) => network ?? [])])],
    cidrs: [...new Set(selectors.flatMap(({ cidrs }) => cidrs ?? []))],
  };
}

/** Whether a selector selects an endpoint: by any of its parts (docs/policies.md). */
function selecting(selector: PolicySelector | undefined, ownNetwork: string): (row: EndpointRow) => boolean {
  if (!selector) return ({ networkName }) => networkName === ownNetwork;
  const { endpoints = [], labels, cidrs = [], network } = selector;
  const names = new Set(endpoints);
  const wanted = labels || network ? Object.entries(labels ?? {}) : null;
  const prefixes = cidrs.flatMap((cidr) => Prefix.parse(cidr) ?? []);
  return ({ name, networkName, addresses, object }) =>
    names.has(name) ||
    (wanted !== null && networkName === (network ?? ownNetwork) && wanted.every(([key, value]) => object.metadata.labels[key] === value)) ||
    (prefixes.length > 0 &&
      addresses.some((text) => {
        const address = Address.parse(text);
        return address !== undefined && prefixes.some((prefix) => prefix.contains(address));
      }));
}
