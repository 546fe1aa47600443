import { Address } from '@netyard/inet';

/** The address that a link makes itself of its MAC (modified EUI-64, RFC 4291 appendix A). */
export function linkLocalAddress(macAddress: string): string {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = macAddress.split(':').map((part) => parseInt(part, 16));
  const words = [0xfe80, 0, 0, 0, ((a ^ 2) << 8) | b, (c << 8) | 0xff, 0xfe00 | d, (e << 8) | f];
  return Address.parse(words.map((word) => word.toString(16)).join(':'))?.toString() ?? '';
}
