import type { Metadata } from 'next';
import { HostsPage } from '../../../features/hosts/hosts-page';
import { frame } from '../../../messages';

export const metadata: Metadata = { title: frame.places.hosts };

export default function Page() {
  return <HostsPage />;
}
