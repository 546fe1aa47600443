'use client';

import type { Event } from '@netyard/api-client';
import type { ReactNode } from 'react';
import { history, objects } from '../../messages';
import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { StatusIcon } from '../../ui/status-badge';
import { Time } from '../../ui/time';
import { ObjectLink } from '../inventory/cells';
import { selectableKinds } from '../inventory/view-state';
import { EmptyWithRequest } from '../page/empty-with-command';
import { QuestionState } from '../page/question-state';
import { useEvents, type EventFilters } from './use-events';

interface EventListProps {
  filters: EventFilters;
  /** Whether each says what it is about; not on the page of one object. */
  isOfMany?: boolean;
  /** Stands where there is none. */
  empty?: ReactNode;
}

/** What happened, the latest first; brought up to date by itself. */
export function EventList({ filters, isOfMany = false, empty }: EventListProps) {
  const events = useEvents(filters);
  return (
    <QuestionState question={events}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        if (items.length === 0) return empty ?? <NoEvents filters={filters} />;
        return (
          <>
            <ul aria-label={history.events.title} className="rounded-lg border border-line bg-surface shadow-card">
              {items.map((event) => (
                <EventItem key={event.id} event={event} isOfMany={isOfMany} />
              ))}
            </ul>
            {events.hasNextPage && (
              <Button className="mt-3" busy={events.isFetchingNextPage} onClick={() => void events.fetchNextPage()}>
                {objects.more}
              </Button>
            )}
          </>
        );
      }}
    </QuestionState>
  );
}

function EventItem({ event, isOfMany }: { event: Event; isOfMany: boolean }) {
  const { kind, objectName, type, reason, message, count, firstSeenAt, lastSeenAt } = event;
  const selectable = selectableKinds.find((known) => known === kind && known !== 'port');
  return (
    <li className="flex items-start gap-2.5 border-b border-line px-4 py-2 last:border-b-0">
      <StatusIcon tone={type === 'Warning' ? 'warning' : 'ready'} className="mt-0.5" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="sr-only">{history.events.types[type]}: </span>
          <span className="font-medium">{reason}</span>
          {isOfMany && (
            <span className="inline-flex items-baseline gap-1 text-ink-2">
              {kind} {selectable ? <ObjectLink kind={selectable} name={objectName} /> : objectName}
            </span>
          )}
        </p>
        <p className="break-words text-ink-2">{message}</p>
      </div>
      <p className="shrink-0 text-right text-[12px] leading-[18px] text-ink-3">
        <Time at={lastSeenAt} />
        {count > 1 && (
          <span className="block">
            {history.events.times(count)}, {history.events.since} <Time at={firstSeenAt} />
          </span>
        )}
      </p>
    </li>
  );
}

function NoEvents({ filters }: { filters: EventFilters }) {
  const isNarrowed = Object.keys(filters).some((key) => key !== 'id');
  return (
    <div className="rounded-lg border border-line bg-surface shadow-card">
      {isNarrowed ? (
        <EmptyState title={history.events.noneMatches} />
      ) : (
        <EmptyWithRequest
          title={history.events.none}
          say={history.events.noneHow}
          request={{ method: 'GET', path: `/v1/events${filters.id === undefined ? '' : `?id=${filters.id}`}` }}
        />
      )}
    </div>
  );
}
