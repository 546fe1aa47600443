'use client';

import { history, objects, tables } from '../../messages';
import { EmptyState } from '../../ui/empty-state';
import { EventList } from '../events/event-list';
import type { HostRow } from '../inventory/inventory';
import { Card } from '../page/card';
import { Details } from '../page/object-details';
import { ObjectTabs } from '../page/object-tabs';

const text = objects.tabs;

/** All there is to see of a host: what it can do, what was put right there, and what else happened. */
export function HostTabs({ row }: { row: HostRow }) {
  const { id } = row.object.metadata;
  return (
    <ObjectTabs
      kind="host"
      name={row.name}
      tabs={[
        {
          id: 'facts',
          title: text.facts,
          content: (
            <Card label={tables.object.details('host', row.name)}>
              <Details row={row} />
            </Card>
          ),
        },
        {
          id: 'drift',
          title: text.drift,
          content: (
            <EventList
              isOfMany
              filters={{ host: id, reason: ['DriftRepaired', 'OrphanRemoved'] }}
              empty={
                <Card>
                  <EmptyState title={history.events.drift}>
                    <p className="max-w-xl text-ink-2">{history.events.driftHow}</p>
                  </EmptyState>
                </Card>
              }
            />
          ),
        },
        { id: 'events', title: text.events, content: <EventList isOfMany filters={{ host: id }} /> },
      ]}
    />
  );
}
