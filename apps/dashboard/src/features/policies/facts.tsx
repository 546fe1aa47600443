'use client';

import { unwrap, type PolicyCounters, type PolicyRule } from '@netyard/api-client';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client';
import { countersKey } from '../../api/query-keys';
import { Fact, Facts } from '../../ui/facts';
import { ObjectLink } from '../inventory/cells';
import type { PolicyRow } from '../inventory/inventory';
import { ObjectFacts } from '../inventory/object-facts';
import { selectorText } from './selector-text';

/** As often as the counters of an open policy are asked for. */
const countersIntervalMs = 3000;

export function PolicyFacts({ row }: { row: PolicyRow }) {
  const { spec, status } = row.object;
  const counters = usePolicyCounters(row);
  return (
    <>
      <Facts>
        <Fact name="Network">
          <ObjectLink kind="network" name={row.networkName} />
        </Fact>
        <Fact name="Priority">{spec.priority}</Fact>
        <Fact name="Everything else">
          {spec.defaultAction === 'deny' ? 'denied' : 'allowed'}
          {spec.defaultAction === 'deny' && counters && <FlowCount count={counters.defaultDenied.packets} />}
        </Fact>
        <Fact name="In force on">{status.hosts.map(({ host }) => host).join(', ') || 'no host has an endpoint of its network'}</Fact>
        <ObjectFacts row={row} />
      </Facts>
      <div>
        <h3 className="mb-1 text-[12px] font-medium text-ink-3">Rules ({spec.rules.length})</h3>
        {spec.rules.length === 0 ? (
          <p className="text-ink-2">None: the default decides.</p>
        ) : (
          <ol aria-label="Rules" className="flex flex-col rounded-md border border-line">
            {spec.rules.map((rule, index) => (
              <li key={index} className="flex gap-2 border-b border-line px-3 py-1.5 last:border-b-0">
                <span className="text-ink-3">{index + 1}</span>
                <p className="min-w-0 flex-1 break-words">
                  <span className={rule.action === 'deny' ? 'font-medium text-failing' : 'font-medium text-ready'}>{rule.action}</span>{' '}
                  {ruleText(rule)}
                  {counters?.rules[index] && <FlowCount count={counters.rules[index].packets} />}
                </p>
              </li>
            ))}
          </ol>
        )}
      </div>
    </>
  );
}

function usePolicyCounters({ name, health }: PolicyRow): PolicyCounters | undefined {
  return useQuery({
    queryKey: countersKey('policy', name),
    queryFn: async () => unwrap(await api.GET('/v1/policies/{ref}/counters', { params: { path: { ref: name } } })),
    enabled: health.tone === 'ready',
    refetchInterval: countersIntervalMs,
  }).data;
}

const number = new Intl.NumberFormat('en');

function FlowCount({ count }: { count: number }) {
  return (
    <span className="block text-[12px] leading-[18px] text-ink-2 tabular-nums">
      {number.format(count)} {count === 1 ? 'flow' : 'flows'}
    </span>
  );
}

const directionTexts = { both: '', ingress: ', into the network', egress: ', out of the network' } as const;

function ruleText({ protocol, ports, from, to, direction }: PolicyRule): string {
  const what = [protocol === 'any' ? 'anything' : protocol, ports.length > 0 && `port ${ports.join(', ')}`].filter(Boolean).join(' ');
  return `${what} from ${selectorText(from) || 'anyone'} to ${selectorText(to) || 'anyone'}${directionTexts[direction]}`;
}
