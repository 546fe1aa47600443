import type { Metadata } from 'next';
import { DriversPage } from '../../../../features/settings/drivers-page';
import { settings } from '../../../../messages';

export const metadata: Metadata = { title: settings.pages.drivers };

export default function Page() {
  return <DriversPage />;
}
