'use client';

import { unwrap, type EndpointCounters } from '@netyard/api-client';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client';
import { countersKey } from '../../api/query-keys';
import { traffic as text } from '../../messages';
import type { EndpointRow } from '../inventory/inventory';
import { rateText, TrafficDirection } from '../traffic/direction';

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
    <section aria-label={text.title}>
      <h3 className="mb-1 text-[12px] font-medium text-ink-3">{text.title}</h3>
      <dl className="grid grid-cols-2 divide-x divide-line rounded-md border border-line">
        <Direction name={text.received} traffic={data.ingress} />
        <Direction name={text.sent} traffic={data.egress} />
      </dl>
    </section>
  );
}

function Direction({ name, traffic }: { name: string; traffic: EndpointCounters['ingress'] }) {
  const { mbps, limitMbps } = traffic;
  return (
    <TrafficDirection name={name} traffic={traffic} mbps={mbps}>
      {limitMbps === null ? text.noLimit : text.atMost(rateText(limitMbps))}
    </TrafficDirection>
  );
}
