'use client';

import dynamic from 'next/dynamic';
import { objects, policies, tables } from '../../messages';
import { ChangeList } from '../changes/change-list';
import { EventList } from '../events/event-list';
import type { PolicyRow } from '../inventory/inventory';
import { Card } from '../page/card';
import { Details } from '../page/object-details';
import { ObjectTabs } from '../page/object-tabs';
import { CountersTab } from './counters-tab';

// Values for addresses and a reader of YAML come when they are looked at.
const AppliesTab = dynamic(() => import('./applies-tab').then((module) => module.AppliesTab), { ssr: false });
const PolicyDocument = dynamic(() => import('./policy-document').then((module) => module.PolicyDocument), { ssr: false });

const text = objects.tabs;

/** All there is to see of a policy: its rules, whom they are about, and what they have decided. */
export function PolicyTabs({ row }: { row: PolicyRow }) {
  const { id } = row.object.metadata;
  return (
    <ObjectTabs
      kind="policy"
      name={row.name}
      tabs={[
        {
          id: 'facts',
          title: text.facts,
          content: (
            <Card label={tables.object.details('policy', row.name)}>
              <Details row={row} />
            </Card>
          ),
        },
        { id: 'applies', title: policies.tabs.applies, content: <AppliesTab row={row} /> },
        { id: 'counters', title: policies.tabs.counters, content: <CountersTab row={row} /> },
        { id: 'events', title: text.events, content: <EventList filters={{ id }} /> },
        { id: 'changes', title: text.changes, content: <ChangeList id={id} /> },
        { id: 'document', title: text.document, content: <PolicyDocument row={row} /> },
      ]}
    />
  );
}
