'use client';

import { unwrap, type EndpointCounters } from '@netyard/api-client';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client';
import { countersKey } from '../../api/query-keys';
import type { EndpointRow } from '../inventory/inventory';

/** As often as the counters of an open endpoint are asked for. */
const trafficIntervalMs = 2000;

/** What an endpoint carries now, beside what it may. */
export function Traffic({ row }: { row: EndpointRow }) {
  const { data } = useQuery({
    queryKey: countersKey('endpoint', row.name),
    queryFn: async () => unwrap(await api.GET('/v1/endpoints/{ref}/counters', { params: { path: { ref: row.name } } })),
    enabled: row.health.tone === 'ready' && row.sandboxName !== null,
    refetchInterval: trafficIntervalMs,
  });
  if (!data) return null;
  return (
    <section aria-label="Traffic">
      <h3 className="mb-1 text-[12px] font-medium text-ink-3">Traffic</h3>
      <dl className="grid grid-cols-2 divide-x divide-line rounded-md border border-line">
        <Direction name="Received" traffic={data.ingress} />
        <Direction name="Sent" traffic={data.egress} />
      </dl>
    </section>
  );
}

const rate = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const number = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

function Direction({ name, traffic }: { name: string; traffic: EndpointCounters['ingress'] }) {
  const { mbps, limitMbps, bytes, packets, dropped, errors } = traffic;
  const lost = [dropped > 0 && `${number.format(dropped)} dropped`, errors > 0 && `${number.format(errors)} errors`].filter(Boolean);
  return (
    <div className="px-3 py-2">
      <dt className="text-[12px] text-ink-3">{name}</dt>
      <dd>
        <span className="block text-[15px] leading-6 font-semibold tabular-nums">{rate.format(mbps)} Mbit/s</span>
        <span className="block text-[12px] leading-[18px] text-ink-2">
          {limitMbps === null ? 'no limit' : `of at most ${rate.format(limitMbps)}`}
        </span>
        <span className="block text-[12px] leading-[18px] text-ink-2 tabular-nums">
          {number.format(bytes)}B in {number.format(packets)} packets
        </span>
        {lost.length > 0 && <span className="block text-[12px] leading-[18px] text-warning">{lost.join(', ')}</span>}
      </dd>
    </div>
  );
}
