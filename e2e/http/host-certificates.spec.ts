import { execFileSync, spawn } from 'node:child_process';
import { webcrypto, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issue } from '../../apps/api/src/hosts/certificate-issuer';
import { unseal } from '../../apps/api/src/hosts/sealed';
import { ApiConnection } from '../../apps/worker/src/feed/api-connection';
import { certificateRequest } from '../../apps/worker/src/feed/certificate-request';
import { Credential } from '../../apps/worker/src/feed/credential';
import { exchangeCredential } from '../../apps/worker/src/feed/exchange';
import { TestAuthority } from '../../libs/testing/src/authority';
import { createTestDatabase, type TestDatabase } from '../../libs/testing/src/postgres';
import { adminToken, Replica, workerToken } from './api-under-test';

/** What a client shows of itself, as PEM. */
interface Shown {
  cert: string;
  key: string;
}
interface Answer {
  status: number;
  body: {
    detail?: string;
    token?: string;
    errors?: unknown;
    certificate?: { certificate: string; authority: string; expiresAt: string } | null;
  };
}

const secret = 'a secret of more than thirty-two characters';
const folder = mkdtempSync(join(tmpdir(), 'netyard-host-certificates-'));
const inFolder = (name: string): string => join(folder, name);
let authority: TestAuthority;
let database: TestDatabase;
let replica: Replica;
let other: Replica;
let ca: string;

const settings = (mode: string, secretFile = inFolder('secret')): Record<string, string> => ({
  NETYARD_TLS_CERTIFICATE_FILE: inFolder('api.pem'),
  NETYARD_TLS_KEY_FILE: inFolder('api.key'),
  NETYARD_HOST_CERTIFICATES: mode,
  NETYARD_HOST_CA_SECRET_FILE: secretFile,
});

beforeAll(async () => {
  authority = new TestAuthority();
  ca = readFileSync(authority.certFile, 'utf8');
  const { certFile, keyFile } = authority.issue('api', ['IP:127.0.0.1']);
  writeFileSync(inFolder('api.pem'), readFileSync(certFile));
  writeFileSync(inFolder('api.key'), readFileSync(keyFile));
  writeFileSync(inFolder('secret'), secret);
  database = await createTestDatabase();
  [replica, other] = await Promise.all([Replica.start(database, settings('required')), Replica.start(database, settings('required'))]);
});
afterAll(async () => {
  await Promise.all([replica.close(), other.close()]);
  await database.close();
  authority.close();
  rmSync(folder, { recursive: true });
});

async function ask(method: string, path: string, token: string, shown: Shown | null, body?: object, at = replica): Promise<Answer> {
  const dispatcher = new Agent({ connect: { ca, ...shown } });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  try {
    const answer = await fetch(`${at.url}${path}`, { method, headers, dispatcher, ...(body ? { body: JSON.stringify(body) } : {}) });
    return { status: answer.status, body: (await answer.json()) as Answer['body'] };
  } finally {
    await dispatcher.destroy();
  }
}

async function enrol(host: string): Promise<string> {
  const { body } = await ask('POST', '/v1/hosts/enrolments', adminToken, null, { spec: { host } });
  return (body as unknown as { status: { token: string } }).status.token;
}

/** A host as a stranger would make it, by openssl; what its request says of the name is not heard. */
async function enrolledByOpenssl(host: string): Promise<{ token: string; shown: Shown; authority: string }> {
  const [keyFile, requestFile] = [inFolder(`${host}.key`), inFolder(`${host}.csr`)];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', keyFile];
  execFileSync('openssl', ['req', '-new', '-subj', '/CN=somebody-else', ...key, '-out', requestFile], { stdio: 'pipe' });
  const request = { certificateRequest: readFileSync(requestFile, 'utf8') };
  const { status, body } = await ask('PUT', `/v1/hosts/${host}/credential`, await enrol(host), null, request);
  expect(status, JSON.stringify(body)).toBe(200);
  const { certificate, authority } = body.certificate ?? { certificate: '', authority: '' };
  return { token: body.token ?? '', shown: { cert: certificate, key: readFileSync(keyFile, 'utf8') }, authority };
}

/** An answer of 400 is one to a request that has come through to what it says. */
const register = (host: string, token: string, shown: Shown | null, at = replica): Promise<Answer> =>
  ask('PUT', `/v1/hosts/${host}/registration`, token, shown, {}, at);

describe('a certificate of a host', () => {
  it('comes with its credential, is for clients of the API alone, and lets it in at every replica', async () => {
    const { token, shown, authority: issuer } = await enrolledByOpenssl('h1');
    writeFileSync(inFolder('h1.pem'), shown.cert);
    writeFileSync(inFolder('hosts.pem'), issuer);
    const openssl = (...args: string[]): string => execFileSync('openssl', args, { encoding: 'utf8', stdio: 'pipe' });
    expect(openssl('verify', '-CAfile', inFolder('hosts.pem'), '-purpose', 'sslclient', inFolder('h1.pem'))).toContain('OK');
    expect(() => openssl('verify', '-CAfile', inFolder('hosts.pem'), '-purpose', 'sslserver', inFolder('h1.pem'))).toThrow();
    expect(openssl('x509', '-in', inFolder('h1.pem'), '-noout', '-subject')).toMatch(/CN = h1\s/);
    const { validTo } = new X509Certificate(shown.cert);
    expect(Math.round((Date.parse(validTo) - Date.now()) / 3_600_000)).toBe(168);
    for (const at of [replica, other]) expect((await register('h1', token, shown, at)).status).toBe(400);
  });

  it('is shown by openssl as well as by a worker', async () => {
    const { token, shown } = await enrolledByOpenssl('h2');
    writeFileSync(inFolder('h2.pem'), shown.cert);
    const request = `GET /v1/hosts/h2/feed HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\n\r\n`;
    expect(await throughOpenssl(['-cert', inFolder('h2.pem'), '-key', inFolder('h2.key')], request)).toMatch(/^HTTP\/1\.1 (200|404) /m);
    expect(await throughOpenssl([], request)).toMatch(/^HTTP\/1\.1 403 /m);
  });

  it('is wanted of whoever speaks for a host, and is that host’s', async () => {
    const [h3, h4] = [await enrolledByOpenssl('h3'), await enrolledByOpenssl('h4')];
    const none = await register('h3', h3.token, null);
    expect(none.status).toBe(403);
    expect(none.body.detail).toContain('host h3 has to show its certificate');
    const foreign = await register('h3', h3.token, h4.shown);
    expect(`${foreign.status} ${foreign.body.detail}`).toBe('403 the certificate is that of host h4, not of h3');
    for (const token of [workerToken, adminToken]) expect((await register('h3', token, null)).status).toBe(403);
    expect((await ask('PUT', '/v1/hosts/h3/credential', h3.token, null, {})).status).toBe(403);
    // Everybody else needs none.
    expect((await ask('GET', '/v1/session', adminToken, null)).status).toBe(200);
  });

  it('is nobody’s when somebody else has issued it, or when it is over', async () => {
    const { token } = await enrolledByOpenssl('h5');
    const forger = new TestAuthority();
    const { certFile, keyFile } = forger.issue('h5');
    const forged = { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
    forger.close();
    expect((await register('h5', token, forged)).status).toBe(403);
    const [row] = await database.execute<{ certificate: string; sealed_key: Buffer }>('SELECT certificate, sealed_key FROM host_authority');
    if (!row) throw new Error('there is no authority');
    const issuer = { certificate: row.certificate, key: unseal(secret, row.sealed_key) };
    const { request, key } = await certificateRequest('h5');
    const hourMs = 3_600_000;
    const lasting = async (fromMs: number, toMs: number): Promise<number> => {
      const [notBefore, notAfter] = [new Date(Date.now() + fromMs), new Date(Date.now() + toMs)];
      return (await register('h5', token, { cert: await issue(issuer, 'h5', request, { notBefore, notAfter }), key })).status;
    };
    expect(await lasting(0, hourMs)).toBe(400);
    expect(await lasting(-2 * hourMs, -hourMs)).toBe(403);
    expect(await lasting(hourMs, 2 * hourMs)).toBe(403);
    expect(row.sealed_key.toString('latin1')).not.toContain('PRIVATE KEY');
  });

  it('is not given for a request that is not in order, which uses nothing up', async () => {
    const token = await enrol('h6');
    const { request } = await certificateRequest('h6');
    const bytes = Buffer.from(request.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    const forged = `-----BEGIN CERTIFICATE REQUEST-----\n${bytes.toString('base64')}\n-----END CERTIFICATE REQUEST-----`;
    const weak = execFileSync(
      'openssl',
      ['req', '-new', '-newkey', 'rsa:1024', '-nodes', '-subj', '/CN=h6', '-keyout', inFolder('weak.key')],
      {
        encoding: 'utf8',
        stdio: 'pipe',
      },
    );
    for (const certificateRequest of ['nonsense', forged, weak]) {
      const { status, body } = await ask('PUT', '/v1/hosts/h6/credential', token, null, { certificateRequest });
      expect(`${status} ${JSON.stringify(body.errors)}`).toMatch(/^422 .*"\/certificateRequest"/);
    }
    expect((await ask('PUT', '/v1/hosts/h6/credential', token, null, { certificateRequest: request })).status).toBe(200);
  });
});

it('is kept by a worker, shown by it, and replaced by it before it is over', async () => {
  const state = inFolder('state');
  const given = await enrol('w1');
  const connect = (credential: Credential): ApiConnection =>
    new ApiConnection([replica.url], credential, { ca, certificate: null, key: null });
  const credential = new Credential(given, state);
  const api = connect(credential);
  const registers = (by: ApiConnection): Promise<unknown> =>
    by.send('PUT', '/v1/hosts/w1/registration', {}).catch((error: { statusCode: number }) => error.statusCode);
  const renew = (now?: number): Promise<void> => credential.renewIfDue(() => exchangeCredential(api, 'w1'), now);
  await renew();
  const first = credential.certificate?.certificate;
  expect(await registers(api)).toBe(400);
  await renew();
  expect(credential.certificate?.certificate).toBe(first);
  await renew(Date.now() + 25 * 3_600_000);
  expect(credential.certificate?.certificate).not.toBe(first);
  expect(await registers(api)).toBe(400);
  expect(statSync(join(state, 'certificate.pem')).mode & 0o777).toBe(0o600);
  // As after a restart.
  const again = connect(new Credential(given, state));
  expect(await registers(again)).toBe(400);
  for (const each of [api, again]) await each.close();
});

it('is replaced when half of its time is over, however young the credential is', async () => {
  const brief = await Replica.start(database, { ...settings('offered'), NETYARD_HOST_CERTIFICATE_HOURS: '2' });
  const credential = new Credential(await enrol('w2'), inFolder('brief'));
  const api = new ApiConnection([brief.url], credential, { ca, certificate: null, key: null });
  try {
    const keys: string[] = [];
    for (const hours of [0, 0.5, 1.1]) {
      await credential.renewIfDue(() => exchangeCredential(api, 'w2'), Date.now() + hours * 3_600_000);
      keys.push(credential.certificate?.key ?? '');
    }
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[1]);
    // Where they are merely offered, nobody needs one.
    expect((await register('w2', workerToken, null, brief)).status).toBe(400);
  } finally {
    await api.close();
    await brief.close();
  }
});

it('keeps an API with another secret from starting', async () => {
  writeFileSync(inFolder('wrong'), webcrypto.randomUUID());
  await expect(Replica.start(database, settings('required', inFolder('wrong')))).rejects.toThrow(
    'NETYARD_HOST_CA_SECRET_FILE holds another secret',
  );
});

/** What the API answers to a request by `openssl s_client`, up to its first line. */
async function throughOpenssl(more: string[], request: string): Promise<string> {
  const { port } = new URL(replica.url);
  const client = spawn('openssl', ['s_client', '-quiet', '-connect', `127.0.0.1:${port}`, '-CAfile', authority.certFile, ...more], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let text = '';
  client.stdin.write(request);
  for await (const chunk of client.stdout) {
    text += String(chunk);
    if (text.includes('\r\n')) break;
  }
  client.kill('SIGKILL');
  return text;
}
