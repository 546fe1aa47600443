import type { Metadata } from 'next';
import { AccountPage } from '../../../../features/settings/account-page';
import { settings } from '../../../../messages';

export const metadata: Metadata = { title: settings.pages.account };

export default function Page() {
  return <AccountPage />;
}
