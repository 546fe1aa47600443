import type { DesiredStore } from '../operations/desired-store';
import type { Log } from '../operations/messages';
import { messageOf } from '../report/conditions';
import type { Router } from '../routers/router';
import { peerMember, policyMember } from './member';

/** From the first snapshot on, the policies that an earlier worker has left in a router are not needed any more. */
export function beginPolicies(router: Router, store: DesiredStore, log: Log): void {
  const networks = store.networksOfRouter(router.id);
  const joined = networks.flatMap(({ id }) => store.endpointsOfNetwork(id)).flatMap((id) => store.joined(id) ?? []);
  const peers = networks.flatMap((network) =>
    store.peersOfNetwork(network.id).flatMap((peer) => (peer.deleted || peer.names.length === 0 ? [] : [peerMember(peer, network)])),
  );
  const policies = networks.flatMap(({ id }) => store.policiesOfNetwork(id));
  try {
    router.inside(() => router.policies.begin(policies, [...joined.map(policyMember), ...peers]));
  } catch (error) {
    log('error', 'policies cannot be brought into force; the next change tries again', { error: messageOf(error) });
  }
}
