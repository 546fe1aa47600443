import 'reflect-metadata';
import { webcrypto, X509Certificate } from 'node:crypto';
import { Pkcs10CertificateRequestGenerator } from '@peculiar/x509';
import { beforeAll, expect, it } from 'vitest';
import { issue, type IssuerFiles, makeIssuer, requestObstacle } from './certificate-issuer';
import { seal, unseal } from './sealed';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const hourMs = 3_600_000;
let issuer: IssuerFiles;
let request: string;

beforeAll(async () => {
  issuer = await makeIssuer(new Date('2026-01-01T00:00:00Z'));
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const made = await Pkcs10CertificateRequestGenerator.create({ name: 'CN=somebody-else', keys, signingAlgorithm: algorithm });
  request = made.toString('pem');
});

it('makes an authority for ten years that can issue for nobody but clients of its own', () => {
  const certificate = new X509Certificate(issuer.certificate);
  expect([certificate.subject, certificate.ca]).toEqual(['CN=Netyard hosts', true]);
  expect(Date.parse(certificate.validTo)).toBe(Date.parse('2036-01-01T00:00:00Z'));
  expect(certificate.verify(certificate.publicKey)).toBe(true);
});

it('issues for the host that it is told, and the key of the request', async () => {
  const notBefore = new Date('2026-06-01T00:00:00Z');
  const notAfter = new Date(notBefore.getTime() + hourMs);
  const certificate = new X509Certificate(await issue(issuer, 'rack1-07', request, { notBefore, notAfter }));
  const authority = new X509Certificate(issuer.certificate);
  expect([certificate.subject, certificate.ca]).toEqual(['CN=rack1-07', false]);
  expect(certificate.checkIssued(authority) && certificate.verify(authority.publicKey)).toBe(true);
  expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
  // Five minutes earlier than asked for: clocks differ.
  expect([certificate.validFrom, certificate.validTo].map((time) => new Date(time).toISOString())).toEqual([
    '2026-05-31T23:55:00.000Z',
    '2026-06-01T01:00:00.000Z',
  ]);
  const other = new X509Certificate((await makeIssuer()).certificate);
  expect(certificate.verify(other.publicKey)).toBe(false);
});

it('takes requests that are signed by their own key', async () => {
  expect(await requestObstacle(request)).toBeUndefined();
  const bytes = Buffer.from(request.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  const forged = `-----BEGIN CERTIFICATE REQUEST-----\n${bytes.toString('base64')}\n-----END CERTIFICATE REQUEST-----`;
  expect(await requestObstacle(forged)).toBe('it is not signed by the key that it is for');
  for (const text of ['', 'nonsense', issuer.certificate]) expect(await requestObstacle(text)).toMatch(/no certificate request/);
});

it('seals what only the same secret opens', () => {
  const sealed = seal('a secret', issuer.key);
  expect(sealed.toString('latin1')).not.toContain('PRIVATE');
  expect(seal('a secret', issuer.key).equals(sealed)).toBe(false);
  expect(unseal('a secret', sealed)).toBe(issuer.key);
  expect(() => unseal('another secret', sealed)).toThrow();
  sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
  expect(() => unseal('a secret', sealed)).toThrow();
});
