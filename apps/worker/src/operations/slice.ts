import type {
  DesiredEndpoint,
  DesiredKey,
  DesiredNetwork,
  DesiredPeer,
  DesiredPolicy,
  DesiredPort,
  DesiredSandbox,
} from '@netyard/contracts';
import { isLeaving, type DesiredStore, type Touched } from './desired-store';

/** Endpoints that one slice joins: reports of the first go out while the next are made. */
const joinsInSlice = 100;
/** Peers that one slice reaches. */
const peersInSlice = 2_000;
/** Ports that one slice publishes. */
const portsInSlice = 500;

/** What one turn works on, so that changes which arrive meanwhile need not wait for the end of all. */
export interface Slice {
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

/** Networks, sandboxes and policies that are touched, every endpoint that is to leave, and some that are to join; the rest stays for the next slice. */
export function takeSlice(store: DesiredStore, touched: Touched, isUnderWay: (id: string) => boolean): Slice {
  const slice: Slice = {
    networks: drain(touched.networks, store.networks),
    sandboxIdsWithChangedJoins: new Set(touched.sandboxes),
    sandboxes: drain(touched.sandboxes, store.sandboxes),
    policies: drain(touched.policies, store.policies),
    peers: drain(touched.peers, store.peers, peersInSlice),
    keys: drain(touched.keys, store.keys),
    leaving: [],
    joining: [],
    ports: drain(touched.ports, store.ports, portsInSlice),
  };
  for (const id of touched.endpoints) {
    const endpoint = store.endpoints.get(id);
    if (endpoint && !isLeaving(endpoint) && slice.joining.length >= joinsInSlice) continue;
    touched.endpoints.delete(id);
    if (!endpoint || isUnderWay(id)) continue;
    if (endpoint.sandboxId !== null) slice.sandboxIdsWithChangedJoins.add(endpoint.sandboxId);
    (isLeaving(endpoint) ? slice.leaving : slice.joining).push(endpoint);
  }
  return slice;
}

/** Takes ids, at most so many, out of the set; gives the objects that they name. */
function drain<T>(ids: Set<string>, objects: Map<string, T>, limit = Infinity): T[] {
  const found: T[] = [];
  for (const id of ids) {
    if (found.length >= limit) break;
    ids.delete(id);
    const object = objects.get(id);
    if (object !== undefined) found.push(object);
  }
  return found;
}
