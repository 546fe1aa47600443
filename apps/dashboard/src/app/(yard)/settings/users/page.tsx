import type { Metadata } from 'next';
import { UsersPage } from '../../../../features/settings/users-page';
import { settings } from '../../../../messages';

export const metadata: Metadata = { title: settings.pages.users };

export default function Page() {
  return <UsersPage />;
}
