import { expect, it } from 'vitest';
import { exposure } from './exposure';

const tls = { certificateFile: 'c', keyFile: 'k', clientCaFile: null };

it.each([
  { address: '127.0.0.1', tls: null, trustedProxies: [], warns: false },
  { address: '127.8.8.8', tls: null, trustedProxies: [], warns: false },
  { address: '::1', tls: null, trustedProxies: [], warns: false },
  { address: 'localhost', tls: null, trustedProxies: [], warns: false },
  { address: '0.0.0.0', tls: null, trustedProxies: [], warns: true },
  { address: '::', tls: null, trustedProxies: [], warns: true },
  { address: '192.0.2.1', tls: null, trustedProxies: [], warns: true },
  { address: '192.0.2.1', tls, trustedProxies: [], warns: false },
  { address: '192.0.2.1', tls: null, trustedProxies: ['192.0.2.9'], warns: false },
])('warns of $address with TLS $tls and proxies $trustedProxies: $warns', ({ warns, ...config }) => {
  const text = exposure(config);
  if (warns) expect(text).toContain(`listening on ${config.address} without TLS`);
  else expect(text).toBeUndefined();
});
