import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';

/** A key of X25519 (RFC 7748), both halves 32 bytes in base64 as WireGuard has them. The private one goes into the kernel and into the file of keys, and nowhere else. */
export interface KeyPair {
  privateKey: string;
  publicKey: string;
}

export function makeKeyPair(): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('x25519');
  return { privateKey: half(privateKey, 'd'), publicKey: half(publicKey, 'x') };
}

/** What comes before the 32 bytes of a private key in its DER form (RFC 8410 section 7). */
const derPrefix = Buffer.from('302e020100300506032b656e04220420', 'hex');

/** The pair of a private key. Throws TypeError when it is none. */
export function keyPairOf(privateKey: string): KeyPair {
  const bytes = Buffer.from(privateKey, 'base64');
  if (bytes.length !== 32) throw new TypeError('a private key has 32 bytes');
  const key = createPrivateKey({ key: Buffer.concat([derPrefix, bytes]), format: 'der', type: 'pkcs8' });
  return { privateKey: bytes.toString('base64'), publicKey: half(createPublicKey(key), 'x') };
}

const half = (key: KeyObject, part: 'd' | 'x'): string =>
  Buffer.from(key.export({ format: 'jwk' })[part] ?? '', 'base64url').toString('base64');
