import { workerData, type MessagePort } from 'node:worker_threads';
import { EventSocket, waitForAny } from '@netyard/netlink';
import type { OperationsConfig } from '../operations/messages';
import { enterHome, threadName } from '../sandboxes/home';
import { Changes } from './changes';
import type { ToDrift } from './messages';
import { Repeated } from './repeated';

// include/uapi/linux/netlink.h, rtnetlink.h, linux/netfilter/nfnetlink.h
const NETLINK_ROUTE = 0;
const NETLINK_NETFILTER = 12;
const routeGroups = { link: 1, trafficControl: 4, ipv4Address: 5, ipv4Route: 7, ipv6Address: 9, ipv6Route: 11 };
/** Only what goes: sandboxes talk all the time, and each entry of an overlay is told when it is written. */
const neighbourGroup = 3;
const RTM_DELNEIGH = 29;
const nftablesGroup = 7;

/** Changes that come together are told together. */
const mergeMs = 20;
/** After so long without an event the thread sees whether it is to end. */
const idleMs = 250;

/** Sandboxes can say more than anybody hears. Whoever does so is not to keep a processor busy: what comes meanwhile is lost as well. */
const restMs = 500;
const rest = new Int32Array(new SharedArrayBuffer(4));

/** Thread that hears what the kernel tells of changes in the host's own namespace, and in those of routers and sandboxes, and hands on what may be drift. */
const { config, operationsPort: port }: { config: OperationsConfig; operationsPort: MessagePort } = workerData;
enterHome(config.netnsPath);

const changes = new Changes(threadName);
port.on('message', ({ nsids }: ToDrift) => changes.knowRouters(nsids));
const routes = EventSocket.open(NETLINK_ROUTE, Object.values(routeGroups));
const entries = EventSocket.open(NETLINK_ROUTE, [neighbourGroup], { messageType: RTM_DELNEIGH });
const nftables = EventSocket.open(NETLINK_NETFILTER, [nftablesGroup]);
const repeated = new Repeated();
let flushAtMs = Infinity;

function listen(): void {
  const now = performance.now();
  const [hasRoutes, hasEntries, hasNftables] = waitForAny(
    [routes.fd, entries.fd, nftables.fd],
    Math.max(0, Math.ceil(Math.min(idleMs, flushAtMs - now))),
  );
  const isLoud = [
    hasRoutes && routes.receive((datagram) => changes.takeRoutes(datagram)) === 'lost',
    hasEntries && entries.receive((datagram) => changes.takeEntries(datagram)) === 'lost',
  ].includes(true);
  if (isLoud) {
    changes.lose();
    Atomics.wait(rest, 0, 0, restMs);
  }
  if (hasNftables && nftables.receive((datagram) => changes.takeNftables(datagram)) === 'lost') changes.lose();
  if (!changes.isEmpty) flushAtMs = Math.min(flushAtMs, performance.now() + mergeMs);
  if (performance.now() >= flushAtMs) {
    const message = repeated.admit(changes.drain(), performance.now());
    if (message) port.postMessage(message);
    flushAtMs = repeated.dueAtMs;
  }
  setImmediate(listen);
}
listen();
