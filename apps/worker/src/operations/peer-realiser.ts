import {
  underlayVersions,
  wireguardLinkName,
  type DesiredKey,
  type DesiredNetwork,
  type DesiredPeer,
  type UnderlayVersion,
} from '@netyard/contracts';
import { objectKey, type Step } from '@netyard/drivers';
import type { HostKeys } from '../encryption/host-keys';
import { standingPeers } from '../encryption/peers';
import type { Names } from '../names/names';
import type { Observed } from '../plan/difference';
import { peerObjects, planKey, planPeer, type Work } from '../plan/plan';
import { peerMember } from '../policies/member';
import { messageOf } from '../report/conditions';
import type { Outbox } from '../report/outbox';
import type { Router } from '../routers/router';
import type { Routers } from '../routers/routers';
import type { DesiredStore, Touched } from './desired-store';
import type { Log } from './messages';
import { NoKeyError, NoNetworkError } from './missing-parts';
import type { Outcomes } from './outcomes';
import type { Publisher } from './publisher';
import type { Retries } from './retries';

export interface PeerParts {
  store: DesiredStore;
  touched: Touched;
  routers: Routers;
  outcomes: Outcomes;
  publisher: Publisher;
  retries: Retries;
  names: Names;
  keys: HostKeys;
  /** The host's own keys have changed, and others are to hear of it. */
  onNewKeys(): void;
  outbox: Outbox;
  log: Log;
}

/** Makes the kernel know of endpoints on other hosts, and of the keys of these. */
export class PeerRealiser {
  constructor(private readonly parts: PeerParts) {}

  /** Compares what the links of networks know of others with what they are to know. */
  check(networks: DesiredNetwork[]): void {
    for (const network of networks) if (network.tunnel) this.#checkEntries(network);
    for (const version of underlayVersions)
      if (networks.some(({ tunnel }) => tunnel?.encryption?.underlay === version)) this.#checkKeys(version);
  }

  /** Keys that have changed are written without a look at what stands: writing them again changes nothing. */
  knowKeys(keys: DesiredKey[]): void {
    const { outcomes, routers } = this.parts;
    const others = keys.filter(({ own }) => own === null);
    outcomes.apply(
      others.map((key) => ({ subject: key, legs: [{ router: routers.host, steps: planKey(key, new Map()).steps }] })),
      false,
    );
    this.#obeyOrders(keys);
  }

  forgetKeys(keys: DesiredKey[]): void {
    if (keys.length === 0) return;
    const { routers, store, retries, outbox, log } = this.parts;
    const works = keys.map((key): Work => ({
      subject: key,
      steps: planKey(key, new Map()).steps.map(({ object }) => ({ verb: 'remove', object })),
    }));
    for (const { error } of routers.host.apply(works)) log('error', 'a key could not be removed', { error: messageOf(error) });
    for (const { id } of keys) {
      retries.succeeded(id);
      outbox.forget(id);
      store.drop(id);
    }
  }

  /** What has changed of peers. Their entries are written without a look at what stands: writing them again changes nothing. */
  reach(peers: DesiredPeer[]): void {
    if (peers.length === 0) return;
    this.#remove(peers.filter(({ deleted }) => deleted));
    const { store, routers, outcomes } = this.parts;
    const tasks = peers
      .filter(({ deleted }) => !deleted)
      .flatMap((peer) =>
        outcomes.planned(peer, () => {
          const network = store.networks.get(peer.networkId);
          if (!network || network.deleted) throw new NoNetworkError(peer);
          if (network.tunnel?.encryption && !this.#hasKey(peer)) throw new NoKeyError(peer, network);
          const router = routers.at(network);
          if (peer.names.length > 0) router.policies.upsertMember(peerMember(peer, network));
          return { subject: peer, legs: [{ router, steps: planPeer(peer, network, new Map()).steps }] };
        }),
      );
    const refused = new Set(
      [...new Set(tasks.flatMap(({ legs }) => legs.map(({ router }) => router)))].filter((router) => {
        const own = tasks.filter(({ legs }) => legs[0]?.router === router);
        return !this.#commit(
          router,
          own.map(({ subject }) => subject),
        );
      }),
    );
    outcomes.apply(
      tasks.filter(({ legs }) => legs.every(({ router }) => !refused.has(router))),
      false,
    );
  }

  /** Those of a network that goes. */
  lose(networkId: string): void {
    for (const { id } of this.parts.store.peersOfNetwork(networkId)) this.#lose(id);
  }

  /** Policies stand before there is a way to those that they are about. */
  #commit(router: Router, peers: DesiredPeer[]): boolean {
    try {
      router.inside(() => router.policies.commit());
      return true;
    } catch (error) {
      for (const peer of peers) this.parts.outcomes.failed({ subject: peer, steps: [] }, error);
      return false;
    }
  }

  #remove(going: DesiredPeer[]): void {
    const { store, routers, publisher, log } = this.parts;
    publisher.unpublish(
      going.flatMap(({ id }) => (store.endpoints.has(id) ? [] : store.portsOfEndpoint(id).filter(({ deleted }) => !deleted))),
    );
    const known = going.flatMap((peer) => {
      const network = store.networks.get(peer.networkId);
      return network ? [{ peer, network }] : [];
    });
    for (const [router, some] of routers.grouped(known)) {
      const works = some.map(({ peer, network }): Work => ({
        subject: peer,
        steps: peerObjects(peer, network).map((object) => ({ verb: 'remove', object })),
      }));
      for (const { error } of router.apply(works)) log('error', 'a peer could not be removed', { error: messageOf(error) });
    }
    for (const { id } of going) {
      this.#lose(id);
      store.dropPeer(id);
    }
  }

  /** Nobody on this host knows the peer any more, unless it is an endpoint of this host now. */
  #lose(id: DesiredPeer['id']): void {
    const { store, names, routers, retries, outbox } = this.parts;
    retries.succeeded(id);
    if (store.endpoints.has(id)) return;
    names.peerGone(id);
    routers.removeMember(id, store.peers.get(id)?.networkId);
    outbox.forget(id);
  }

  #keysOf(version: UnderlayVersion): DesiredKey[] {
    return [...this.parts.store.keys.values()].filter(({ underlay, deleted }) => underlay === version && !deleted);
  }

  /** Compares what a WireGuard link knows of others with what it is to know, and does what is asked of the host's own keys. */
  #checkKeys(version: UnderlayVersion): void {
    const { store, routers, touched, outcomes } = this.parts;
    const { host } = routers;
    const keys = this.#keysOf(version);
    const others = keys.filter(({ own }) => own === null);
    for (const { id } of others) touched.keys.delete(id);
    const link = wireguardLinkName(version);
    const device = host.observer.wireguardDevice(link);
    const observed = device ? standingPeers(link, device, others, Date.now()) : new Map<string, never>();
    const tasks = others.map((key) => {
      const own: Observed = new Map();
      for (const { object } of planKey(key, new Map()).steps) {
        const standing = observed.get(objectKey(object));
        if (standing) own.set(objectKey(object), standing);
        observed.delete(objectKey(object));
      }
      return { subject: key, legs: [{ router: host, steps: planKey(key, own).steps }] };
    });
    outcomes.apply(tasks);
    this.#obeyOrders(keys);
    const [first] = keys;
    if (!store.inSync || !first) return;
    const strays = [...observed.values()].map(({ object }): Step => ({ verb: 'remove', object }));
    const [failure] = host.apply([{ subject: first, steps: strays }]);
    if (failure) this.parts.log('error', 'keys of nobody could not be removed', { link, error: messageOf(failure.error) });
  }

  /** A key counts as used when the WireGuard link has it, or there is none. */
  #obeyOrders(keys: DesiredKey[]): void {
    const { routers, keys: hostKeys, onNewKeys } = this.parts;
    const isInForce = ({ underlay, publicKey }: DesiredKey): boolean =>
      (routers.host.observer.wireguardDevice(wireguardLinkName(underlay))?.publicKey ?? publicKey) === publicKey;
    const changed = keys.filter((key) => hostKeys.obey(key, () => isInForce(key)));
    if (changed.length > 0) onNewKeys();
  }

  /** Compares all entries of a network's tunnel with its peers: those that are missing or wrong are made again, others belong to nobody and go, but for those of a routing daemon. */
  #checkEntries(network: DesiredNetwork): void {
    const { store, routers, touched, outcomes } = this.parts;
    const router = routers.get(network.routerId);
    if (!router) return;
    const peers = store.peersOfNetwork(network.id).filter(({ deleted }) => !deleted);
    const entries = router.look((observer) => observer.entries(network));
    const wanted = new Set<string>();
    const tasks = peers.map((peer) => {
      const own: Observed = new Map();
      for (const object of peerObjects(peer, network)) {
        const key = objectKey(object);
        const standing = entries.get(key);
        if (standing) own.set(key, standing);
        wanted.add(key);
      }
      return { subject: peer, legs: [{ router, steps: planPeer(peer, network, own).steps }] };
    });
    for (const { subject } of tasks) touched.peers.delete(subject.id);
    outcomes.apply(tasks);
    if (!store.inSync) return;
    const strays = [...entries]
      .filter(([key, { isOthers }]) => !wanted.has(key) && !isOthers)
      .map(([, { object }]): Step => ({ verb: 'remove', object }));
    const [failure] = router.apply([{ subject: network, steps: strays }]);
    if (failure) this.parts.log('error', 'entries of nobody could not be removed', { id: network.id, error: messageOf(failure.error) });
  }

  /** Without it what is sent to the peer would be lost. */
  #hasKey({ tunnelAddress }: DesiredPeer): boolean {
    const { store, retries } = this.parts;
    const key = store.keyOf(tunnelAddress ?? '');
    return key !== undefined && !retries.isFailing(key.id);
  }
}
