'use client';

import { useSession } from '../session/session-context';
import { TokenList } from './token-list';

/** Tokens of the tenant that is looked at. */
export function TokensPage() {
  return <TokenList tenant={useSession()?.tenant ?? ''} />;
}
