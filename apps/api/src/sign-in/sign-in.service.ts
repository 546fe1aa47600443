import { NetyardError } from '@netyard/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client';
import { newSecret, secretHash } from '../access/secret';
import { Database } from '../database/database';
import { acrossTenants } from '../database/scope';
import { Answer } from '../http/answer';
import { fieldError } from '../objects/object-row';
import { Attempts } from '../sessions/attempts';
import type { SessionDto } from '../sessions/session.dto';
import { SessionsService } from '../sessions/sessions.service';
import { AccountUsers, type SignInRequest } from './account-users';
import { OidcProviders } from './oidc-providers';
import type { SignInSecrets } from './oidc-provider';
import type { BegunSignInDto, BeginSignInDto, CompleteSignInDto, SignInMethodListDto } from './sign-in.dto';

/** So long somebody may take at the provider. */
const flowMinutes = 10;
/** From one source; each is a row for ten minutes. */
const begunPerMinute = 300;

interface FlowRow extends Record<string, unknown> {
  provider: string;
  state: string;
  nonce: string;
  code_verifier: string;
}

/** Signing in by an OpenID Connect provider: somebody is sent there, and comes back once. */
@Injectable()
export class SignInService {
  readonly #attempts = new Attempts(begunPerMinute);

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(OidcProviders) private readonly providers: OidcProviders,
    @Inject(AccountUsers) private readonly accounts: AccountUsers,
    @Inject(SessionsService) private readonly sessions: SessionsService,
  ) {}

  methods(): SignInMethodListDto {
    const providers = this.providers.all.map(({ settings: { name, title } }) => ({ type: 'oidc' as const, name, title }));
    return { items: [{ type: 'password', name: 'password', title: 'Name and password' }, ...providers] };
  }

  /** Throws NetyardError `unknown-reference`, `rate-limited`, or `unavailable` when the provider is away. */
  async begin({ provider: name }: BeginSignInDto, source: string): Promise<Answer<BegunSignInDto>> {
    const provider = this.providers.find(name);
    if (!provider) throw fieldError('unknown-reference', `there is no provider ${name}`, '/provider');
    await this.#attempts.assertMay(`source ${source}`);
    await this.#attempts.count(`source ${source}`);
    const secrets: SignInSecrets = { state: randomState(), nonce: randomNonce(), codeVerifier: randomPKCECodeVerifier() };
    const authorizationUrl = await provider.authorizationUrl(secrets);
    const flow = newSecret();
    const [row] = await acrossTenants(() =>
      this.database.query<{ expires_at: Date }>(
        `INSERT INTO sign_in (flow_hash, provider, state, nonce, code_verifier, expires_at) VALUES ($1, $2, $3, $4, $5, now() + interval '${flowMinutes} minutes') RETURNING expires_at`,
        [secretHash(flow), name, secrets.state, secrets.nonce, secrets.codeVerifier],
      ),
    );
    if (!row) throw new Error('nothing was written');
    return new Answer(201, { authorizationUrl, flow, expiresAt: row.expires_at.toISOString() });
  }

  /** Begins the session of whoever comes back. Throws NetyardError `unauthenticated`, `forbidden`, or `unavailable`; it cannot be repeated. */
  async complete({ flow, query }: CompleteSignInDto, request: SignInRequest, userAgent: string | undefined): Promise<Answer<SessionDto>> {
    const [row] = await acrossTenants(() =>
      this.database.query<FlowRow & { is_over: boolean }>(
        'DELETE FROM sign_in WHERE flow_hash = $1 RETURNING provider, state, nonce, code_verifier, expires_at < now() AS is_over',
        [secretHash(flow)],
      ),
    );
    const provider = row && !row.is_over ? this.providers.find(row.provider) : undefined;
    if (!row || !provider)
      throw new NetyardError('unauthenticated', 'the sign-in is not known, has been completed before, or has taken too long: begin anew');
    const account = await provider.account(query, { state: row.state, nonce: row.nonce, codeVerifier: row.code_verifier });
    const user = await this.accounts.userOf(account, provider.settings, request);
    const { name, sessionHours } = provider.settings;
    return this.sessions.start(
      user,
      { source: request.source, userAgent },
      { hours: sessionHours, provider: name, idToken: account.idToken },
    );
  }
}
