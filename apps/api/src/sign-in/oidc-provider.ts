import { NetyardError } from '@netyard/contracts';
import * as client from 'openid-client';
import { Agent, fetch } from 'undici';
import type { Claims } from './claims';
import type { OidcProviderSettings } from './oidc-settings';

const timeoutSeconds = 10;
/** A provider that changes its endpoints is believed after so long. Keys are looked up as they change. */
const metadataMinutes = 60;

/** What shows, when somebody comes back from the provider, that it is the one who was sent there. */
export interface SignInSecrets {
  state: string;
  nonce: string;
  codeVerifier: string;
}

/** Who somebody is at a provider. */
export interface Account {
  issuer: string;
  subject: string;
  claims: Claims;
  /** Names the session at the provider when it is to be ended there. */
  idToken: string;
}

/** One OpenID Connect provider: authorization code with PKCE, state and nonce (OpenID Connect Core 1.0 section 3.1, RFC 7636, RFC 9207). */
export class OidcProvider {
  #configuration: { promise: Promise<client.Configuration>; until: number } | undefined;
  readonly #agent: Agent;

  constructor(
    readonly settings: OidcProviderSettings,
    private readonly redirectUri: string,
  ) {
    this.#agent = new Agent({ connect: settings.ca === null ? {} : { ca: settings.ca } });
  }

  /** Where to send somebody who wants to sign in. Throws NetyardError `unavailable`. */
  async authorizationUrl({ state, nonce, codeVerifier }: SignInSecrets): Promise<string> {
    const configuration = await this.#discover();
    return client.buildAuthorizationUrl(configuration, {
      redirect_uri: this.redirectUri,
      scope: this.settings.scopes.join(' '),
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
    }).href;
  }

  /** Whose account it is that came back with these parameters. Throws NetyardError `unauthenticated`, or `unavailable`. */
  async account(query: string, { state, nonce, codeVerifier }: SignInSecrets): Promise<Account> {
    const configuration = await this.#discover();
    const callback = new URL(this.redirectUri);
    callback.search = query;
    try {
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: codeVerifier, idTokenExpected: true };
      const tokens = await client.authorizationCodeGrant(configuration, callback, checks);
      const claims = tokens.claims();
      if (!claims || tokens.id_token === undefined) throw new Error('there is no ID token');
      const more = configuration.serverMetadata().userinfo_endpoint
        ? await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)
        : {};
      return { issuer: claims.iss, subject: claims.sub, claims: { ...more, ...claims }, idToken: tokens.id_token };
    } catch (error) {
      throw this.#refusal(error);
    }
  }

  /** Where to send somebody who signs out, so that the session at the provider ends too; null when it offers none (RP-Initiated Logout 1.0) or is away. */
  async logoutUrl(idToken: string, signedOutUrl: string): Promise<string | null> {
    const configuration = await this.#discover().catch(() => null);
    if (!configuration?.serverMetadata().end_session_endpoint) return null;
    return client.buildEndSessionUrl(configuration, { id_token_hint: idToken, post_logout_redirect_uri: signedOutUrl }).href;
  }

  async close(): Promise<void> {
    await this.#agent.close();
  }

  /** What failed is tried again by whoever asks next. */
  #discover(): Promise<client.Configuration> {
    const known = this.#configuration;
    if (known && known.until > Date.now()) return known.promise;
    const promise = this.#discoverAnew();
    this.#configuration = { promise, until: Date.now() + metadataMinutes * 60_000 };
    promise.catch(() => {
      if (this.#configuration?.promise === promise) this.#configuration = undefined;
    });
    return promise;
  }

  async #discoverAnew(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret, clientAuthentication } = this.settings;
    const byPost = clientAuthentication === 'client_secret_post';
    const authentication =
      clientSecret === null ? client.None() : byPost ? client.ClientSecretPost(clientSecret) : client.ClientSecretBasic(clientSecret);
    try {
      return await client.discovery(new URL(issuer), clientId, undefined, authentication, {
        // Only the signature, which is checked although the token came from the provider itself: the connection may end in a balancer.
        execute: [client.enableNonRepudiationChecks],
        timeout: timeoutSeconds,
        [client.customFetch]: (url, options) =>
          fetch(url, { ...(options as Parameters<typeof fetch>[1]), dispatcher: this.#agent }) as unknown as Promise<Response>,
      });
    } catch (error) {
      throw this.#unavailable('the provider cannot be reached, or does not describe itself as one', error);
    }
  }

  #unavailable(what: string, cause: unknown): NetyardError {
    return new NetyardError('unavailable', `${this.settings.name}: ${what}`, [], {}, { cause });
  }

  /** What whoever came back, or the provider, got wrong; the cause is for the log. */
  #refusal(error: unknown): NetyardError {
    const untrusted = (what: string): NetyardError =>
      new NetyardError('unauthenticated', `${this.settings.name}: ${what}`, [], {}, { cause: error });
    if (error instanceof client.AuthorizationResponseError) return untrusted(`the provider let nobody in (${plain(error.error)})`);
    if (error instanceof client.ResponseBodyError)
      return error.status >= 500 || faultsOfOurs.includes(error.error)
        ? this.#unavailable(`the provider does not do what this deployment asks of it (${plain(error.error)})`, error)
        : untrusted(`the provider does not take the code (${plain(error.error)})`);
    const words = error instanceof client.ClientError && error.code !== undefined ? faultsOfAnswers[error.code] : undefined;
    return words === undefined
      ? this.#unavailable('the provider cannot be reached, or does not answer as one', error)
      : untrusted(`${words}${whatOf(error)}`);
  }
}

/** Of the deployment's registration with the provider (RFC 6749 section 5.2). */
const faultsOfOurs = ['invalid_client', 'unauthorized_client', 'invalid_scope'];

/** Of what came back, by the code that openid-client has for them; all others are the provider's. */
const faultsOfAnswers: Record<string, string> = {
  OAUTH_INVALID_RESPONSE: 'what came back is no valid answer to this sign-in',
  OAUTH_JWT_CLAIM_COMPARISON_FAILED: 'the ID token is not for this sign-in',
  OAUTH_JWT_TIMESTAMP_CHECK_FAILED: 'the ID token is not valid at this time',
  OAUTH_KEY_SELECTION_FAILED: 'the ID token is signed by no key of the provider',
};

/** The claim that is wrong, as the library names it. */
function whatOf(error: unknown): string {
  const { cause } = error as { cause?: { cause?: { claim?: unknown } } };
  return typeof cause?.cause?.claim === 'string' ? ` (${cause.cause.claim})` : '';
}

/** Error codes are of few characters (RFC 6749 section 4.1.2.1); this one has come by way of a browser. */
const plain = (code: string): string => (/^[\w.-]{1,64}$/.test(code) ? code : 'an error without a name');
