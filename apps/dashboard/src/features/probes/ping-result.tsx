'use client';

import type { Probe } from '@netyard/api-client';
import { CircleAlert } from 'lucide-react';
import { probes } from '../../messages';
import { Banner } from '../../ui/banner';
import { StatusIcon } from '../../ui/status-badge';

const text = probes.dialog;

const milliseconds = new Intl.NumberFormat('en', { minimumSignificantDigits: 2, maximumSignificantDigits: 3 });

/** What a ping came back with: how many, and how fast. */
export function PingResult({ probe: { spec, status } }: { probe: Probe }) {
  const { result, error } = status;
  if (result?.kind !== 'ping') {
    return (
      <Banner tone="failing" icon={CircleAlert}>
        {error ?? text.noAnswer}
      </Banner>
    );
  }
  const { sent, received, lossPercent, rttMs } = result;
  return (
    <section aria-label={text.result} className="rounded-lg border border-line bg-surface">
      <p className="flex items-center gap-2 border-b border-line px-3 py-2">
        <StatusIcon tone={received === 0 ? 'failing' : received < sent ? 'unknown' : 'ready'} />
        <span className="font-medium">{probes.ping(received, sent, null)}</span>
        <span className="text-ink-2">{text.fromTarget(spec.target)}</span>
      </p>
      <dl className="grid grid-cols-2 divide-line sm:grid-cols-4 sm:divide-x">
        <Figure name={text.loss} value={text.percent(lossPercent)} />
        <Figure name={text.min} value={rttMs && text.ms(milliseconds.format(rttMs.min))} />
        <Figure name={text.avg} value={rttMs && text.ms(milliseconds.format(rttMs.avg))} />
        <Figure name={text.max} value={rttMs && text.ms(milliseconds.format(rttMs.max))} />
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
