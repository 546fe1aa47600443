'use client';

import dynamic from 'next/dynamic';
import { objects, tables } from '../../messages';
import { ChangeList } from '../changes/change-list';
import { EventList } from '../events/event-list';
import type { EndpointRow } from '../inventory/inventory';
import { Card } from '../page/card';
import { Details } from '../page/object-details';
import { ObjectTabs } from '../page/object-tabs';
import { TrafficTab } from './traffic-tab';

const DocumentTab = dynamic(() => import('../document/document-tab').then((module) => module.DocumentTab), { ssr: false });

const text = objects.tabs;

/** All there is to see of an endpoint: its part in network and sandbox, and what it carries. */
export function EndpointTabs({ row }: { row: EndpointRow }) {
  const { id } = row.object.metadata;
  return (
    <ObjectTabs
      kind="endpoint"
      name={row.name}
      tabs={[
        {
          id: 'facts',
          title: text.facts,
          content: (
            <Card label={tables.object.details('endpoint', row.name)}>
              <Details row={row} />
            </Card>
          ),
        },
        { id: 'traffic', title: text.traffic, content: <TrafficTab row={row} /> },
        { id: 'events', title: text.events, content: <EventList filters={{ id }} /> },
        { id: 'changes', title: text.changes, content: <ChangeList id={id} /> },
        { id: 'document', title: text.document, content: <DocumentTab row={row} /> },
      ]}
    />
  );
}
