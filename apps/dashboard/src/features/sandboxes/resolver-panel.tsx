'use client';

import { ApiProblem, unwrap, type ResolverState } from '@netyard/api-client';
import { useQuery } from '@tanstack/react-query';
import { CircleAlert, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api/client';
import { resolverKey } from '../../api/query-keys';
import { resolver as text, tables } from '../../messages';
import { Banner } from '../../ui/banner';
import { Button } from '../../ui/button';
import { CodeBlock } from '../../ui/code-block';
import { Disclosure } from '../../ui/disclosure';
import { Fact, Facts } from '../../ui/facts';
import { Field, TextInput } from '../../ui/field';
import { StatusIcon } from '../../ui/status-badge';
import { Time } from '../../ui/time';
import type { SandboxRow } from '../inventory/inventory';

/** What a sandbox's resolver would answer, whom it asks, and how its queries fared: as the worker on its host tells it now. */
export function ResolverPanel({ row }: { row: SandboxRow }) {
  return <Disclosure label={text.title}>{() => <Resolver name={row.name} />}</Disclosure>;
}

export function Resolver({ name }: { name: string }) {
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: resolverKey(name),
    queryFn: async () => unwrap(await api.GET('/v1/sandboxes/{ref}/resolver', { params: { path: { ref: name } } })),
    // Whoever opens it wants to know how it is now.
    gcTime: 0,
  });
  return (
    <section aria-label={text.title} className="mt-2 flex flex-col gap-3">
      {error && (
        <Banner tone="failing" icon={CircleAlert}>
          {error instanceof ApiProblem ? error.message : tables.unreachable}
        </Banner>
      )}
      {data && <State state={data} />}
      {!data && !error && <p className="text-ink-2">{text.asking}</p>}
      <Button size="small" className="self-start" busy={isFetching} onClick={() => void refetch()}>
        <RefreshCw className="size-3.5" aria-hidden="true" />
        {text.refresh}
      </Button>
    </section>
  );
}

function State({ state }: { state: ResolverState }) {
  return (
    <>
      <Facts>
        <Fact name={text.listensOn}>{state.listening ? state.address : text.listensNowhere}</Fact>
        {queryFacts(state.queries).map(({ label, count }) => (
          <Fact key={label} name={label}>
            <span className="tabular-nums">{number.format(count)}</span>
          </Fact>
        ))}
      </Facts>
      <Upstreams upstreams={state.upstreams} />
      {state.failures.length > 0 && <Failures failures={state.failures} />}
      <Records records={state.records} recordCount={state.recordCount} />
      <div>
        <h4 className={headingClass}>{text.file}</h4>
        <CodeBlock label={text.file} code={state.resolvConf.trimEnd()} />
      </div>
    </>
  );
}

const number = new Intl.NumberFormat('en');
const headingClass = 'mb-1 text-[12px] font-medium text-ink-3';

const outcomeNames = ['answered', 'noData', 'nameError', 'forwarded', 'cached', 'refused', 'formatError', 'serverFailure'] as const;

/** The outcomes that occurred, and always the sum. */
function queryFacts(queries: ResolverState['queries']): { label: string; count: number }[] {
  const outcomes = outcomeNames.map((outcome) => ({ label: text.outcomes[outcome], count: queries[outcome] }));
  return [{ label: text.queries, count: queries.total }, ...outcomes.filter(({ count }) => count > 0)];
}

function Upstreams({ upstreams }: Pick<ResolverState, 'upstreams'>) {
  return (
    <div>
      <h4 className={headingClass}>{text.upstreams}</h4>
      {upstreams.length === 0 ? (
        <p className="text-ink-2">{text.noUpstreams}</p>
      ) : (
        <ul aria-label={text.upstreams} className="flex flex-col rounded-md border border-line">
          {upstreams.map(({ address, askedFrom, healthy, queries, failures, rttMs, lastError }) => (
            <li key={`${askedFrom} ${address}`} className="flex items-start gap-2 border-b border-line px-3 py-1.5 last:border-b-0">
              <StatusIcon tone={healthy ? 'ready' : 'failing'} className="mt-1 size-3.5" />
              <div className="min-w-0 flex-1">
                <p className="font-medium break-words">
                  {address}
                  <span className="sr-only">, {healthy ? text.healthy : text.failing}</span>
                </p>
                <p className="text-[12px] leading-[18px] break-words text-ink-2">
                  {[
                    text.askedFrom(askedFrom),
                    text.asked(queries),
                    failures > 0 && text.failed(failures),
                    rttMs !== null && text.rtt(rttMs),
                    lastError,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Failures({ failures }: Pick<ResolverState, 'failures'>) {
  return (
    <div>
      <h4 className={headingClass}>{text.failures}</h4>
      <ul aria-label={text.failures} className="flex flex-col rounded-md border border-line">
        {failures.map(({ at, name, type, responseCode, error }, index) => (
          <li key={index} className="border-b border-line px-3 py-1.5 last:border-b-0">
            <p className="break-words">
              {name} <span className="text-ink-3">{type}</span> {responseCode} <Time at={at} />
            </p>
            {error && <p className="text-[12px] leading-[18px] break-words text-ink-2">{error}</p>}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** More than these are found by typing. */
const shownRecords = 50;

function Records({ records, recordCount }: Pick<ResolverState, 'records' | 'recordCount'>) {
  const [filter, setFilter] = useState('');
  const found = records.filter(({ name, type, data }) => `${name} ${type} ${data}`.toLowerCase().includes(filter.trim().toLowerCase()));
  return (
    <div className="flex flex-col gap-2">
      <Field label={text.recordCount(recordCount)}>
        {(described) => (
          <TextInput {...described} value={filter} onChange={(event) => setFilter(event.target.value)} placeholder={text.recordFilter} />
        )}
      </Field>
      {found.length === 0 ? (
        <p className="text-ink-2">{records.length === 0 ? text.noRecords : text.noneOfThisName}</p>
      ) : (
        <ul aria-label={text.records} className="flex flex-col rounded-md border border-line">
          {found.slice(0, shownRecords).map(({ name, type, data }) => (
            <li key={`${name} ${type} ${data}`} className="border-b border-line px-3 py-1 break-words last:border-b-0">
              {name} <span className="text-ink-3">{type}</span> {data}
            </li>
          ))}
        </ul>
      )}
      {found.length > shownRecords && <p className="text-[12px] text-ink-3">{text.more(found.length - shownRecords)}</p>}
    </div>
  );
}
