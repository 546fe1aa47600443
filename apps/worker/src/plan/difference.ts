import { isDeepStrictEqual } from 'node:util';
import { objectKey, type KernelObject, type Step } from '@netyard/drivers';

/** A kernel object that was found. Not `sound`: it stands there, but down, or torn from its other end, so that it has to be mended. */
export interface Standing {
  object: KernelObject;
  sound: boolean;
  /** Somebody else looks after it: it may take the place of what is wanted, and is left alone where nothing is. */
  isOthers?: boolean;
}

/** What stands in the kernel, by key. */
export type Observed = Map<string, Standing>;

export const observedOf = (objects: KernelObject[]): Observed =>
  new Map(objects.map((object) => [objectKey(object), { object, sound: true }]));

/**
 * The steps from what stands to what is wanted: first away with what is not wanted, last made first; then, in order, what is missing.
 * What stands as wanted is left alone. A veth pair, tunnel, route or namespace that differs by more than its MTU is replaced, a bridge, limit or setting is changed
 * in place.
 */
export function difference(wanted: KernelObject[], observed: Observed): Step[] {
  const wantedKeys = new Set(wanted.map(objectKey));
  const steps: Step[] = [...observed]
    .filter(([key]) => !wantedKeys.has(key))
    .reverse()
    .map(([, { object }]) => ({ verb: 'remove', object }));
  const rebuiltLinks = new Set<string>();
  for (const object of wanted) {
    const standing = standsOn(object, rebuiltLinks) ? undefined : observed.get(objectKey(object));
    if (standing?.sound && isDeepStrictEqual(standing.object, object)) continue;
    // The kernel makes the route of an address's prefix with the address, and not again.
    const isRebuilt = isReplaced(object) && !(standing && isMended(object, standing));
    if (standing && (isRebuilt || (object.kind === 'address' && !standing.sound))) steps.push({ verb: 'remove', object: standing.object });
    if (object.kind === 'veth' && isRebuilt) rebuiltLinks.add(object.peer.name).add(object.name);
    if (object.kind === 'uplink' && isRebuilt) rebuiltLinks.add(object.name);
    if (isRebuilt && isLink(object)) rebuiltLinks.add(object.name);
    steps.push({ verb: 'add', object });
  }
  return steps;
}

const isLink = (object: KernelObject): object is Extract<KernelObject, { kind: 'vxlan' | 'macvlan' | 'ipvlan' | 'vlan' }> =>
  object.kind === 'vxlan' || object.kind === 'macvlan' || object.kind === 'ipvlan' || object.kind === 'vlan';

/** Whether it stays, and is put right: what differs can be changed, or an uplink is only down, whose connections would be lost with it. */
const isMended = (object: KernelObject, { object: standing, sound }: Standing): boolean =>
  (sound && isAdjusted(object, standing)) || (object.kind === 'uplink' && isDeepStrictEqual(standing, object));

/** Whether nothing differs but what can be changed in place: the MTU of some links, the source that a route names. */
const isAdjusted = (object: KernelObject, standing: KernelObject): boolean =>
  ((object.kind === 'veth' || object.kind === 'vxlan') && isDeepStrictEqual({ ...standing, mtuBytes: object.mtuBytes }, object)) ||
  (object.kind === 'route' && object.source !== undefined && isDeepStrictEqual({ ...standing, source: object.source }, object));

/** What lives on a link goes with it. */
const standsOn = (object: KernelObject, links: Set<string>): boolean =>
  (object.kind === 'address' || object.kind === 'route' || object.kind === 'shaping' || object.kind === 'forwarding') &&
  links.has(object.link);

function isReplaced(object: KernelObject): boolean {
  switch (object.kind) {
    case 'uplink':
    case 'router-namespace':
    case 'veth':
    case 'vxlan':
    case 'vlan':
    case 'stub':
    case 'macvlan':
    case 'ipvlan':
    case 'route':
    case 'namespace':
      return true;
    case 'loopback':
    case 'parent':
    case 'bridge':
    case 'wireguard':
    case 'wireguard-peer':
    case 'address':
    case 'forwarding':
    case 'neighbour':
    case 'shaping':
    case 'sysctl':
    case 'hairpin':
    case 'rule-element':
      return false;
  }
}
