import { inNamespace, Namespace } from '@netyard/netlink';
import koffi from 'koffi';

const libc = koffi.load('libc.so.6');
const socket = libc.func('int socket(int domain, int type, int protocol)');
const bind = libc.func('int bind(int fd, const void *address, uint32_t length)');
const send = libc.func('int64_t send(int fd, const void *bytes, size_t length, int flags)');
const close = libc.func('int close(int fd)');
const indexOf = libc.func('uint32_t if_nametoindex(const char *name)');

// include/linux/socket.h, include/uapi/linux/if_packet.h
const AF_PACKET = 17;
const SOCK_RAW = 3;

/** Sends Ethernet frames out of a link, one after another, byte by byte as they are. Source: packet(7). */
export function sendFrames(namespacePath: string, link: string, frames: Iterable<Buffer>): void {
  const namespace = Namespace.open(namespacePath);
  try {
    inNamespace(namespace, () => {
      const address = Buffer.alloc(20);
      address.writeUInt16LE(AF_PACKET, 0);
      address.writeUInt32LE(indexOf(link), 4);
      const fd: number = socket(AF_PACKET, SOCK_RAW, 0);
      try {
        if (bind(fd, address, address.length) !== 0) throw new Error(`no frames can be sent by ${link}: errno ${koffi.errno()}`);
        for (const frame of frames)
          if (Number(send(fd, frame, frame.length, 0)) !== frame.length)
            throw new Error(`a frame of ${frame.length} bytes was not sent: errno ${koffi.errno()}`);
      } finally {
        close(fd);
      }
    });
  } finally {
    namespace.close();
  }
}

export const sendFrame = (namespacePath: string, link: string, frame: Buffer): void => sendFrames(namespacePath, link, [frame]);

/** Numbers and texts of hexadecimal digits, with `:` or `.` between bytes or words, one after another. */
export const hex = (...parts: string[]): Buffer => Buffer.from(parts.join('').replaceAll(/[^0-9a-f]/gi, ''), 'hex');

export const ipv4Bytes = (address: string): string => Buffer.from(address.split('.').map(Number)).toString('hex');

/** Eight groups, none left out. */
export const ipv6Bytes = (address: string): string =>
  address
    .split(':')
    .map((group) => group.padStart(4, '0'))
    .join('');

/** Of a header whose checksum is 0 (RFC 1071), in hexadecimal digits. */
export function internetChecksum(header: Buffer): string {
  let sum = 0;
  for (let at = 0; at < header.length; at += 2) sum += header.readUInt16BE(at);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return (~sum & 0xffff).toString(16).padStart(4, '0');
}
