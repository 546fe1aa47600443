import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './schema.gen';

export interface ApiClientOptions {
  /** What stands before `/v1`, e.g. `http://127.0.0.1:8080`. */
  baseUrl: string;
  /** The bearer token; left out where something on the way adds it. */
  token?: string;
  fetch?: typeof fetch;
}

export type ApiClient = Client<paths>;

/** A client of the API whose every path, parameter, body and answer is typed by the OpenAPI document. Makes no request itself. */
export function createApiClient({ baseUrl, token, fetch: send = (request) => fetch(request) }: ApiClientOptions): ApiClient {
  return createClient<paths>({ baseUrl, fetch: send, ...(token === undefined ? {} : { headers: { Authorization: `Bearer ${token}` } }) });
}
