'use client';

import { unwrap, type EndpointCounters } from '@netyard/api-client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { api } from '../../api/client';
import { countersKey } from '../../api/query-keys';
import { stack as text, traffic as words } from '../../messages';
import { EmptyState } from '../../ui/empty-state';
import type { EndpointRow } from '../inventory/inventory';
import { QuestionState } from '../page/question-state';
import { rateText, TrafficDirection } from '../traffic/direction';
import type { RateSample } from '../traffic/rate-chart';

const RateChart = dynamic(() => import('../traffic/rate-chart').then((module) => module.RateChart), { ssr: false });

/** As often as the counters of an open endpoint are asked for, and as many as are shown: two minutes. */
const intervalMs = 2000;
const keptSamples = 60;

interface Measured {
  now: EndpointCounters;
  samples: RateSample[];
}

/** What an endpoint carries, now and in the last two minutes, beside what it may. */
export function TrafficTab({ row }: { row: EndpointRow }) {
  const client = useQueryClient();
  const queryKey = [...countersKey('endpoint', row.name), 'samples'];
  const question = useQuery({
    queryKey,
    queryFn: async (): Promise<Measured> => {
      const now = unwrap(await api.GET('/v1/endpoints/{ref}/counters', { params: { path: { ref: row.name } } }));
      const before = client.getQueryData<Measured>(queryKey)?.samples ?? [];
      return { now, samples: [...before, { at: Date.now(), received: now.ingress.mbps, sent: now.egress.mbps }].slice(-keptSamples) };
    },
    enabled: row.health.tone === 'ready' && row.sandboxName !== null,
    refetchInterval: intervalMs,
    retry: false,
  });
  if (row.sandboxName === null)
    return (
      <div className="rounded-lg border border-line bg-surface shadow-card">
        <EmptyState title={text.notJoined} />
      </div>
    );
  return (
    <QuestionState question={question}>
      {({ now, samples }) => (
        <section aria-label={text.chart(row.name)} className="rounded-lg border border-line bg-surface shadow-card">
          <dl className="grid grid-cols-2 divide-x divide-line border-b border-line">
            <Direction name={text.received} traffic={now.ingress} />
            <Direction name={text.sent} traffic={now.egress} />
          </dl>
          <div className="px-3 py-3">
            <p className="mb-2 flex flex-wrap gap-x-4 text-[12px] text-ink-2">
              <Key name={text.received} className="border-accent" />
              <Key name={text.sent} className="border-dashed border-warning-bar" />
              {samples.length < 2 && <span className="text-ink-3">{text.gathering}</span>}
            </p>
            <RateChart
              label={`${text.chart(row.name)}. ${text.chartNow(rateText(now.ingress.mbps), rateText(now.egress.mbps))}`}
              samples={samples}
            />
          </div>
        </section>
      )}
    </QuestionState>
  );
}

function Direction({ name, traffic }: { name: string; traffic: EndpointCounters['ingress'] }) {
  const { mbps, limitMbps } = traffic;
  return (
    <TrafficDirection name={name} traffic={traffic} mbps={mbps}>
      {limitMbps === null ? words.noLimit : words.atMost(rateText(limitMbps))}
    </TrafficDirection>
  );
}

const Key = ({ name, className }: { name: string; className: string }) => (
  <span className="inline-flex items-center gap-1.5">
    <span aria-hidden="true" className={`w-5 border-t-2 ${className}`} />
    {name}
  </span>
);
