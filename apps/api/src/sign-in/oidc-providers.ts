import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '../config';
import { OidcProvider } from './oidc-provider';
import { callbackUrl, signedOutUrl } from './oidc-settings';

/** The OpenID Connect providers of the deployment. None is asked anything before somebody signs in by it: one that is away keeps nobody else out. */
@Injectable()
export class OidcProviders implements OnApplicationShutdown {
  readonly all: readonly OidcProvider[];
  readonly #signedOutUrl: string;

  constructor(@Inject(Config) { oidc }: Config) {
    this.all = oidc?.providers.map((settings) => new OidcProvider(settings, callbackUrl(oidc))) ?? [];
    this.#signedOutUrl = oidc ? signedOutUrl(oidc) : '';
  }

  find(name: string): OidcProvider | undefined {
    return this.all.find(({ settings }) => settings.name === name);
  }

  /** Where to send somebody whose session has ended, so that it ends at the provider too; null: nowhere. */
  async logoutUrl({ provider, id_token: idToken }: { provider: string | null; id_token: string | null }): Promise<string | null> {
    if (provider === null || idToken === null) return null;
    return (await this.find(provider)?.logoutUrl(idToken, this.#signedOutUrl)) ?? null;
  }

  async onApplicationShutdown(): Promise<void> {
    for (const provider of this.all) await provider.close();
  }
}
