'use client';

import { unwrap, type HostTunnels } from '@netyard/api-client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client';
import { countersKey } from '../../api/query-keys';
import { hostFacts as words, traffic } from '../../messages';
import { StatusIcon } from '../../ui/status-badge';
import { ObjectLink } from '../inventory/cells';
import type { HostRow } from '../inventory/inventory';
import { TrafficDirection } from '../traffic/direction';
import { pathText } from './path-text';
import { ratesMbps } from './tunnel-rates';

/** As often as the tunnels of an open host are asked for. */
const tunnelsIntervalMs = 1000;

interface Answers {
  before: HostTunnels | undefined;
  now: HostTunnels;
}

/** The host's part in overlay networks: where each leads, and what it carries now. */
export function Tunnels({ row }: { row: HostRow }) {
  const client = useQueryClient();
  const queryKey = countersKey('host', row.name);
  const { data } = useQuery({
    queryKey,
    queryFn: async (): Promise<Answers> => {
      const now = unwrap(await api.GET('/v1/hosts/{ref}/tunnels', { params: { path: { ref: row.name } } }));
      return { before: client.getQueryData<Answers>(queryKey)?.now, now };
    },
    enabled: row.health.tone === 'ready',
    refetchInterval: tunnelsIntervalMs,
  });
  if (!data || data.now.items.length === 0) return null;
  return (
    <section aria-label={words.tunnels}>
      <h3 className="mb-1 text-[12px] font-medium text-ink-3">{words.tunnels}</h3>
      <ul aria-label={words.tunnels} className="flex flex-col gap-2">
        {data.now.items.map((tunnel) => (
          <Tunnel key={tunnel.network} tunnel={tunnel} rates={ratesMbps(data.before, data.now, tunnel.network)} />
        ))}
      </ul>
    </section>
  );
}

interface TunnelProps {
  tunnel: HostTunnels['items'][number];
  rates: ReturnType<typeof ratesMbps>;
}

function Tunnel({ tunnel: { network, link, vni, port, mtuBytes, encrypted, ingress, egress, remotes }, rates }: TunnelProps) {
  const facts = [
    link,
    words.vni(vni),
    words.udpPort(port),
    mtuBytes === null ? words.notThere : words.bytes(mtuBytes),
    encrypted && words.encrypted,
  ];
  return (
    <li className="rounded-md border border-line">
      <div className="border-b border-line px-3 py-1.5">
        <ObjectLink kind="network" name={network} strong />
        <p className="text-[12px] leading-[18px] break-words text-ink-2">{facts.filter(Boolean).join(' · ')}</p>
      </div>
      <dl className="grid grid-cols-2 divide-x divide-line border-b border-line">
        <TrafficDirection name={traffic.received} traffic={ingress} mbps={rates?.ingress ?? null} />
        <TrafficDirection name={traffic.sent} traffic={egress} mbps={rates?.egress ?? null} />
      </dl>
      <ul aria-label={words.otherHosts(network)} className="px-3 py-1.5">
        {remotes.length === 0 && <li className="text-[12px] text-ink-2">{words.noOtherHost}</li>}
        {remotes.map((remote) => (
          <Remote key={remote.address} remote={remote} />
        ))}
      </ul>
    </li>
  );
}

function Remote({ remote: { host, address, endpointCount, path } }: { remote: TunnelProps['tunnel']['remotes'][number] }) {
  const { tone, text } = pathText(path);
  return (
    <li className="flex items-center gap-2" title={text}>
      <StatusIcon tone={tone} className="size-3.5" />
      <span className="sr-only">{text}:</span>
      <ObjectLink kind="host" name={host} />
      <span className="min-w-0 truncate text-[12px] text-ink-2">
        {address} · {words.endpointCount(endpointCount)}
      </span>
    </li>
  );
}
