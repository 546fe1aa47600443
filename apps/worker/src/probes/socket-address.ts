import { parse } from 'ipaddr.js';

// include/linux/socket.h
export const AF_INET = 2;
export const AF_INET6 = 10;

export const isIpv6 = (address: string): boolean => address.includes(':');

/** struct sockaddr_in or sockaddr_in6 (include/uapi/linux/in.h, in6.h). Throws when `address` is no IP address. */
export function socketAddress(address: string, port: number): Buffer {
  const value = Buffer.from(parse(address).toByteArray());
  const bytes = Buffer.alloc(value.length === 4 ? 16 : 28);
  bytes.writeUInt16LE(value.length === 4 ? AF_INET : AF_INET6, 0);
  bytes.writeUInt16BE(port, 2);
  value.copy(bytes, value.length === 4 ? 4 : 8);
  return bytes;
}

export const rounded = (milliseconds: number): number => Math.round(milliseconds * 1000) / 1000;
