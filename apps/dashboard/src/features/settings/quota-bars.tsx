'use client';

import type { Tenant } from '@netyard/api-client';
import clsx from 'clsx';
import { settings } from '../../messages';
import { quotaKinds } from './quota-request';

const text = settings.quotas;

/** How much of each quota is taken: figures, a bar where there is a limit, and a word where it is reached. */
export function QuotaBars({ tenant, onlyLimited = false }: { tenant: Tenant; onlyLimited?: boolean }) {
  const shown = quotaKinds.filter((kind) => !onlyLimited || tenant.spec.quotas[kind] !== null);
  return (
    <dl className="grid gap-x-8 gap-y-4 sm:grid-cols-2 xl:grid-cols-3">
      {shown.map((kind) => (
        <QuotaBar key={kind} title={text.kinds[kind]} used={tenant.status.usage[kind]} limit={tenant.spec.quotas[kind]} />
      ))}
    </dl>
  );
}

function QuotaBar({ title, used, limit }: { title: string; used: number; limit: number | null }) {
  const share = limit === null ? 0 : limit === 0 ? 1 : Math.min(1, used / limit);
  return (
    <div className="min-w-0">
      <dt className="text-ink-2">{title}</dt>
      <dd>
        <span className="font-semibold tabular-nums">{limit === null ? text.used(used) : text.of(used, limit)}</span>
        {limit === null && <span className="text-ink-3"> · {text.none}</span>}
        {limit !== null && (
          <span className="mt-1 block h-1.5 overflow-hidden rounded-full bg-sunken ring-1 ring-line ring-inset" aria-hidden="true">
            <span
              className={clsx('block h-full rounded-full', share >= 1 ? 'bg-failing-bar' : share >= 0.8 ? 'bg-warning-bar' : 'bg-accent')}
              style={{ width: used === 0 ? 0 : `max(3px, ${share * 100}%)` }}
            />
          </span>
        )}
        {limit !== null && share >= 1 && <span className="block text-[12px] leading-[18px] text-failing">{text.full}</span>}
      </dd>
    </div>
  );
}
