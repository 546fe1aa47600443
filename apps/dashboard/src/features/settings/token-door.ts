import { unwrap, type CreateDeploymentToken, type CreateToken, type Token } from '@netyard/api-client';
import { api } from '../../api/client';
import type { TokenRequest } from './token-request';

/** Whose tokens: those of a tenant by its name, or with null those of the whole deployment. */
export type TokenTenant = string | null;

export const tokensPath = (tenant: TokenTenant): string => (tenant === null ? '/v1/tokens' : `/v1/tenants/${tenant}/tokens`);

/** Throws ApiProblem. */
export async function listTokens(tenant: TokenTenant): Promise<Token[]> {
  const query = { limit: 500 };
  if (tenant === null) return unwrap(await api.GET('/v1/tokens', { params: { query } })).items;
  return unwrap(await api.GET('/v1/tenants/{tenant}/tokens', { params: { path: { tenant }, query } })).items;
}

/** The form offers the roles of either kind. Throws ApiProblem; may not be repeated. */
export async function createToken(tenant: TokenTenant, body: TokenRequest): Promise<Token> {
  if (tenant === null) return unwrap(await api.POST('/v1/tokens', { body: body as CreateDeploymentToken }));
  return unwrap(await api.POST('/v1/tenants/{tenant}/tokens', { params: { path: { tenant } }, body: body as CreateToken }));
}

export const deleteToken = (tenant: TokenTenant, ref: string) =>
  tenant === null
    ? api.DELETE('/v1/tokens/{ref}', { params: { path: { ref } } })
    : api.DELETE('/v1/tenants/{tenant}/tokens/{ref}', { params: { path: { tenant, ref } } });
