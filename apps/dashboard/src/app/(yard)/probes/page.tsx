import type { Metadata } from 'next';
import { ProbesPage } from '../../../features/probes/probes-page';
import { frame } from '../../../messages';

export const metadata: Metadata = { title: frame.places.probes };

export default function Page() {
  return <ProbesPage />;
}
