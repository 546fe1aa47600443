import { existsSync, readdirSync } from 'node:fs';
import {
  createNamespace,
  deleteNamespace,
  getLink,
  listAddresses,
  listLinks,
  listRoutes,
  Namespace,
  RouteSocket,
  setLink,
  type Link,
} from '@netyard/netlink';

export const namespacePath = (name: string): string => `/run/netns/${name}`;

export const hasNamespace = (name: string): boolean => existsSync(namespacePath(name));

/** A network namespace that plays a host, with a look into it that does not depend on what is measured. */
export class Host {
  private constructor(
    readonly name: string,
    readonly namespace: Namespace,
    readonly socket: RouteSocket,
  ) {}

  static create(name: string): Host {
    createNamespace(namespacePath(name));
    const namespace = Namespace.open(namespacePath(name));
    const socket = RouteSocket.open(namespace);
    socket.request(setLink('lo', { up: true }));
    return new Host(name, namespace, socket);
  }

  get path(): string {
    return namespacePath(this.name);
  }

  link(name: string): Link | undefined {
    return getLink(this.socket, name);
  }

  /** Names of the links that endpoints have here. */
  endpointLinks(): string[] {
    return listLinks(this.socket)
      .map(({ name }) => name)
      .filter((name) => name.startsWith('nyv'));
  }

  close(): void {
    this.socket.close();
    this.namespace.close();
    deleteNamespace(this.path);
  }
}

/** Removes the namespaces of sandboxes and routers, which workers leave as they are when they end. */
export function deleteSandboxNamespaces(): void {
  for (const name of readdirSync(namespacePath(''))) if (name.startsWith('ny-')) deleteNamespace(namespacePath(name));
}

/** What an endpoint is to have: an end on the host that is up and a port of a bridge, and an end inside with its address and a default route. */
export interface ExpectedJoin {
  hostLink: string;
  sandboxNamespace: string;
  interfaceName: string;
  addresses: string[];
}

/** Throws, naming what is missing, unless the kernel has all that makes the endpoint work. */
export function assertJoined(host: Host, { hostLink, sandboxNamespace, interfaceName, addresses }: ExpectedJoin): void {
  const link = host.link(hostLink);
  if (!link?.up || link.masterIndex === undefined)
    throw new Error(`${hostLink} is not up in a bridge of ${host.name}: ${JSON.stringify(link)}`);
  lookInto(namespacePath(sandboxNamespace), (socket) => {
    const inside = getLink(socket, interfaceName);
    if (!inside?.up) throw new Error(`${interfaceName} in ${sandboxNamespace} is not up`);
    const found = listAddresses(socket, inside.index).map(({ address }) => address);
    const missing = addresses.find((address) => !found.includes(address));
    if (missing !== undefined) throw new Error(`${interfaceName} in ${sandboxNamespace} has not ${missing} but ${found.join(', ')}`);
    if (!listRoutes(socket).some(({ destination }) => destination === '0.0.0.0/0'))
      throw new Error(`${sandboxNamespace} has no default route`);
  });
}

/** Throws unless the link has gone. */
export function assertGone(host: Host, hostLink: string): void {
  if (host.link(hostLink)) throw new Error(`${hostLink} is still on ${host.name}`);
}

/** Throws unless there are so many endpoints' links on the host. */
export function assertLinkCount(host: Host, count: number): void {
  const found = host.endpointLinks().length;
  if (found !== count) throw new Error(`${host.name} has ${found} links of endpoints, not ${count}`);
}

function lookInto(path: string, look: (socket: RouteSocket) => void): void {
  const namespace = Namespace.open(path);
  try {
    const socket = RouteSocket.open(namespace);
    try {
      look(socket);
    } finally {
      socket.close();
    }
  } finally {
    namespace.close();
  }
}
