import type { Metadata } from 'next';
import { TopologyPage } from '../../../features/topology/topology-page';
import { frame } from '../../../messages';

export const metadata: Metadata = { title: frame.places.topology };

export default function Page() {
  return <TopologyPage />;
}
