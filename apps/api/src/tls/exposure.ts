import { Address, Prefix } from '@netyard/inet';
import type { Config } from '../config';

const loopback = ['127.0.0.0/8', '::1/128'].flatMap((text) => Prefix.parse(text) ?? []);

/** What is to be said of a deployment whose tokens can be read on the way; undefined when they cannot, or a proxy is there to see to it. */
export function exposure({ address, tls, trustedProxies }: Pick<Config, 'address' | 'tls' | 'trustedProxies'>): string | undefined {
  const parsed = Address.parse(address);
  const isLoopback = parsed === undefined || loopback.some((prefix) => prefix.contains(parsed));
  if (tls !== null || isLoopback || trustedProxies.length > 0) return undefined;
  return `listening on ${address} without TLS: tokens can be read on the way. Set NETYARD_TLS_CERTIFICATE_FILE and NETYARD_TLS_KEY_FILE, or put a proxy with TLS in front and name it in NETYARD_TRUSTED_PROXIES`;
}
