import type { Metadata } from 'next';
import { EventsPage } from '../../../features/events/events-page';
import { frame } from '../../../messages';

export const metadata: Metadata = { title: frame.places.events };

export default function Page() {
  return <EventsPage />;
}
