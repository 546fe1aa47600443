import { closeSync } from 'node:fs';
import { decodeAttributes, decodeText } from './attribute';
import * as c from './constants';
import { moveUp } from './descriptors';
import { KernelError, type ExtendedAck } from './kernel-error';
import { errno, libc } from './libc';
import { decodeMessages, encodeMessage, headerBytes, type NetlinkMessage, type NetlinkRequest } from './message';
import { inNamespace, type Namespace } from './namespace';
import { openRouteDescriptor } from './route-descriptor';

const receiveBuffer = Buffer.allocUnsafeSlow(256 * 1024);
const chunkBytes = 32 * 1024;
const chunkMessages = 128;
const attemptsAtDump = 8;

/**
 * A blocking rtnetlink socket that stays in the namespace in which it was opened, whatever namespace its thread enters later.
 * Source: rtnetlink(7), Documentation/userspace-api/netlink/intro.rst.
 */
export class RouteSocket {
  private sequence = 1;

  private constructor(private readonly fd: number) {}

  /** Opens a socket in `namespace`, or in the thread's own. */
  static open(namespace?: Namespace): RouteSocket {
    const fd = namespace ? inNamespace(namespace, () => openRouteDescriptor()) : openRouteDescriptor();
    return new RouteSocket(fd);
  }

  /** The same for the netfilter family: what tracks connections. Source: include/uapi/linux/netfilter/nfnetlink.h. */
  static openNetfilter(namespace?: Namespace): RouteSocket {
    const open = (): number => openRouteDescriptor(c.NETLINK_NETFILTER);
    return new RouteSocket(namespace ? inNamespace(namespace, open) : open());
  }

  /** The same for generic netlink, whose families are found by name (`genericFamily`). Source: include/uapi/linux/genetlink.h. */
  static openGeneric(namespace?: Namespace): RouteSocket {
    const open = (): number => openRouteDescriptor(c.NETLINK_GENERIC);
    return new RouteSocket(namespace ? inNamespace(namespace, open) : open());
  }

  /** The same socket for those who keep many open: see `moveUp`. This one must not be used any more. */
  kept(): RouteSocket {
    return new RouteSocket(moveUp(this.fd));
  }

  /** Sends one request and waits for the kernel's word. Throws KernelError when it is a refusal. */
  request(request: NetlinkRequest): void {
    const [error] = this.batch([request]);
    if (error) throw error;
  }

  /**
   * Sends many requests in few system calls. The kernel takes them in order and goes on after a refused one: the result holds, for each
   * request in order, the error or undefined.
   */
  batch(requests: readonly NetlinkRequest[]): (KernelError | undefined)[] {
    const results: (KernelError | undefined)[] = [];
    for (let from = 0; from < requests.length;) {
      const parts: Buffer[] = [];
      let length = 0;
      const first = this.firstSequence();
      while (from + parts.length < requests.length && parts.length < chunkMessages && length < chunkBytes) {
        const request = requests[from + parts.length] as NetlinkRequest;
        const part = encodeMessage({ ...request, flags: request.flags | c.NLM_F_ACK }, this.sequence++);
        parts.push(part);
        length += part.length;
      }
      const chunk = requests.slice(from, from + parts.length);
      this.send(Buffer.concat(parts, length), chunk[0]?.equals ?? '');
      results.push(...this.acknowledgements(chunk, first));
      from += parts.length;
    }
    return results;
  }

  /**
   * Sends the requests as one transaction of a netfilter subsystem (nf_tables): all of them come into force, or none. Throws KernelError that names the first one
   * refused. Source: include/uapi/linux/netfilter/nfnetlink.h (NFNL_MSG_BATCH_BEGIN), net/netfilter/nfnetlink.c.
   */
  transact(subsystem: number, requests: readonly NetlinkRequest[]): void {
    if (requests.length === 0) return;
    const first = this.firstSequence();
    const bound = (type: number): Buffer =>
      encodeMessage(
        { type, flags: c.NLM_F_REQUEST, payload: Buffer.of(c.AF_UNSPEC, 0, subsystem >> 8, subsystem & 0xff) },
        this.sequence++,
      );
    const begin = bound(c.NFNL_MSG_BATCH_BEGIN);
    const parts = requests.map((request) => encodeMessage({ ...request, flags: request.flags | c.NLM_F_ACK }, this.sequence++));
    this.send(Buffer.concat([begin, ...parts, bound(c.NFNL_MSG_BATCH_END)]), requests[0]?.equals ?? '');
    let refused: KernelError | undefined;
    for (let missing = requests.length; missing > 0;) {
      for (const message of this.receive(requests[0]?.equals ?? '')) {
        const place = message.sequence - first;
        if (message.type !== c.NLMSG_ERROR || place < 0 || place > requests.length + 1) continue;
        const error = refusal(message, requests[place - 1]?.equals ?? 'nf_tables transaction');
        refused ??= error;
        // The transaction as a whole is refused by a word on its beginning, after which there may be none on its parts.
        missing = place === 0 ? 0 : missing - 1;
      }
    }
    if (refused) throw refused;
  }

  private acknowledgements(requests: readonly NetlinkRequest[], first: number): (KernelError | undefined)[] {
    const results = new Array<KernelError | undefined>(requests.length).fill(undefined);
    for (let missing = requests.length; missing > 0;) {
      for (const message of this.receive(requests[0]?.equals ?? '')) {
        const request = requests[message.sequence - first];
        if (!request || message.type !== c.NLMSG_ERROR) continue;
        results[message.sequence - first] = refusal(message, request.equals);
        missing--;
      }
    }
    return results;
  }

  /** All answers to a dump request. Repeats it when the kernel says that the table changed under it. Throws KernelError. */
  dump(request: NetlinkRequest): NetlinkMessage[] {
    for (let attempt = 1; ; attempt++) {
      const { messages, interrupted } = this.dumpOnce(request);
      if (!interrupted || attempt === attemptsAtDump) return messages;
    }
  }

  private dumpOnce(request: NetlinkRequest): { messages: NetlinkMessage[]; interrupted: boolean } {
    const sequence = this.firstSequence();
    this.sequence++;
    this.send(encodeMessage({ ...request, flags: request.flags | c.NLM_F_DUMP }, sequence), request.equals);
    const messages: NetlinkMessage[] = [];
    for (let interrupted = false; ;) {
      for (const message of this.receive(request.equals)) {
        if (message.sequence !== sequence) continue;
        interrupted ||= (message.flags & c.NLM_F_DUMP_INTR) !== 0;
        if (message.type === c.NLMSG_DONE) {
          const error = incomplete(message, request.equals);
          if (error) throw error;
          return { messages, interrupted };
        }
        if (message.type === c.NLMSG_ERROR) throw refusal(message, request.equals) ?? new KernelError(request.equals, 0);
        messages.push({ ...message, payload: Buffer.from(message.payload) });
      }
    }
  }

  /** The one answer to a get request. Throws KernelError, ENODEV for a link that is not there. */
  get(request: NetlinkRequest): NetlinkMessage {
    const sequence = this.firstSequence();
    this.sequence++;
    this.send(encodeMessage(request, sequence), request.equals);
    for (;;) {
      for (const message of this.receive(request.equals)) {
        if (message.sequence !== sequence) continue;
        if (message.type === c.NLMSG_ERROR) throw refusal(message, request.equals) ?? new KernelError(request.equals, 0);
        return { ...message, payload: Buffer.from(message.payload) };
      }
    }
  }

  /** Where the numbers of the next requests begin. They have 32 bits, and a chunk must not straddle their end. */
  private firstSequence(): number {
    if (this.sequence > 0xffff_0000) this.sequence = 1;
    return this.sequence;
  }

  private send(buffer: Buffer, equals: string): void {
    while (libc.send(this.fd, buffer, buffer.length, 0) < 0) {
      const number = errno();
      if (number !== EINTR) throw new KernelError(equals, number);
    }
  }

  private receive(equals: string): NetlinkMessage[] {
    for (;;) {
      const length = libc.recv(this.fd, receiveBuffer, receiveBuffer.length, 0);
      if (length >= 0) return decodeMessages(receiveBuffer.subarray(0, length));
      const number = errno();
      if (number !== EINTR) throw new KernelError(`${equals} (waiting for the kernel's answer)`, number);
    }
  }

  close(): void {
    closeSync(this.fd);
  }
}

const EINTR = 4;

/** What an NLMSG_ERROR says; undefined if it acknowledges. */
function refusal({ flags, payload }: NetlinkMessage, equals: string): KernelError | undefined {
  const number = -payload.readInt32LE(0);
  if (number === 0) return undefined;
  const echoed = 4 + headerBytes;
  const skipped = (flags & c.NLM_F_CAPPED) !== 0 ? echoed : 4 + ((payload.readUInt32LE(4) + 3) & ~3);
  return new KernelError(equals, number, extendedAck(flags, payload.subarray(skipped)));
}

/** What an NLMSG_DONE says of a dump that ended early; undefined if it was complete. */
function incomplete({ flags, payload }: NetlinkMessage, equals: string): KernelError | undefined {
  const number = payload.length < 4 ? 0 : -payload.readInt32LE(0);
  return number === 0 ? undefined : new KernelError(equals, number, extendedAck(flags, payload.subarray(4)));
}

function extendedAck(flags: number, attributeBytes: Buffer): ExtendedAck {
  if ((flags & c.NLM_F_ACK_TLVS) === 0) return {};
  const attributes = decodeAttributes(attributeBytes);
  return { message: decodeText(attributes.get(c.NLMSGERR_ATTR_MSG)), offset: attributes.get(c.NLMSGERR_ATTR_OFFS)?.readUInt32LE(0) };
}
