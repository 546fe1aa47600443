import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer, type Server, type TLSSocket } from 'node:tls';
import { createTestDatabase, TestAuthority, type TestDatabase } from '@netyard/testing';
import { PemConverter, Pkcs10CertificateRequestGenerator } from '@peculiar/x509';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseConfig } from '../config';
import { Database } from '../database/database';
import { HostAuthority } from './host-authority';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const folder = mkdtempSync(join(tmpdir(), 'netyard-host-authority-'));
const databases: Database[] = [];
let authority: TestAuthority;
let database: TestDatabase;
let server: Server;
let replicas: HostAuthority[];

/** An authority as each replica has it. */
async function start(secret: string): Promise<HostAuthority> {
  const { certFile, keyFile } = authority.issue('api', ['IP:127.0.0.1']);
  const secretFile = join(folder, `${secret}.secret`);
  writeFileSync(secretFile, secret);
  const config = parseConfig({
    ...database.environment,
    NETYARD_TLS_CERTIFICATE_FILE: certFile,
    NETYARD_TLS_KEY_FILE: keyFile,
    NETYARD_HOST_CERTIFICATES: 'required',
    NETYARD_HOST_CA_SECRET_FILE: secretFile,
  });
  const connection = new Database(config);
  databases.push(connection);
  await connection.onModuleInit();
  const started = new HostAuthority(config, connection);
  await started.onModuleInit();
  return started;
}

const secret = 'a secret of more than thirty-two characters';

beforeAll(async () => {
  authority = new TestAuthority();
  database = await createTestDatabase();
  replicas = await Promise.all([start(secret), start(secret)]);
  const { certFile, keyFile } = authority.issue('server', ['IP:127.0.0.1']);
  server = createServer({ cert: readFileSync(certFile), key: readFileSync(keyFile), requestCert: true, rejectUnauthorized: false });
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterAll(async () => {
  server.close();
  for (const each of databases) await each.end();
  await database.close();
  authority.close();
  rmSync(folder, { recursive: true });
});

async function hostOf(by: HostAuthority | undefined, host: string): Promise<{ cert: string; key: string }> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const request = await Pkcs10CertificateRequestGenerator.create({ name: 'CN=any', keys, signingAlgorithm: algorithm });
  const issued = await by?.issue(host, request.toString('pem'));
  const key = PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  return { cert: issued?.certificate ?? '', key };
}

/** What the API has in hand when a client shows this. */
async function connectionOf(shown: object): Promise<TLSSocket> {
  const accepted = once(server, 'secureConnection') as Promise<[TLSSocket]>;
  const { port } = server.address() as AddressInfo;
  const client = connect({ host: '127.0.0.1', port, ca: readFileSync(authority.certFile), ...shown });
  const [socket] = await accepted;
  socket.once('close', () => client.destroy());
  return socket;
}

it('is one for all replicas, whichever was the first, and its key lies sealed', async () => {
  const [one, other] = replicas;
  expect(one?.certificate).toContain('BEGIN CERTIFICATE');
  expect(other?.certificate).toBe(one?.certificate);
  const rows = await database.execute<{ sealed_key: Buffer }>('SELECT sealed_key FROM host_authority');
  expect(rows).toHaveLength(1);
  expect(rows[0]?.sealed_key.toString('latin1')).not.toContain('PRIVATE KEY');
});

it('knows a host by the certificate that any replica has issued, and no other by it', async () => {
  const [one, other] = replicas;
  const socket = await connectionOf(await hostOf(one, 'h1'));
  expect(() => other?.assertShown(socket, 'h1')).not.toThrow();
  expect(() => other?.assertShown(socket, 'h2')).toThrow('the certificate is that of host h1, not of h2');
  socket.destroy();
});

it('knows nobody by no certificate, or by one of somebody else', async () => {
  const [one] = replicas;
  const { certFile, keyFile } = authority.issue('h1');
  for (const shown of [{}, { cert: readFileSync(certFile), key: readFileSync(keyFile) }]) {
    const socket = await connectionOf(shown);
    expect(() => one?.assertShown(socket, 'h1')).toThrow('host h1 has to show its certificate');
    socket.destroy();
  }
});

it('cannot be had by another secret', async () => {
  await expect(start('another secret of more than thirty-two characters')).rejects.toThrow(
    'NETYARD_HOST_CA_SECRET_FILE holds another secret',
  );
});
