import type { Metadata } from 'next';
import { TenantsPage } from '../../../../features/settings/tenants-page';
import { settings } from '../../../../messages';

export const metadata: Metadata = { title: settings.pages.tenants };

export default function Page() {
  return <TenantsPage />;
}
