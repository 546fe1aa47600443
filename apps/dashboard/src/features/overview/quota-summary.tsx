'use client';

import Link from 'next/link';
import { overview } from '../../messages';
import { paths } from '../../paths';
import { QuotaBars } from '../settings/quota-bars';
import { useTenant } from '../settings/use-tenant';

/** How much of its quotas the tenant has used; nothing where it has none. */
export function QuotaSummary() {
  const { tenant } = useTenant();
  if (!tenant || Object.values(tenant.spec.quotas).every((limit) => limit === null)) return null;
  return (
    <section aria-labelledby="quotas-title" className="rounded-lg border border-line bg-surface px-5 py-4 shadow-card">
      <h2 id="quotas-title" className="pb-3 text-[14px] font-semibold">
        <Link href={paths.quotas} className="rounded hover:text-accent hover:underline">
          {overview.quotas}
        </Link>
      </h2>
      <QuotaBars tenant={tenant} onlyLimited />
    </section>
  );
}
