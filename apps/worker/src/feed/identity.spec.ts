import 'reflect-metadata';
import { createPrivateKey, createPublicKey, webcrypto } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PemConverter, Pkcs10CertificateRequest, X509CertificateGenerator } from '@peculiar/x509';
import { afterAll, expect, it } from 'vitest';
import { certificateRequest } from './certificate-request';
import { Identity } from './identity';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const dayMs = 24 * 3_600_000;
const folder = mkdtempSync(join(tmpdir(), 'netyard-identity-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('asks for a certificate for a new key each time', async () => {
  const [one, other] = [await certificateRequest('h1'), await certificateRequest('h1')];
  const parsed = new Pkcs10CertificateRequest(one.request);
  expect([parsed.subject, await parsed.verify()]).toEqual(['CN=h1', true]);
  const publicKey = createPublicKey(createPrivateKey(one.key)).export({ type: 'spki', format: 'der' });
  expect(Buffer.from(parsed.publicKey.rawData).equals(publicKey)).toBe(true);
  expect(other.key).not.toBe(one.key);
});

it('keeps key and certificate together, for nobody else to read, and is due when half of its time is over', async () => {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const times = { notBefore: new Date(), notAfter: new Date(Date.now() + 10 * dayMs) };
  const made = await X509CertificateGenerator.createSelfSigned({ name: 'CN=h1', keys, signingAlgorithm: algorithm, ...times });
  const certificate = made.toString('pem').trim();
  const key = PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY').trim();
  const state = join(folder, 'state');
  const identity = new Identity(state);
  expect([identity.shown, identity.isDue(Date.now())]).toEqual([null, false]);
  identity.replace({ key, certificate });
  expect(statSync(join(state, 'certificate.pem')).mode & 0o777).toBe(0o600);
  const again = new Identity(state);
  expect(again.shown).toEqual({ key, certificate });
  expect([4.9, 5.1].map((days) => again.isDue(Date.now() + days * dayMs))).toEqual([false, true]);
});

it('is none when half of it is there', () => {
  writeFileSync(join(folder, 'certificate.pem'), '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n');
  expect(new Identity(folder).shown).toBeNull();
});
