import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseOidc } from './oidc-settings';

const folder = mkdtempSync(join(tmpdir(), 'netyard-oidc-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}
const parse = (path: string | undefined) =>
  parseOidc(
    () => path,
    (name, detail) => {
      throw new Error(`${name} ${detail}`);
    },
  );

const provider = { name: 'campus', issuer: 'https://id.example.net', clientId: 'netyard', admit: 'everybody' };
const settings = (more: object) => ({ dashboardUrl: 'https://netyard.example.net', providers: [{ ...provider, ...more }] });

it('is nothing without a file', () => {
  expect(parse(undefined)).toBeNull();
});

it('has defaults for all but what has to be said, and reads the secret', () => {
  const clientSecretFile = file('secret', 'hush hush\n');
  expect(parse(file('good.json', settings({ clientSecretFile })))).toEqual({
    dashboardUrl: 'https://netyard.example.net',
    providers: [
      {
        ...provider,
        title: 'campus',
        clientSecret: 'hush hush',
        clientAuthentication: 'client_secret_basic',
        ca: null,
        scopes: ['openid', 'profile', 'email'],
        createUsers: false,
        nameClaim: 'preferred_username',
        memberships: null,
        sessionHours: 12,
      },
    ],
  });
});

describe('names what is wrong, and shows no secret', () => {
  it.each([
    ['no JSON', '{"clientSecret":"hush', 'which is no JSON'],
    ['no providers', { dashboardUrl: 'https://n.example' }, "must have required property 'providers'"],
    ['a dashboard that ends in a slash', { ...settings({}), dashboardUrl: 'https://n.example/' }, '/dashboardUrl must match pattern'],
    ['an issuer without TLS', settings({ issuer: 'http://id.example.net' }), '/providers/0/issuer must match pattern'],
    ['no word on who may sign in', settings({ admit: undefined }), "/providers/0 must have required property 'admit'"],
    ['an empty word on who may sign in', settings({ admit: {} }), '/providers/0/admit'],
    ['a secret in the file itself', settings({ clientSecret: 'hush' }), 'must NOT have additional properties (clientSecret)'],
    [
      'a role that there is not',
      settings({ memberships: { claim: 'g', rules: [{ value: 'a', tenant: 'b', role: 'king' }] } }),
      '/role must be',
    ],
    ['scopes without openid', settings({ scopes: ['email'] }), '/providers/0/scopes must contain'],
    [
      'a secret that is not there',
      settings({ clientSecretFile: '/nowhere/secret' }),
      '/providers/0/clientSecretFile, which names /nowhere/secret',
    ],
    ['a name twice', { ...settings({}), providers: [provider, provider] }, 'two providers of one name'],
  ])('%s', (name, content, detail) => {
    const path = file(`${name.replaceAll(' ', '-')}.json`, content);
    expect(() => parse(path)).toThrow(detail);
    expect(() => parse(path)).toThrow(/^NETYARD_OIDC_FILE /);
    expect(() => parse(path)).not.toThrow('hush');
  });
});
