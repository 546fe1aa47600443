'use client';

import { Fact, Facts } from '../../ui/facts';
import { ObjectLink } from '../inventory/cells';
import { EndpointList } from '../inventory/endpoint-list';
import type { SandboxRow } from '../inventory/inventory';
import { ObjectFacts } from '../inventory/object-facts';
import { namespaceLabels } from './columns';

export function SandboxFacts({ row }: { row: SandboxRow }) {
  const { spec, status } = row.object;
  return (
    <>
      <Facts>
        <Fact name="Host">
          <ObjectLink kind="host" name={row.hostName} />
        </Fact>
        <Fact name="Namespace">
          {namespaceLabels[spec.namespace.type]}
          {status.namespacePath && <span className="block font-mono text-[12px] text-ink-2">{status.namespacePath}</span>}
        </Fact>
        <ObjectFacts row={row} />
      </Facts>
      <EndpointList
        title="Endpoints"
        endpoints={row.endpoints}
        tell={({ networkName, object }) => [object.status.interfaceName, networkName].filter(Boolean).join(' on ')}
        filterWord={`sandbox:${row.name}`}
      />
    </>
  );
}
