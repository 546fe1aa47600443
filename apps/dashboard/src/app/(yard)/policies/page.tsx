import type { Metadata } from 'next';
import { PoliciesPage } from '../../../features/policies/policies-page';
import { frame } from '../../../messages';

export const metadata: Metadata = { title: frame.places.policies };

export default function Page() {
  return <PoliciesPage />;
}
