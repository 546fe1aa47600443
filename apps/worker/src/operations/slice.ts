import type {
  DesiredEndpoint,
  DesiredKey,
  DesiredNetwork,
  DesiredPeer,
  DesiredPolicy,
  DesiredPort,
  DesiredRouter,
  DesiredSandbox,
} from '@netyard/contracts';
import { isLeaving, type DesiredStore, type Touched } from './desired-store';

/** Endpoints that one slice joins: reports of the first go out while the next are made. */
const joinsInSlice = 100;
/** Peers that one slice reaches. */
const peersInSlice = 2_000;
/** Routers that one slice makes or looks at. */
const routersInSlice = 5;
/** Ports that one slice publishes. */
const portsInSlice = 500;

/** What one turn works on, so that changes which arrive meanwhile need not wait for the end of all. */
export interface Slice {
  routers: DesiredRouter[];
  networks: DesiredNetwork[];
  sandboxes: DesiredSandbox[];
  policies: DesiredPolicy[];
  peers: DesiredPeer[];
  keys: DesiredKey[];
  leaving: DesiredEndpoint[];
  joining: DesiredEndpoint[];
  ports: DesiredPort[];
  /** Default routes may change hands there. */
  sandboxIdsWithChangedJoins: Set<string>;
}

/**
 * Some routers, networks, sandboxes and policies that are touched, every endpoint that is to leave, and some that are to join; the rest stays for the next slice, and so does
 * what is behind a router that has to wait for it.
 */
export function takeSlice(store: DesiredStore, touched: Touched, isUnderWay: (id: string) => boolean): Slice {
  const routers = drain(touched.routers, store.routers, routersInSlice);
  const waits = (networkId: string | undefined): boolean => touched.routers.has(store.networks.get(networkId ?? '')?.routerId ?? '');
  const networkOf = (endpointId: string): string | undefined => (store.endpoints.get(endpointId) ?? store.peers.get(endpointId))?.networkId;
  const slice: Slice = {
    routers,
    networks: drain(touched.networks, store.networks, Infinity, ({ id }) => waits(id)),
    sandboxIdsWithChangedJoins: new Set(touched.sandboxes),
    sandboxes: drain(touched.sandboxes, store.sandboxes),
    policies: drain(touched.policies, store.policies, Infinity, ({ networkId }) => waits(networkId)),
    peers: drain(touched.peers, store.peers, peersInSlice, ({ networkId }) => waits(networkId)),
    keys: drain(touched.keys, store.keys),
    leaving: [],
    joining: [],
    ports: drain(touched.ports, store.ports, portsInSlice, ({ endpointId }) => waits(networkOf(endpointId))),
  };
  for (const id of touched.endpoints) {
    const endpoint = store.endpoints.get(id);
    if (endpoint && ((!isLeaving(endpoint) && slice.joining.length >= joinsInSlice) || waits(endpoint.networkId))) continue;
    touched.endpoints.delete(id);
    if (!endpoint || isUnderWay(id)) continue;
    if (endpoint.sandboxId !== null) slice.sandboxIdsWithChangedJoins.add(endpoint.sandboxId);
    (isLeaving(endpoint) ? slice.leaving : slice.joining).push(endpoint);
  }
  return slice;
}

/** Takes ids, at most so many, out of the set, but for those that have to wait; gives the objects that they name. */
function drain<T>(ids: Set<string>, objects: Map<string, T>, limit = Infinity, waits: (object: T) => boolean = () => false): T[] {
  const found: T[] = [];
  for (const id of ids) {
    if (found.length >= limit) break;
    const object = objects.get(id);
    if (object !== undefined && waits(object)) continue;
    ids.delete(id);
    if (object !== undefined) found.push(object);
  }
  return found;
}
