import type { Metadata } from 'next';
import { SharesPage } from '../../../../features/settings/shares-page';
import { settings } from '../../../../messages';

export const metadata: Metadata = { title: settings.pages.shares };

export default function Page() {
  return <SharesPage />;
}
