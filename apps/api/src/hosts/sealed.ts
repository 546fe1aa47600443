import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const [saltBytes, ivBytes, tagBytes] = [16, 12, 16];
const cipher = 'aes-256-gcm';

/** Of a secret that nobody can guess: stretching it would add nothing. */
const keyOf = (secret: string, salt: Buffer): Buffer => Buffer.from(hkdfSync('sha256', secret, salt, 'netyard host authority', 32));

/** Encrypts so that only who has the secret can read it, and nobody can change it unnoticed (AES-256-GCM). */
export function seal(secret: string, text: string): Buffer {
  const [salt, iv] = [randomBytes(saltBytes), randomBytes(ivBytes)];
  const encryption = createCipheriv(cipher, keyOf(secret, salt), iv);
  const sealed = Buffer.concat([encryption.update(text, 'utf8'), encryption.final()]);
  return Buffer.concat([salt, iv, encryption.getAuthTag(), sealed]);
}

/** Throws when it was sealed by another secret, or has been changed. */
export function unseal(secret: string, sealed: Buffer): string {
  const [salt, rest] = [sealed.subarray(0, saltBytes), sealed.subarray(saltBytes)];
  const decryption = createDecipheriv(cipher, keyOf(secret, salt), rest.subarray(0, ivBytes), { authTagLength: tagBytes });
  decryption.setAuthTag(rest.subarray(ivBytes, ivBytes + tagBytes));
  return Buffer.concat([decryption.update(rest.subarray(ivBytes + tagBytes)), decryption.final()]).toString('utf8');
}
