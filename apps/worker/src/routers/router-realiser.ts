import { routerLinkName, type DesiredRouter } from '@netyard/contracts';

import { routerInside, routerOutside, type Step } from '@netyard/drivers';
import { getLink } from '@netyard/netlink';
import type { NamespaceIds } from '../drift/namespace-ids';
import type { DesiredStore, Touched } from '../operations/desired-store';
import type { Outcomes } from '../operations/outcomes';
import { difference } from '../plan/difference';
import type { Work } from '../plan/plan';
import { beginPolicies } from '../policies/begin-policies';
import type { Log } from '../operations/messages';
import type { Retries } from '../operations/retries';
import { observeInside, observeOutside } from './observe-router';
import type { Router } from './router';
import type { RouterNamespaces } from './router-namespaces';
import type { Routers } from './routers';
import { assertUplinkFree } from './uplink-conflict';

export interface RouterRealiserParts {
  store: DesiredStore;
  touched: Touched;
  routers: Routers;
  namespaces: RouterNamespaces;
  namespaceIds: NamespaceIds;
  retries: Retries;
  outcomes: Outcomes;
  log: Log;
}

/** Makes tenants' routers: first what the host has of them, then what is in their namespaces. */
export class RouterRealiser {
  constructor(private readonly parts: RouterRealiserParts) {}

  /** Those that are to stay, one by one: each is a namespace of its own. */
  realise(routers: DesiredRouter[]): void {
    const { outcomes } = this.parts;
    for (const desired of routers) outcomes.planned(desired, () => outcomes.succeeded({ subject: desired, steps: this.#realise(desired) }));
  }

  /** Gives what had to be done. */
  #realise(desired: DesiredRouter): Step[] {
    const { routers, namespaces, namespaceIds } = this.parts;
    const { host } = routers;
    // One that stands is kept in order all the same.
    const stands = getLink(host.socket, routerLinkName(desired.id)) !== undefined;
    if (!stands) assertUplinkFree(host.socket, host.observer.routes(), desired);
    const named: Step[] = routers.get(desired.id)?.keepName(namespaces)
      ? [{ verb: 'add', object: { kind: 'router-namespace', routerId: desired.id, name: namespaces.pathOf(desired.id) } }]
      : [];
    const outside = routerOutside(desired);
    const outsideSteps = difference(outside, observeOutside(host, namespaces, desired, outside));
    must(host, { subject: desired, steps: outsideSteps });
    if (routers.open(desired.id)) this.#begin(desired);
    const router = routers.at({ name: desired.name, routerId: desired.id });
    namespaceIds.numberRouter(desired.id, namespaces);
    const inside = routerInside(desired);
    const insideSteps = router.inside(() => difference(inside, observeInside(router, inside)));
    must(router, { subject: desired, steps: insideSteps });
    if (stands) assertUplinkFree(host.socket, host.observer.routes(), desired);
    return [...named, ...outsideSteps, ...insideSteps];
  }

  /** What waited for the router can be made now. */
  #begin({ id, name }: DesiredRouter): void {
    const { store, touched, routers, retries, log } = this.parts;
    if (store.inSync) beginPolicies(routers.at({ name, routerId: id }), store, log);
    const isOfIt = (networkId: string | undefined): boolean => store.networks.get(networkId ?? '')?.routerId === id;
    for (const networkId of retries.failing('network')) if (isOfIt(networkId)) touched.networks.add(networkId);
    for (const policyId of retries.failing('policy')) if (isOfIt(store.policies.get(policyId)?.networkId)) touched.policies.add(policyId);
    for (const endpointId of retries.failing('endpoint'))
      if (isOfIt(store.endpoints.get(endpointId)?.networkId)) touched.endpoints.add(endpointId);
    for (const peerId of retries.failing('peer')) if (isOfIt(store.peers.get(peerId)?.networkId)) touched.peers.add(peerId);
  }
}

/** Throws why the work failed; what had been made for it is gone again. */
function must(router: Router, work: Work): void {
  const [failure] = router.apply([work]);
  if (failure) throw failure.error;
}
