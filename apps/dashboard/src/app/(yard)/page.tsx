import type { Metadata } from 'next';
import { OverviewPage } from '../../features/overview/overview-page';
import { frame } from '../../messages';

export const metadata: Metadata = { title: frame.places.overview };

export default function Page() {
  return <OverviewPage />;
}
