import type { Metadata } from 'next';
import { NetworksPage } from '../../../features/networks/networks-page';
import { frame } from '../../../messages';

export const metadata: Metadata = { title: frame.places.networks };

export default function Page() {
  return <NetworksPage />;
}
