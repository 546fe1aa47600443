/// <reference path="./oidc-provider.d.ts" />
import { generateKeyPairSync, type JsonWebKey, sign } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { Provider } from 'oidc-provider';
import { Agent, fetch } from 'undici';
import { TestAuthority } from './authority';

type Claims = Record<string, unknown>;

const clientId = 'netyard';
export const oidcClientSecret = 'a-secret-of-the-client';
const keyId = 'signing';

export interface IdentityProviderOptions {
  /** Where the dashboard is. */
  dashboardUrl: string;
  /** What the provider says of each account, by its subject. */
  accounts: Record<string, Claims>;
}

/** A real OpenID Connect provider, by TLS with a certificate of its own authority. Whoever signs in there says who they are, and is believed. */
export class IdentityProvider {
  readonly accounts: Record<string, Claims>;
  /** Changes the claims of ID tokens before they are signed. */
  tamper: ((claims: Claims) => Claims) | null = null;
  /** What signs ID tokens that are tampered with. */
  signingKey: JsonWebKey;

  private constructor(
    private readonly authority: TestAuthority,
    private readonly server: Server,
    readonly issuer: string,
    { accounts, dashboardUrl }: IdentityProviderOptions,
  ) {
    this.accounts = accounts;
    this.signingKey = newKey();
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: clientId,
          client_secret: oidcClientSecret,
          redirect_uris: [`${dashboardUrl}/sign-in/callback`],
          post_logout_redirect_uris: [`${dashboardUrl}/sign-in`],
        },
      ],
      jwks: { keys: [{ ...this.signingKey, kid: keyId, use: 'sig', alg: 'RS256' }] },
      claims: { openid: ['sub'], profile: ['preferred_username', 'groups', 'realm_access'], email: ['email', 'email_verified'] },
      findAccount: (_context: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id, ...this.accounts[id] }) }),
      // Whoever has signed in has agreed as well.
      loadExistingGrant: async ({ oidc }: { oidc: GrantContext }) => {
        const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
        grant.addOIDCScope('openid profile email');
        await grant.save();
        return grant;
      },
      cookies: { keys: ['a key of the test'] },
    });
    provider.use(async (context, next) => {
      await next();
      const { body } = context;
      if (this.tamper && context.path === '/token' && typeof body === 'object' && body !== null && 'id_token' in body)
        body.id_token = this.#signed(this.tamper(payloadOf(String(body.id_token))));
    });
    server.on('request', provider.callback());
  }

  static async start(options: IdentityProviderOptions): Promise<IdentityProvider> {
    const authority = new TestAuthority();
    const { certFile, keyFile } = authority.issue('provider', ['IP:127.0.0.1']);
    const server = createServer({ cert: readFileSync(certFile), key: readFileSync(keyFile) }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return new IdentityProvider(authority, server, `https://127.0.0.1:${port}`, options);
  }

  /** What the API has to be told: the variable that names a file of settings with this provider, called `campus`. */
  settings(dashboardUrl: string, more: object = {}): { NETYARD_OIDC_FILE: string } {
    const folder = dirname(this.authority.certFile);
    const [file, clientSecretFile] = [join(folder, `${crypto.randomUUID()}.json`), join(folder, 'secret')];
    writeFileSync(clientSecretFile, `${oidcClientSecret}\n`);
    const { issuer } = this;
    const provider = {
      name: 'campus',
      title: 'Campus account',
      issuer,
      clientId,
      clientSecretFile,
      caFile: this.authority.certFile,
      ...more,
    };
    writeFileSync(file, JSON.stringify({ dashboardUrl, providers: [provider] }));
    return { NETYARD_OIDC_FILE: file };
  }

  /** Goes where a browser is sent, signs in as an account, and gives the address that it is sent back to. */
  async signIn(authorizationUrl: string, account: string): Promise<URL> {
    const browser = new Browser(this.authority.certFile);
    let location = await browser.get(authorizationUrl);
    while (new URL(location, this.issuer).origin === this.issuer) {
      const form = await browser.page(new URL(location, this.issuer).href);
      location = form.location ?? (await browser.post(form.action, { prompt: 'login', login: account, password: 'any' }));
    }
    await browser.close();
    return new URL(location);
  }

  /** Stops answering; with `start` it is there again, at the same place. */
  async stop(): Promise<() => Promise<void>> {
    const { port } = this.server.address() as AddressInfo;
    await this.#shut();
    return async () => {
      this.server.listen(port, '127.0.0.1');
      await once(this.server, 'listening');
    };
  }

  async close(): Promise<void> {
    if (this.server.listening) await this.#shut();
    this.authority.close();
  }

  async #shut(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  #signed(claims: Claims): string {
    const head = [{ alg: 'RS256', kid: keyId }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    return `${head}.${sign('sha256', Buffer.from(head), { key: this.signingKey, format: 'jwk' }).toString('base64url')}`;
  }
}

interface GrantContext {
  client: { clientId: string };
  session: { accountId: string };
  provider: { Grant: new (of: object) => { addOIDCScope(scope: string): void; save(): Promise<string> } };
}

export const newKey = (): JsonWebKey => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });

const payloadOf = (token: string): Claims => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Claims;

/** As much of a browser as signing in needs: cookies, one form, and redirects that are told rather than followed. */
class Browser {
  readonly #agent: Agent;
  readonly #cookies = new Map<string, string>();

  constructor(certFile: string) {
    this.#agent = new Agent({ connect: { ca: readFileSync(certFile) } });
  }

  async get(url: string): Promise<string> {
    const { location } = await this.page(url);
    if (location === undefined) throw new Error(`${url} leads nowhere`);
    return location;
  }

  async page(url: string): Promise<{ location: string | undefined; action: string }> {
    const { location, text } = await this.#request(url, {});
    return { location, action: /<form[^>]* action="([^"]*)"/.exec(text)?.[1] ?? '' };
  }

  async post(url: string, fields: Record<string, string>): Promise<string> {
    const { location, text } = await this.#request(url, { method: 'POST', body: new URLSearchParams(fields) });
    if (location === undefined) throw new Error(`${url} leads nowhere: ${text.slice(0, 300)}`);
    return location;
  }

  close(): Promise<void> {
    return this.#agent.close();
  }

  async #request(url: string, more: Parameters<typeof fetch>[1]): Promise<{ location: string | undefined; text: string }> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { ...more, redirect: 'manual', dispatcher: this.#agent, headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.#cookies.set(name, value);
    }
    return { location: answer.headers.get('location') ?? undefined, text: await answer.text() };
  }
}
