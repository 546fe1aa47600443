import type { Metadata } from 'next';
import { TokensPage } from '../../../../features/settings/tokens-page';
import { settings } from '../../../../messages';

export const metadata: Metadata = { title: settings.pages.tokens };

export default function Page() {
  return <TokensPage />;
}
