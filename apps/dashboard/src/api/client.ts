import { createApiClient } from '@netyard/api-client';
import { paths } from '../paths';
import { tenantFetch } from './tenant';

/** The API as the page reaches it: through this server, which adds the session's token. */
export const api = createApiClient({ baseUrl: paths.apiBase, fetch: tenantFetch });
