import { X509Certificate, createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { fileObstacle } from '../file-obstacle';

/** Files by which the API speaks TLS; read again when they change. */
export interface TlsSettings {
  certificateFile: string;
  keyFile: string;
  /** Authorities that certificates of clients have to come from, all of whom then need one; null: clients need none. */
  clientCaFile: string | null;
}

export const tlsVariables = {
  NETYARD_TLS_CERTIFICATE_FILE: 'certificate to listen with, and those between it and its authority, as PEM (none: HTTP)',
  NETYARD_TLS_KEY_FILE: 'key of that certificate, as PEM',
  NETYARD_TLS_CLIENT_CA_FILE: 'authorities, as PEM, from one of which every client has to have a certificate (clients need none)',
} as const;

type Variable = keyof typeof tlsVariables;

/** Null: HTTP. `fail` throws. */
export function parseTls(
  read: (name: Variable) => string | undefined,
  fail: (name: Variable, detail: string) => never,
): TlsSettings | null {
  const [certificateFile, keyFile, clientCaFile] = [
    read('NETYARD_TLS_CERTIFICATE_FILE'),
    read('NETYARD_TLS_KEY_FILE'),
    read('NETYARD_TLS_CLIENT_CA_FILE'),
  ];
  if (certificateFile === undefined) {
    if (keyFile !== undefined) fail('NETYARD_TLS_KEY_FILE', 'is set without NETYARD_TLS_CERTIFICATE_FILE');
    if (clientCaFile !== undefined) fail('NETYARD_TLS_CLIENT_CA_FILE', 'is set without NETYARD_TLS_CERTIFICATE_FILE');
    return null;
  }
  if (keyFile === undefined) return fail('NETYARD_TLS_CERTIFICATE_FILE', 'is set without NETYARD_TLS_KEY_FILE');
  const settings = { certificateFile, keyFile, clientCaFile: clientCaFile ?? null };
  const files: [Variable, string | undefined][] = [
    ['NETYARD_TLS_CERTIFICATE_FILE', certificateFile],
    ['NETYARD_TLS_KEY_FILE', keyFile],
    ['NETYARD_TLS_CLIENT_CA_FILE', clientCaFile],
  ];
  for (const [name, path] of files) {
    const obstacle = path === undefined ? undefined : fileObstacle(path);
    if (obstacle !== undefined) fail(name, obstacle);
  }
  try {
    readTls(settings);
  } catch (error) {
    fail('NETYARD_TLS_CERTIFICATE_FILE', `or what belongs to it cannot be used: ${(error as Error).message}`);
  }
  return settings;
}

/** What a server needs of the files as they are now, and until when its certificate is good. Throws when they are not whole or do not belong together. */
export function readTls(settings: TlsSettings): { options: SecureContextOptions & { ca: string[] }; validTo: Date } {
  const [cert, key] = [readFileSync(settings.certificateFile, 'utf8'), readFileSync(settings.keyFile, 'utf8')];
  const certificate = new X509Certificate(cert);
  if (!certificate.checkPrivateKey(createPrivateKey(key)))
    throw new Error(`${settings.keyFile} is not the key of the certificate in ${settings.certificateFile}`);
  const ca = settings.clientCaFile === null ? [] : [readFileSync(settings.clientCaFile, 'utf8')];
  for (const authority of ca) new X509Certificate(authority);
  const options = { cert, key, ca, minVersion: 'TLSv1.2' as const };
  createSecureContext(options);
  return { options, validTo: new Date(certificate.validTo) };
}
