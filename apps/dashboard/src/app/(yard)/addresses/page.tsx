import type { Metadata } from 'next';
import { AddressesPage } from '../../../features/addresses/addresses-page';
import { frame } from '../../../messages';

export const metadata: Metadata = { title: frame.places.addresses };

export default function Page() {
  return <AddressesPage />;
}
