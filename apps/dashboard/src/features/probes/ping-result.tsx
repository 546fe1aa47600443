'use client';

import type { Probe } from '@netyard/api-client';
import { CircleAlert } from 'lucide-react';
import { Banner } from '../../ui/banner';
import { StatusIcon } from '../../ui/status-badge';

const milliseconds = new Intl.NumberFormat('en', { minimumSignificantDigits: 2, maximumSignificantDigits: 3 });

/** What a ping came back with: how many, and how fast. */
export function PingResult({ probe: { spec, status } }: { probe: Probe }) {
  const { result, error } = status;
  if (result?.kind !== 'ping') {
    return (
      <Banner tone="failing" icon={CircleAlert}>
        {error ?? 'The worker did not answer in time.'}
      </Banner>
    );
  }
  const { sent, received, lossPercent, rttMs } = result;
  return (
    <section aria-label="Result" className="rounded-lg border border-line bg-surface">
      <p className="flex items-center gap-2 border-b border-line px-3 py-2">
        <StatusIcon tone={received === 0 ? 'failing' : received < sent ? 'unknown' : 'ready'} />
        <span className="font-medium">
          {received} of {sent} came back
        </span>
        <span className="text-ink-2">from {spec.target}</span>
      </p>
      <dl className="grid grid-cols-2 divide-line sm:grid-cols-4 sm:divide-x">
        <Figure name="Loss" value={`${Number(lossPercent.toFixed(1))} %`} />
        <Figure name="Min" value={rttMs && `${milliseconds.format(rttMs.min)} ms`} />
        <Figure name="Avg" value={rttMs && `${milliseconds.format(rttMs.avg)} ms`} />
        <Figure name="Max" value={rttMs && `${milliseconds.format(rttMs.max)} ms`} />
      </dl>
    </section>
  );
}

function Figure({ name, value }: { name: string; value: string | null }) {
  return (
    <div className="px-3 py-2">
      <dt className="text-[12px] text-ink-3">{name}</dt>
      <dd className="text-[15px] leading-6 font-semibold whitespace-nowrap">{value ?? '–'}</dd>
    </div>
  );
}
