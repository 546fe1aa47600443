import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect as connectPlain, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { Agent, fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiConnection } from '../../apps/worker/src/feed/api-connection';
import { TestAuthority, type TestCertificate } from '../../libs/testing/src/authority';
import { createTestDatabase, type TestDatabase } from '../../libs/testing/src/postgres';
import { adminToken, Replica, workerToken } from './api-under-test';

const folder = mkdtempSync(join(tmpdir(), 'netyard-tls-'));
const live: TestCertificate = { certFile: join(folder, 'api.pem'), keyFile: join(folder, 'api.key') };
const environment = { NETYARD_TLS_CERTIFICATE_FILE: live.certFile, NETYARD_TLS_KEY_FILE: live.keyFile };
let authority: TestAuthority;
let stranger: TestAuthority;
let database: TestDatabase;
let replica: Replica;
let ca: string;

beforeAll(async () => {
  [authority, stranger] = [new TestAuthority(), new TestAuthority()];
  ca = readFileSync(authority.certFile, 'utf8');
  install(authority.issue('first', ['IP:127.0.0.1']));
  database = await createTestDatabase();
  replica = await Replica.start(database, environment);
});
afterAll(async () => {
  await replica.close();
  await database.close();
  for (const each of [authority, stranger]) each.close();
  rmSync(folder, { recursive: true });
});

function install({ certFile, keyFile }: TestCertificate, what: 'both' | 'certificate' | 'key' = 'both'): void {
  if (what !== 'certificate') copyFileSync(keyFile, live.keyFile);
  if (what !== 'key') copyFileSync(certFile, live.certFile);
}

const portOf = ({ url }: Replica): number => Number(new URL(url).port);

/** A connection after its handshake. In TLS 1.3 a server refuses a client only after that. */
async function handshake(options: ConnectionOptions = {}): Promise<TLSSocket> {
  const socket = connect({ host: '127.0.0.1', port: portOf(replica), ca, ...options });
  await once(socket, 'secureConnect');
  return socket;
}

/** The certificate that a new client is shown. */
async function shown(): Promise<string> {
  const socket = await handshake();
  const { subject } = socket.getPeerCertificate();
  socket.destroy();
  return subject.CN as string;
}

async function status(at: Replica, connect: Agent.Options['connect'], path = '/v1/session'): Promise<number> {
  const dispatcher = new Agent({ connect });
  try {
    const answer = await fetch(`${at.url}${path}`, { dispatcher, headers: { authorization: `Bearer ${adminToken}` } });
    await answer.text();
    return answer.status;
  } finally {
    await dispatcher.close();
  }
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resume) => setTimeout(resume, 100));
}

describe('TLS', () => {
  it('answers whoever knows its authority, and tells browsers to stay with it', async () => {
    expect(replica.url).toMatch(/^https:/);
    expect(await status(replica, { ca })).toBe(200);
    await expect(status(replica, {})).rejects.toMatchObject({ cause: { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' } });
    await expect(fetch(replica.url.replace('https:', 'http:'))).rejects.toThrow();
    const dispatcher = new Agent({ connect: { ca } });
    const { headers } = await fetch(`${replica.url}/livez`, { dispatcher });
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d{7,}$/);
    await dispatcher.close();
  });

  it('speaks versions 1.2 and 1.3, and none before', async () => {
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const socket = await handshake({ minVersion: version, maxVersion: version });
      expect(socket.getProtocol()).toBe(version);
      socket.destroy();
    }
    const old = handshake({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' });
    await expect(old).rejects.toMatchObject({ code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' });
  });

  it('goes on with another certificate once its key is there too, and lets connections be', async () => {
    const dispatcher = new Agent({ connect: { ca }, connections: 1, keepAliveTimeout: 60_000 });
    const read = async (): Promise<number> => (await fetch(`${replica.url}/livez`, { dispatcher })).status;
    expect(await read()).toBe(200);
    const next = authority.issue('second', ['IP:127.0.0.1']);
    install(next, 'certificate');
    expect(await shown()).toBe('first');
    install(next, 'key');
    await until(async () => (await shown()) === 'second');
    expect(await read()).toBe(200);
    await dispatcher.close();
  });

  it('is how a worker reaches it, with the authority that it is told of', async () => {
    const trusting = new ApiConnection([replica.url], { token: workerToken, certificate: null }, { ca, certificate: null, key: null });
    const doubting = new ApiConnection(
      [replica.url],
      { token: workerToken, certificate: null },
      { ca: null, certificate: null, key: null },
    );
    const register = (api: ApiConnection): Promise<unknown> => api.send('PUT', '/v1/hosts/h1/registration', {});
    await expect(register(trusting)).rejects.toMatchObject({ statusCode: 400 });
    await expect(register(doubting)).rejects.toMatchObject({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
    for (const api of [trusting, doubting]) await api.close();
  });

  it('lets in clients with a certificate alone, where it is told their authority', async () => {
    const clients = new TestAuthority();
    const demanding = await Replica.start(database, { ...environment, NETYARD_TLS_CLIENT_CA_FILE: clients.certFile });
    const as = ({ certFile, keyFile }: TestCertificate) => ({ ca, cert: readFileSync(certFile), key: readFileSync(keyFile) });
    try {
      expect(await status(demanding, as(clients.issue('client')))).toBe(200);
      await expect(status(demanding, { ca })).rejects.toThrow();
      await expect(status(demanding, as(stranger.issue('client')))).rejects.toThrow();
    } finally {
      await demanding.close();
      clients.close();
    }
  });
});

it('waits for nobody who does not go on with a request, and lets streams last', async () => {
  const impatient = await Replica.start(database, { NETYARD_REQUEST_TIMEOUT: '1' });
  try {
    const stream = await fetch(`${impatient.url}/v1/watch`, { headers: { authorization: `Bearer ${adminToken}` } });
    const reader = stream.body?.getReader();
    let told = '';
    const hear = async (word: string): Promise<void> => {
      while (!told.includes(word)) told += Buffer.from((await reader?.read())?.value ?? []).toString();
    };
    await hear('in-sync');
    const body = `{"metadata":{"name":`;
    const heads = [
      'GET /livez HTTP/1.1\r\nHost: a\r\nX-Slow',
      `POST /v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n${body}`,
    ];
    const answers = await Promise.all(heads.map((head) => answerTo(connectPlain(portOf(impatient), '127.0.0.1'), head)));
    for (const answer of answers) expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    await impatient.post('/v1/networks', { metadata: { name: 'after' }, spec: { driver: 'bridge' } }).expect(201);
    await hear('after');
    await reader?.cancel();
  } finally {
    await impatient.close();
  }
});

/** What a server says to half a request until it closes the connection. */
async function answerTo(socket: Socket, head: string): Promise<string> {
  let text = '';
  socket.on('data', (data: Buffer) => (text += data.toString())).write(head);
  await once(socket, 'close');
  return text;
}
