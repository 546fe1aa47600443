import { parse, parseCIDR, fromByteArray } from 'ipaddr.js';
import { AF_INET, AF_INET6 } from './constants';

/** The bytes of an IP address in network order. */
export const addressBytes = (address: string): Buffer => Buffer.from(parse(address).toByteArray());

/** The text of 4 or 16 bytes in network order. */
export const addressText = (value: Buffer): string => fromByteArray([...value]).toString();

export const familyOf = (address: string): number => (address.includes(':') ? AF_INET6 : AF_INET);

/** Splits `10.0.0.2/24` into bytes and prefix length. */
export function prefixBytes(prefix: string): { value: Buffer; prefixLength: number; family: number } {
  const [address, prefixLength] = parseCIDR(prefix);
  return { value: Buffer.from(address.toByteArray()), prefixLength, family: familyOf(prefix) };
}

export const macBytes = (mac: string): Buffer => Buffer.from(mac.replaceAll(':', ''), 'hex');
export const macText = (value: Buffer): string => value.toString('hex').replace(/(..)(?=.)/g, '$1:');
