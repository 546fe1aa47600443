import {
  addAddress,
  addBridge,
  addRoute,
  addVeth,
  createNamespace,
  deleteLink,
  deleteLinkGroup,
  deleteNamespace,
  getLink,
  Namespace,
  RouteSocket,
  setLink,
  writeSysctl,
  inNamespace,
} from '@netyard/netlink';
import { type Host, namespacePath } from './host';

/** A namespace that endpoints are made in by hand. */
export interface BareSandbox {
  name: string;
  namespace: Namespace;
  socket: RouteSocket;
}

/** Makes one as a worker does: new links announce their address (which a bridge sends out by every port), and have no IPv6 unless told otherwise. */
export function createBareSandbox(name: string): BareSandbox {
  createNamespace(namespacePath(name));
  const namespace = Namespace.open(namespacePath(name));
  const socket = RouteSocket.open(namespace);
  socket.request(setLink('lo', { up: true }));
  inNamespace(namespace, () => {
    writeSysctl('net/ipv4/conf/default/arp_notify', '1');
    writeSysctl('net/ipv6/conf/default/disable_ipv6', '1');
  });
  return { name, namespace, socket };
}

export function deleteBareSandbox({ name, namespace, socket }: BareSandbox): void {
  socket.close();
  namespace.close();
  deleteNamespace(namespacePath(name));
}

export interface BareJoin {
  link: string;
  masterIndex: number;
  sandbox: BareSandbox;
  /** With prefix length. */
  address: string;
  gateway: string;
  group?: number;
}

/**
 * What an endpoint needs of the kernel and nothing else: the floor for a join.
 * Equivalent to: `ip link add LINK type veth peer name eth0 netns …; ip link set LINK master … up`, and inside `ip addr add; ip link set eth0 up; ip route add default`.
 */
export function bareJoin(host: Host, { link, masterIndex, sandbox, address, gateway, group }: BareJoin): void {
  const outside = host.socket.batch([
    addVeth({ name: link, mtuBytes: 1500, group, peer: { name: 'eth0', namespace: sandbox.namespace } }),
    setLink(link, { masterIndex, ipv6AutoAddress: false }),
    setLink(link, { up: true }),
  ]);
  throwFirst(outside);
  const linkIndex = getLink(sandbox.socket, 'eth0')?.index ?? 0;
  throwFirst(
    sandbox.socket.batch([
      addAddress(linkIndex, address),
      setLink(linkIndex, { up: true }),
      addRoute({ destination: '0.0.0.0/0', via: gateway, linkIndex }),
    ]),
  );
}

/** Equivalent to: `ip link delete LINK`. */
export const bareLeave = (host: Host, link: string): void => host.socket.request(deleteLink(link));

/** Equivalent to: `ip link delete group GROUP`. */
export const bareLeaveGroup = (host: Host, group: number): void => host.socket.request(deleteLinkGroup(group));

/** Makes a bridge that is up, with its address; gives its index. */
export function createBareBridge(host: Host, name: string, address: string): number {
  host.socket.request(addBridge({ name, macAddress: '02:00:00:00:00:fd', mtuBytes: 1500 }));
  host.socket.request(setLink(name, { up: true }));
  const index = getLink(host.socket, name)?.index ?? 0;
  host.socket.request(addAddress(index, address));
  return index;
}

function throwFirst(results: (Error | undefined)[]): void {
  const error = results.find((result) => result !== undefined);
  if (error) throw error;
}
