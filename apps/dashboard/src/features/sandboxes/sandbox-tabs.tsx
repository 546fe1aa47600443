'use client';

import dynamic from 'next/dynamic';
import { objects, tables } from '../../messages';
import { ChangeList } from '../changes/change-list';
import { EventList } from '../events/event-list';
import type { SandboxRow } from '../inventory/inventory';
import { Card } from '../page/card';
import { Details } from '../page/object-details';
import { ObjectTabs } from '../page/object-tabs';
import { ProbeForm } from '../probes/probe-form';
import { ProbeList } from '../probes/probe-list';
import { InterfacesTab, NeighboursTab, RoutesTab } from '../stack/stack-tabs';
import { Resolver } from './resolver-panel';

const DocumentTab = dynamic(() => import('../document/document-tab').then((module) => module.DocumentTab), { ssr: false });

const text = objects.tabs;

/** All there is to see of a sandbox: what was asked for, and its stack as the kernel has it. */
export function SandboxTabs({ row }: { row: SandboxRow }) {
  const { id } = row.object.metadata;
  const hasResolver = row.object.spec.namespace.type !== 'host';
  return (
    <ObjectTabs
      kind="sandbox"
      name={row.name}
      tabs={[
        {
          id: 'facts',
          title: text.facts,
          content: (
            <Card label={tables.object.details('sandbox', row.name)}>
              <Details row={row} />
            </Card>
          ),
        },
        { id: 'interfaces', title: text.interfaces, content: <InterfacesTab row={row} /> },
        { id: 'routes', title: text.routes, content: <RoutesTab row={row} /> },
        { id: 'neighbours', title: text.neighbours, content: <NeighboursTab row={row} /> },
        ...(hasResolver
          ? [
              {
                id: 'resolver',
                title: text.resolver,
                content: (
                  <Card>
                    <div className="px-4 py-3">
                      <h3 className="sr-only">{text.resolverState}</h3>
                      <Resolver name={row.name} />
                    </div>
                  </Card>
                ),
              },
            ]
          : []),
        {
          id: 'probes',
          title: text.probes,
          content: (
            <div className="flex flex-col gap-4">
              <ProbeForm sandbox={row.name} />
              <ProbeList sandbox={row.name} />
            </div>
          ),
        },
        { id: 'events', title: text.events, content: <EventList filters={{ id }} /> },
        { id: 'changes', title: text.changes, content: <ChangeList id={id} /> },
        { id: 'document', title: text.document, content: <DocumentTab row={row} /> },
      ]}
    />
  );
}
