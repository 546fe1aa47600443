import type { Metadata } from 'next';
import { EndpointsPage } from '../../../features/endpoints/endpoints-page';
import { frame } from '../../../messages';

export const metadata: Metadata = { title: frame.places.endpoints };

export default function Page() {
  return <EndpointsPage />;
}
