import type { Metadata } from 'next';
import { QuotasPage } from '../../../../features/settings/quotas-page';
import { settings } from '../../../../messages';

export const metadata: Metadata = { title: settings.pages.quotas };

export default function Page() {
  return <QuotasPage />;
}
