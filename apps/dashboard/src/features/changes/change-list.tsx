'use client';

import { unwrap, type Change } from '@netyard/api-client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { FilePen, FilePlus2, Trash2, type LucideIcon } from 'lucide-react';
import { api } from '../../api/client';
import { changesKey } from '../../api/query-keys';
import { history, objects } from '../../messages';
import { Button } from '../../ui/button';
import { Disclosure } from '../../ui/disclosure';
import { Time } from '../../ui/time';
import { ObjectLink } from '../inventory/cells';
import { selectableKinds } from '../inventory/view-state';
import { EmptyWithRequest } from '../page/empty-with-command';
import { QuestionState } from '../page/question-state';
import { differences, type Difference, isRecord, type Value } from './difference';
import { DifferenceTable } from './difference-table';

const text = history.changes;
const intervalMs = 5000;

interface ChangeListProps {
  /** Of one object; of all of them by default. */
  id?: string;
  limit?: number;
  /** Whether more can be asked for. */
  isPaged?: boolean;
}

/** Who made, changed and deleted what, the latest first, with what it was before. */
export function ChangeList({ id, limit = 50, isPaged = true }: ChangeListProps) {
  const changes = useInfiniteQuery({
    queryKey: changesKey(id ?? null, limit),
    queryFn: async ({ pageParam }) =>
      unwrap(
        await api.GET('/v1/changes', {
          params: { query: { limit, ...(id === undefined ? {} : { id }), ...(pageParam === null ? {} : { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: intervalMs,
    placeholderData: keepPreviousData,
  });
  return (
    <QuestionState question={changes}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        if (items.length === 0)
          return (
            <div className="rounded-lg border border-line bg-surface shadow-card">
              <EmptyWithRequest
                title={id === undefined ? text.noneAtAll : text.none}
                say={text.noneHow}
                request={{ method: 'GET', path: `/v1/changes${id === undefined ? '' : `?id=${id}`}` }}
              />
            </div>
          );
        return (
          <>
            <ol aria-label={text.title} className="rounded-lg border border-line bg-surface shadow-card">
              {items.map((change) => (
                <ChangeItem key={change.id} change={change} isOfMany={id === undefined} />
              ))}
            </ol>
            {isPaged && changes.hasNextPage && (
              <Button className="mt-3" busy={changes.isFetchingNextPage} onClick={() => void changes.fetchNextPage()}>
                {objects.more}
              </Button>
            )}
          </>
        );
      }}
    </QuestionState>
  );
}

const icons: Record<Change['verb'], LucideIcon> = { create: FilePlus2, update: FilePen, delete: Trash2 };

function ChangeItem({ change, isOfMany }: { change: Change; isOfMany: boolean }) {
  const { kind, verb, objectName, actor, at, method, path } = change;
  const Icon = icons[verb];
  const selectable = selectableKinds.find((known) => known === kind && known !== 'port');
  const many = manyOf(change);
  return (
    <li className="flex items-start gap-2.5 border-b border-line px-4 py-2 last:border-b-0">
      <Icon className="mt-0.5 size-4 shrink-0 text-ink-3" aria-hidden="true" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-1.5 pb-0.5">
          {isOfMany && (
            <>
              <span className="text-ink-2">{kind}</span>
              {many === null && objectName !== null && selectable && verb !== 'delete' ? (
                <ObjectLink kind={selectable} name={objectName} strong />
              ) : (
                <span className="font-medium">{many === null ? objectName : text.many(many)}</span>
              )}
            </>
          )}
          <span>
            {text.verbs[verb]} {text.by(actor.name)}
          </span>
          <span className="text-[12px] wrap-anywhere text-ink-3">
            {method} {path}
          </span>
        </p>
        {!isOfMany && verb === 'update' && <Differences change={change} />}
        {isOfMany && verb === 'update' && <Disclosure label={text.show}>{() => <Differences change={change} />}</Disclosure>}
      </div>
      <span className="shrink-0 text-[12px] leading-[20px] text-ink-3">
        <Time at={at} />
      </span>
    </li>
  );
}

function Differences({ change }: { change: Change }) {
  const found = changedFields(change);
  if (found.length === 0) return <p className="text-[12px] text-ink-3">{text.same}</p>;
  return (
    <div className="mt-1.5 max-w-3xl">
      <DifferenceTable label={text.show} differences={found} />
    </div>
  );
}

/** What people changed: not what the API counts along with it. */
function changedFields({ before, after }: Change): Difference[] {
  const counted = new Set(['metadata.generation', 'metadata.resourceVersion']);
  return differences((before ?? undefined) as Value | undefined, (after ?? undefined) as Value | undefined).filter(
    ({ field }) => !counted.has(field),
  );
}

function manyOf({ after }: Change): number | null {
  const items = isRecord((after ?? undefined) as Value | undefined) ? (after as { items?: unknown }).items : undefined;
  return Array.isArray(items) ? items.length : null;
}
