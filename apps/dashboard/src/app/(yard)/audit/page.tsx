import type { Metadata } from 'next';
import { AuditPage } from '../../../features/audit/audit-page';
import { audit } from '../../../messages';

export const metadata: Metadata = { title: audit.title };

export default function Page() {
  return <AuditPage />;
}
