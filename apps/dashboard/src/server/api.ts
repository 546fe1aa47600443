import { createApiClient, type ApiClient } from '@netyard/api-client';
import { apiAddress } from './api-address';

interface CallerOptions {
  token?: string | undefined;
  tenant?: string | undefined;
  /** The browser's request that is served, whose sender the API is told of. */
  headers: Headers;
  /** After how long the API counts as unreachable. */
  timeoutMs?: number;
}

/** The API as this server speaks to it by itself, for one request of a browser. */
export function apiFor({ token, tenant, headers, timeoutMs = 15_000 }: CallerOptions): ApiClient {
  return createApiClient({
    baseUrl: apiAddress().href.replace(/\/+$/, ''),
    ...(token === undefined ? {} : { token }),
    fetch: (input, init) => {
      const request = new Request(input, init);
      if (tenant !== undefined) request.headers.set('Netyard-Tenant', tenant);
      tellSender(headers, request.headers);
      return fetch(request, { cache: 'no-store', signal: AbortSignal.timeout(timeoutMs) });
    },
  });
}

/** Tells the API whose request is passed on; it believes that where it is told to trust this server (`NETYARD_TRUSTED_PROXIES`). */
export function tellSender(from: Headers, to: Headers): void {
  for (const name of ['x-forwarded-for', 'user-agent']) {
    const value = from.get(name);
    if (value !== null) to.set(name, value);
  }
}
