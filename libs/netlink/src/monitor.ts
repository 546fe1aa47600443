import { closeSync, writeSync } from 'node:fs';
import { decodeAddress, type LinkAddress } from './addresses';
import { decodeAttributes, decodeText } from './attribute';
import { decodeBridgePort, type BridgePort } from './bridge-port';
import * as c from './constants';
import { KernelError } from './kernel-error';
import { errno, libc } from './libc';
import { decodeLink, type Link } from './links';
import { decodeMessages, type NetlinkMessage } from './message';
import { inNamespace, type Namespace } from './namespace';
import { decodeNeighbour, type Neighbour } from './neighbours';
import { openRouteDescriptor } from './route-descriptor';
import { decodeRoute, type Route } from './routes';

/**
 * Something changed in the namespace. `gone`: it was there before and is no more. The kernel says nothing of a new alias of a link that is down, nor of the
 * routes that go with a link or an IPv4 address.
 */
export type KernelEvent =
  | { subject: 'link'; gone: boolean; link: Link }
  | { subject: 'port'; gone: boolean; linkIndex: number; name: string; masterIndex?: number; port?: BridgePort }
  | { subject: 'address'; gone: boolean; address: LinkAddress }
  | { subject: 'route'; gone: boolean; route: Route }
  | { subject: 'neighbour'; gone: boolean; neighbour: Neighbour }
  /** More happened than the socket could hold: what is known has to be read anew. */
  | { subject: 'lost' };

/** What can be listened to; `link` brings the events of bridge ports too. */
export type MonitorSubject = 'link' | 'address' | 'route' | 'neighbour';

const groups: Record<MonitorSubject, number[]> = {
  link: [c.RTNLGRP_LINK],
  address: [c.RTNLGRP_IPV4_IFADDR, c.RTNLGRP_IPV6_IFADDR],
  route: [c.RTNLGRP_IPV4_ROUTE, c.RTNLGRP_IPV6_ROUTE],
  neighbour: [c.RTNLGRP_NEIGH],
};

const EINTR = 4;
const EAGAIN = 11;
const ENOBUFS = 105;
/** A slice of events at a time, so that a storm of them does not keep the caller from its other work. */
const datagramsAtOnce = 64;

/**
 * Listens to the changes in one namespace. Waiting blocks the calling thread, so it is for a thread that does nothing else; any other thread wakes it
 * through `stopDescriptor`. Equivalent to: `ip monitor link address route neigh`. Source: rtnetlink(7).
 */
export class Monitor {
  private readonly buffer = Buffer.allocUnsafeSlow(64 * 1024);

  private constructor(
    private readonly fd: number,
    /** To be handed to another thread, for `stopMonitor`. */
    readonly stopDescriptor: number,
  ) {}

  /** Listens in `namespace`, or in the thread's own, from now on: what is there already has to be read after this. Throws KernelError. */
  static open(subjects: readonly MonitorSubject[], namespace?: Namespace): Monitor {
    const fd = namespace ? inNamespace(namespace, openRouteDescriptor) : openRouteDescriptor();
    // An address of its own first: without one the socket would pass for the kernel, whose own messages it does not hear.
    const anyAddress = Buffer.alloc(12);
    anyAddress.writeUInt16LE(c.AF_NETLINK);
    if (libc.bind(fd, anyAddress, anyAddress.length) < 0) throw closing(fd, 'ip monitor: bind', errno());
    const option = Buffer.alloc(4);
    for (const group of subjects.flatMap((subject) => groups[subject])) {
      option.writeInt32LE(group);
      if (libc.setsockopt(fd, c.SOL_NETLINK, c.NETLINK_ADD_MEMBERSHIP, option, 4) < 0) throw closing(fd, 'ip monitor', errno());
    }
    const stopDescriptor = libc.eventfd(0, c.EFD_CLOEXEC);
    if (stopDescriptor < 0) throw closing(fd, 'ip monitor: eventfd', errno());
    return new Monitor(fd, stopDescriptor);
  }

  /** Blocks until something happens, and gives it; nothing when `timeoutMs` is over (-1: never); undefined once stopped. Throws KernelError. */
  next(timeoutMs = -1): KernelEvent[] | undefined {
    const descriptors = Buffer.alloc(16);
    // struct pollfd { int fd; short events; short revents; }, poll(2).
    for (const [at, fd] of [this.fd, this.stopDescriptor].entries()) {
      descriptors.writeInt32LE(fd, at * 8);
      descriptors.writeInt16LE(c.POLLIN, at * 8 + 4);
    }
    while (libc.poll(descriptors, 2, timeoutMs) < 0) {
      const number = errno();
      if (number !== EINTR) throw new KernelError('ip monitor: poll', number);
    }
    if (descriptors.readInt16LE(14) !== 0) return undefined;
    return descriptors.readInt16LE(6) === 0 ? [] : this.receive();
  }

  private receive(): KernelEvent[] {
    const events: KernelEvent[] = [];
    for (let count = 0; count < datagramsAtOnce; count++) {
      const length = libc.recv(this.fd, this.buffer, this.buffer.length, c.MSG_DONTWAIT);
      if (length >= 0) {
        events.push(...decodeMessages(this.buffer.subarray(0, length)).flatMap(decodeEvent));
        continue;
      }
      const number = errno();
      if (number === EAGAIN) break;
      if (number === ENOBUFS) events.push({ subject: 'lost' });
      else if (number !== EINTR) throw new KernelError('ip monitor', number);
    }
    return events;
  }

  /** Not while another thread may still call `stopMonitor`. */
  close(): void {
    closeSync(this.fd);
    closeSync(this.stopDescriptor);
  }
}

/** Makes `next` of a monitor return undefined, from any thread, now and from then on. */
export function stopMonitor(stopDescriptor: number): void {
  const one = Buffer.alloc(8);
  one.writeBigUInt64LE(1n);
  writeSync(stopDescriptor, one);
}

function closing(fd: number, operation: string, number: number): KernelError {
  closeSync(fd);
  return new KernelError(operation, number);
}

/** Nothing for what is none of ours, such as routes of other tables. */
export function decodeEvent(message: NetlinkMessage): KernelEvent[] {
  switch (message.type) {
    case c.RTM_NEWLINK:
    case c.RTM_DELLINK:
      return [decodeLinkEvent(message, message.type === c.RTM_DELLINK)];
    case c.RTM_NEWADDR:
    case c.RTM_DELADDR:
      return decodeAddress(message).map((address) => ({ subject: 'address', gone: message.type === c.RTM_DELADDR, address }));
    case c.RTM_NEWROUTE:
    case c.RTM_DELROUTE:
      return decodeRoute(message).map((route) => ({ subject: 'route', gone: message.type === c.RTM_DELROUTE, route }));
    case c.RTM_NEWNEIGH:
    case c.RTM_DELNEIGH:
      return decodeNeighbour(message).map((neighbour) => ({ subject: 'neighbour', gone: message.type === c.RTM_DELNEIGH, neighbour }));
    default:
      return [];
  }
}

/** A bridge tells of its ports in link messages of its own family: there, "deleted" means that the port left the bridge. */
function decodeLinkEvent(message: NetlinkMessage, gone: boolean): KernelEvent {
  const { payload } = message;
  if (payload.readUInt8(0) !== c.AF_BRIDGE) return { subject: 'link', gone, link: decodeLink(message) };
  const attributes = decodeAttributes(payload.subarray(16));
  const port = attributes.get(c.IFLA_PROTINFO);
  return {
    subject: 'port',
    gone,
    linkIndex: payload.readInt32LE(4),
    name: decodeText(attributes.get(c.IFLA_IFNAME)) ?? '',
    masterIndex: attributes.get(c.IFLA_MASTER)?.readUInt32LE(0),
    port: port && decodeBridgePort(port),
  };
}
