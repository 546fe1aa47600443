import type { Metadata } from 'next';
import { EnrolmentPage } from '../../../../features/settings/enrolment-page';
import { settings } from '../../../../messages';

export const metadata: Metadata = { title: settings.pages.enrolment };

export default function Page() {
  return <EnrolmentPage />;
}
