'use client';

import dynamic from 'next/dynamic';
import { objects, tables } from '../../messages';
import { Card } from '../page/card';
import { ChangeList } from '../changes/change-list';
import { EventList } from '../events/event-list';
import type { NetworkRow } from '../inventory/inventory';
import { Details } from '../page/object-details';
import { ObjectTabs } from '../page/object-tabs';
import { useInventory } from '../inventory/use-inventory';
import { NetworkEndpoints, NetworkNames, NetworkPolicies, NetworkPorts } from './network-lists';

// Values for addresses and a reader of YAML come when they are looked at.
const AddressesTab = dynamic(() => import('../addresses/addresses-tab').then((module) => module.AddressesTab), { ssr: false });
const DocumentTab = dynamic(() => import('../document/document-tab').then((module) => module.DocumentTab), { ssr: false });

const text = objects.tabs;

/** All there is to see of a network. */
export function NetworkTabs({ row }: { row: NetworkRow }) {
  const policies = useInventory()?.policies.filter(({ networkName }) => networkName === row.name) ?? [];
  const ports = row.endpoints.flatMap((endpoint) => endpoint.ports);
  const id = row.object.metadata.id;
  return (
    <ObjectTabs
      kind="network"
      name={row.name}
      tabs={[
        {
          id: 'facts',
          title: text.facts,
          content: (
            <Card label={tables.object.details('network', row.name)}>
              <Details row={row} />
            </Card>
          ),
        },
        { id: 'endpoints', title: text.endpoints, count: row.endpoints.length, content: <NetworkEndpoints row={row} /> },
        { id: 'addresses', title: text.addresses, content: <AddressesTab row={row} /> },
        { id: 'names', title: text.names, content: <NetworkNames row={row} /> },
        { id: 'ports', title: text.ports, count: ports.length, content: <NetworkPorts row={row} ports={ports} /> },
        { id: 'policies', title: text.policies, count: policies.length, content: <NetworkPolicies row={row} policies={policies} /> },
        { id: 'events', title: text.events, content: <EventList filters={{ id }} /> },
        { id: 'changes', title: text.changes, content: <ChangeList id={id} /> },
        { id: 'document', title: text.document, content: <DocumentTab row={row} /> },
      ]}
    />
  );
}
