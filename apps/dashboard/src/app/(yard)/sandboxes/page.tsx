import type { Metadata } from 'next';
import { SandboxesPage } from '../../../features/sandboxes/sandboxes-page';
import { frame } from '../../../messages';

export const metadata: Metadata = { title: frame.places.sandboxes };

export default function Page() {
  return <SandboxesPage />;
}
