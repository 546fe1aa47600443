'use client';

import { ApiProblem, unwrap, type CreateEndpoint } from '@netyard/api-client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { api } from '../../api/client';
import { joinPlan as text } from '../../messages/topology';
import type { NetworkRow, SandboxRow } from '../inventory/inventory';
import { useInventory } from '../inventory/use-inventory';
import { joinPlan } from './join-plan';

/** While somebody types, this long after the last key. */
const restMs = 300;

/** What the join would do, before it is done: asked of the API, which makes the same choices as when it does it. */
export function JoinPlanPanel({ request, network, sandbox }: { request: CreateEndpoint; network: NetworkRow; sandbox: SandboxRow }) {
  const inventory = useInventory();
  const body = useRested(JSON.stringify(request));
  const { data, error, isFetching } = useQuery({
    queryKey: ['join-plan', body],
    queryFn: async () => unwrap(await api.POST('/v1/endpoints/preview', { body: JSON.parse(body) as CreateEndpoint })),
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
  });
  return (
    <section aria-label={text.title} aria-busy={isFetching} className="rounded-md border border-line bg-sunken/50 px-3 py-2">
      <h3 className="mb-1 text-[12px] font-medium text-ink-3">{text.title}</h3>
      {error ? (
        <p role="status" className="flex items-start gap-1.5 text-failing">
          <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
          <span className="min-w-0 break-words">{error instanceof ApiProblem ? error.message : text.unknown}</span>
        </p>
      ) : data && inventory ? (
        <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3 gap-y-0.5">
          {joinPlan(data, network, sandbox, inventory).map(({ name, value }) => (
            <div key={name} className="contents">
              <dt className="text-ink-3">{name}</dt>
              <dd className="min-w-0 break-words tabular-nums">{value}</dd>
            </div>
          ))}
        </dl>
      ) : (
        <p className="text-ink-3">{text.asking}</p>
      )}
    </section>
  );
}

/** A text once it has rested. */
function useRested(value: string): string {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), restMs);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}
