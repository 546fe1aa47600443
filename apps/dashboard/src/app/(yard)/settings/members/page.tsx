import type { Metadata } from 'next';
import { MembersPage } from '../../../../features/settings/members-page';
import { settings } from '../../../../messages';

export const metadata: Metadata = { title: settings.pages.members };

export default function Page() {
  return <MembersPage />;
}
