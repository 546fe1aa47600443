import { Address } from '@netyard/inet';

/** The name under which an address's PTR record is found (RFC 1035 section 3.5, RFC 3596 section 2.5), without the final dot. Throws TypeError for no address. */
export function pointerName(text: string): string {
  const address = Address.parse(text);
  if (!address) throw new TypeError(`"${text}" is no IP address`);
  const bytes = address.toBytes();
  if (address.family === 'IPv4') return `${bytes.reverse().join('.')}.in-addr.arpa`;
  const digits = Buffer.from(bytes).toString('hex').split('');
  return `${digits.reverse().join('.')}.ip6.arpa`;
}

/** The address that such a name speaks of, canonical; undefined for any other name. */
export function parsePointerName(name: string): string | undefined {
  const ipv4 = /^((?:\d{1,3}\.){4})in-addr\.arpa$/.exec(name);
  if (ipv4) return Address.parse((ipv4[1] ?? '').split('.').filter(Boolean).reverse().join('.'))?.toString();
  const ipv6 = /^((?:[0-9a-f]\.){32})ip6\.arpa$/.exec(name);
  if (!ipv6) return undefined;
  const digits = (ipv6[1] ?? '').split('.').filter(Boolean).reverse().join('');
  return Address.parse((digits.match(/.{4}/g) ?? []).join(':'))?.toString();
}
