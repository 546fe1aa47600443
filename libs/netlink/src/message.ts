import { encodeAttributes, type Attribute } from './attribute';
import { NLM_F_REQUEST } from './constants';

/** A request to the kernel, apart from its sequence number. */
export interface NetlinkRequest {
  type: number;
  flags: number;
  /** The family's fixed header followed by attributes. */
  payload: Buffer;
  /** The command line that it equals, for errors and logs. */
  equals: string;
}

/** A message from the kernel. */
export interface NetlinkMessage {
  type: number;
  flags: number;
  sequence: number;
  payload: Buffer;
}

export const headerBytes = 16;

export const request = (
  equals: string,
  type: number,
  flags: number,
  header: Buffer,
  attributes: readonly Attribute[] = [],
): NetlinkRequest => ({
  type,
  flags: flags | NLM_F_REQUEST,
  payload: Buffer.concat([header, encodeAttributes(attributes)]),
  equals,
});

/** A request with its header (include/uapi/linux/netlink.h, struct nlmsghdr), padded to 4 bytes. */
export function encodeMessage({ type, flags, payload }: Pick<NetlinkRequest, 'type' | 'flags' | 'payload'>, sequence: number): Buffer {
  const length = headerBytes + payload.length;
  const buffer = Buffer.alloc((length + 3) & ~3);
  buffer.writeUInt32LE(length, 0);
  buffer.writeUInt16LE(type, 4);
  buffer.writeUInt16LE(flags, 6);
  buffer.writeUInt32LE(sequence, 8);
  payload.copy(buffer, headerBytes);
  return buffer;
}

/** The messages in one received datagram; a truncated last one is left out. Payloads are views into `buffer`. */
export function decodeMessages(buffer: Buffer): NetlinkMessage[] {
  const messages: NetlinkMessage[] = [];
  for (let at = 0; at + headerBytes <= buffer.length;) {
    const length = buffer.readUInt32LE(at);
    if (length < headerBytes || at + length > buffer.length) break;
    messages.push({
      type: buffer.readUInt16LE(at + 4),
      flags: buffer.readUInt16LE(at + 6),
      sequence: buffer.readUInt32LE(at + 8),
      payload: buffer.subarray(at + headerBytes, at + length),
    });
    at += (length + 3) & ~3;
  }
  return messages;
}
