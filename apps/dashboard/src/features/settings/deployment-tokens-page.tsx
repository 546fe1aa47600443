'use client';

import { TokenList } from './token-list';

/** Tokens that are good in all tenants. */
export const DeploymentTokensPage = () => <TokenList tenant={null} />;
