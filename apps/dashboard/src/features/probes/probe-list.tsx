'use client';

import { unwrap, type Probe } from '@netyard/api-client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '../../api/client';
import { probesKey } from '../../api/query-keys';
import { probes } from '../../messages';
import { Disclosure } from '../../ui/disclosure';
import { StatusIcon } from '../../ui/status-badge';
import { Time } from '../../ui/time';
import { ObjectLink } from '../inventory/cells';
import { EmptyWithRequest } from '../page/empty-with-command';
import { QuestionState } from '../page/question-state';
import { hopTexts, probeText } from './probe-text';

const intervalMs = 2000;
const shownProbes = 50;

/** The results of the last hour, the latest first: of one sandbox, or of all. They appear as they come. */
export function ProbeList({ sandbox }: { sandbox?: string }) {
  const question = useQuery({
    queryKey: probesKey(sandbox ?? null),
    queryFn: async () =>
      unwrap(
        await api.GET('/v1/probes', {
          params: { query: { sort: '-createdAt', limit: shownProbes, ...(sandbox === undefined ? {} : { sandbox: [sandbox] }) } },
        }),
      ).items,
    refetchInterval: intervalMs,
    placeholderData: keepPreviousData,
  });
  return (
    <QuestionState question={question}>
      {(items) =>
        items.length === 0 ? (
          <div className="rounded-lg border border-line bg-surface shadow-card">
            <EmptyWithRequest
              title={probes.none}
              say={probes.noneHow}
              request={{
                method: 'POST',
                path: '/v1/probes',
                body: { spec: { sandbox: sandbox ?? 'a', kind: 'ping', target: '192.0.2.1' } },
              }}
            />
          </div>
        ) : (
          <ol aria-label={probes.results} className="rounded-lg border border-line bg-surface shadow-card">
            {items.map((probe) => (
              <ProbeItem key={probe.metadata.id} probe={probe} />
            ))}
          </ol>
        )
      }
    </QuestionState>
  );
}

function ProbeItem({ probe: { metadata, spec, status } }: { probe: Probe }) {
  const { tone, text } = probeText(status);
  const hops = hopTexts(status);
  return (
    <li className="flex items-start gap-2.5 border-b border-line px-4 py-2 last:border-b-0">
      <StatusIcon tone={tone} className="mt-0.5" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-1.5">
          <span className="text-ink-3">{spec.kind}</span>
          <span className="font-medium break-all">
            {spec.target}
            {spec.port === undefined ? '' : `:${spec.port}`}
          </span>
          <span className="text-ink-3">{probes.fromWord}</span>
          <ObjectLink kind="sandbox" name={spec.sandbox} />
        </p>
        <p className="break-words text-ink-2">{text}</p>
        {hops.length > 0 && (
          <Disclosure label={probes.hops}>
            {() => (
              <ul className="pl-4.5 text-ink-2 tabular-nums">
                {hops.map((hop) => (
                  <li key={hop}>{hop}</li>
                ))}
              </ul>
            )}
          </Disclosure>
        )}
      </div>
      <span className="shrink-0 text-[12px] leading-[20px] text-ink-3">
        <Time at={metadata.createdAt} />
      </span>
    </li>
  );
}
