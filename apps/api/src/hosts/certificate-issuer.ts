import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const authorityYears = 10;
/** Clocks of hosts may be behind. */
const skewMs = 5 * 60_000;
const leastRsaBits = 2048;

/** An authority as it is kept: its certificate, and its key as PKCS #8, both PEM. */
export interface IssuerFiles {
  certificate: string;
  key: string;
}

export async function makeIssuer(now = new Date()): Promise<IssuerFiles> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const notAfter = new Date(now);
  notAfter.setUTCFullYear(now.getUTCFullYear() + authorityYears);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=Netyard hosts',
    notBefore: new Date(now.getTime() - skewMs),
    notAfter,
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { certificate: certificate.toString('pem'), key: x509.PemConverter.encode(key, 'PRIVATE KEY') };
}

/** What is wrong with a request for a certificate (PKCS #10, RFC 2986); undefined when it is signed by the key that it is for, and that key is good enough. */
export async function requestObstacle(pem: string): Promise<string | undefined> {
  try {
    const request = new x509.Pkcs10CertificateRequest(pem);
    const { name, modulusLength } = request.publicKey.algorithm as { name: string; modulusLength?: number };
    if (name.startsWith('RSA') && (modulusLength ?? 0) < leastRsaBits) return `its key has less than ${leastRsaBits} bits`;
    return (await request.verify()) ? undefined : 'it is not signed by the key that it is for';
  } catch {
    return 'it is no certificate request (PKCS #10) as PEM';
  }
}

/** A certificate for clients, of one host and the key of the request; whatever else is asked for is not heard. */
export async function issue(
  { certificate, key }: IssuerFiles,
  host: string,
  request: string,
  { notBefore, notAfter }: { notBefore: Date; notAfter: Date },
): Promise<string> {
  const [authority, { publicKey }] = [new x509.X509Certificate(certificate), new x509.Pkcs10CertificateRequest(request)];
  const signingKey = await webcrypto.subtle.importKey('pkcs8', x509.PemConverter.decodeFirst(key), algorithm, false, ['sign']);
  const issued = await x509.X509CertificateGenerator.create({
    subject: `CN=${host}`,
    issuer: authority.subject,
    notBefore: new Date(notBefore.getTime() - skewMs),
    notAfter,
    publicKey,
    signingKey,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth], true),
      await x509.AuthorityKeyIdentifierExtension.create(authority.publicKey),
    ],
  });
  return issued.toString('pem');
}
