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

/** Certificates that hosts show, from the deployment's own authority. */
export interface HostCertificateSettings {
  /** Whether nothing is said to a host, or taken from it, without one. */
  isRequired: boolean;
  /** Seals the authority's key in the database. */
  secret: string;
  /** How long they are good for. */
  hours: number;
}

export const tlsVariables = {
  NETYARD_TLS_CERTIFICATE_FILE: 'certificate to listen with, and those between it and its authority, as PEM (none: HTTP)',
  NETYARD_TLS_KEY_FILE: 'key of that certificate, as PEM',
  NETYARD_TLS_CLIENT_CA_FILE: 'authorities, as PEM, from one of which every client has to have a certificate (clients need none)',
  NETYARD_HOST_CERTIFICATES: 'whether hosts that enrol get certificates to show: off, offered, or required (off)',
  NETYARD_HOST_CA_SECRET_FILE:
    'secret of at least 32 characters, the same at all replicas, that seals the key of the hosts’ authority in the database',
  NETYARD_HOST_CERTIFICATE_HOURS: 'how long a host’s certificate is good for; it is replaced after a day, or half of that time (168)',
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

/** Null: hosts have none. `fail` throws, and shows no secret. */
export function parseHostCertificates(
  read: (name: Variable) => string | undefined,
  fail: (name: Variable, detail: string) => never,
  tls: TlsSettings | null,
): HostCertificateSettings | null {
  const mode = read('NETYARD_HOST_CERTIFICATES') ?? 'off';
  if (mode === 'off') return null;
  if (mode !== 'offered' && mode !== 'required') fail('NETYARD_HOST_CERTIFICATES', `is "${mode}", none of off, offered, required`);
  if (tls === null)
    fail('NETYARD_HOST_CERTIFICATES', 'is set without NETYARD_TLS_CERTIFICATE_FILE: where TLS ends before the API, it sees no certificate');
  const path = read('NETYARD_HOST_CA_SECRET_FILE') ?? fail('NETYARD_HOST_CERTIFICATES', 'is set without NETYARD_HOST_CA_SECRET_FILE');
  const obstacle = fileObstacle(path);
  if (obstacle !== undefined) fail('NETYARD_HOST_CA_SECRET_FILE', obstacle);
  const secret = readFileSync(path, 'utf8').trim();
  if (secret.length < 32) fail('NETYARD_HOST_CA_SECRET_FILE', `names ${path}, which has less than 32 characters`);
  const text = read('NETYARD_HOST_CERTIFICATE_HOURS') ?? '168';
  const hours = Number(text);
  if (!/^\d+$/.test(text) || hours < 1 || hours > 8760)
    fail('NETYARD_HOST_CERTIFICATE_HOURS', `is "${text}", no whole number from 1 to 8760`);
  return { isRequired: mode === 'required', secret, hours };
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
