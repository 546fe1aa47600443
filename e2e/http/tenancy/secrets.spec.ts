import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../../../libs/testing/src/free-port';
import { IdentityProvider, oidcClientSecret } from '../../../libs/testing/src/identity-provider';
import { createTestDatabase, type TestDatabase } from '../../../libs/testing/src/postgres';

const dashboardUrl = 'https://netyard.example.net';
const adminToken = 'ny_admin-token-of-this-test';
const workerToken = 'ny_worker-token-of-this-test';
const databasePassword = 'a-password-of-the-database';
const password = 'correct horse battery staple';

let database: TestDatabase;
let provider: IdentityProvider;
let api: ChildProcess;
let url: string;
let log = '';

beforeAll(async () => {
  [database, provider] = await Promise.all([
    createTestDatabase(),
    IdentityProvider.start({ dashboardUrl, accounts: { ada: { preferred_username: 'ada' } } }),
  ]);
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  api = spawn(process.execPath, ['dist/api/main.js'], {
    env: {
      PATH: process.env['PATH'],
      ...database.environment,
      ...provider.settings(dashboardUrl, { admit: 'everybody', createUsers: true }),
      PGPASSWORD: databasePassword,
      NETYARD_ADMIN_TOKEN: adminToken,
      NETYARD_WORKER_TOKEN: workerToken,
      NETYARD_API_PORT: String(port),
      NETYARD_LOG_LEVEL: 'trace',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const listens = new Promise<void>((resolve, reject) => {
    for (const stream of [api.stdout, api.stderr])
      stream?.on('data', (data: Buffer) => {
        log += data.toString();
        if (log.includes('listening on')) resolve();
      });
    api.once('exit', (code) => reject(new Error(`the API ended with ${code}: ${log}`)));
  });
  await listens;
});
afterAll(async () => {
  if (api.exitCode === null) api.kill('SIGKILL');
  await provider.close();
  await database.close();
});

interface Answer {
  status: number;
  body: { token?: string; flow?: string; authorizationUrl?: string; status?: { token?: string } };
}

async function ask(method: string, path: string, token: string | null, body?: object): Promise<Answer> {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Answer['body'] };
}

it('are in no line of the most talkative log, and in no argument', async () => {
  const secrets: Record<string, string | undefined> = { adminToken, workerToken, databasePassword, password, oidcClientSecret };
  await ask('POST', '/v1/users', adminToken, { metadata: { name: 'bob' }, spec: { password } });
  secrets['session by password'] = (await ask('POST', '/v1/sessions', null, { name: 'bob', password })).body.token;
  secrets['a wrong password'] = 'not quite the right one';
  expect((await ask('POST', '/v1/sessions', null, { name: 'bob', password: secrets['a wrong password'] })).status).toBe(401);
  secrets['token'] = (await ask('POST', '/v1/tokens', adminToken, { metadata: { name: 't' }, spec: { role: 'auditor' } })).body.status
    ?.token;
  const enrolment = (await ask('POST', '/v1/hosts/enrolments', adminToken, { spec: { host: 'h1' } })).body.status?.token ?? '';
  secrets['enrolment'] = enrolment;
  secrets['credential'] = (await ask('PUT', '/v1/hosts/h1/credential', enrolment, {})).body.token;
  secrets['a stranger’s token'] = 'ny_of-somebody-else-altogether';
  expect((await ask('GET', '/v1/networks', secrets['a stranger’s token'])).status).toBe(401);

  const begin = async (): Promise<{ flow: string; query: string }> => {
    const { flow = '', authorizationUrl = '' } = (await ask('POST', '/v1/sign-in/oidc', null, { provider: 'campus' })).body;
    return { flow, query: (await provider.signIn(authorizationUrl, 'ada')).search };
  };
  const first = await begin();
  const signedIn = await ask('POST', '/v1/sessions/oidc', null, first);
  expect(signedIn.status).toBe(201);
  secrets['session by provider'] = signedIn.body.token;
  const second = await begin();
  // A failure is told of in full.
  await provider.stop();
  expect((await ask('POST', '/v1/sessions/oidc', null, second)).status).toBe(503);
  for (const [name, { flow, query }] of Object.entries({ first, second })) {
    secrets[`flow of the ${name}`] = flow;
    secrets[`code of the ${name}`] = new URLSearchParams(query).get('code') ?? '';
  }

  const commandLine = readFileSync(`/proc/${api.pid}/cmdline`, 'utf8');
  const exited = once(api, 'close');
  api.kill('SIGTERM');
  await exited;
  expect(log).toContain('/v1/sessions/oidc failed');
  expect(log).toContain('"url":"/v1/users"');
  for (const [name, secret] of Object.entries(secrets)) {
    expect(secret?.length ?? 0, name).toBeGreaterThan(7);
    expect(log.includes(secret ?? ''), `${name} is in the log`).toBe(false);
    expect(commandLine.includes(secret ?? ''), `${name} is in the arguments`).toBe(false);
  }
  // An ID token, or anything else that is signed.
  expect(log).not.toMatch(/eyJ[\w-]{10,}\./);
});
