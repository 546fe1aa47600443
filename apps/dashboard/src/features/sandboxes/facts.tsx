'use client';

import { sandboxes as text } from '../../messages';
import { Fact, Facts } from '../../ui/facts';
import { DnsFacts } from '../dns/facts';
import { ObjectLink } from '../inventory/cells';
import { EndpointList } from '../inventory/endpoint-list';
import type { SandboxRow } from '../inventory/inventory';
import { ObjectFacts } from '../inventory/object-facts';
import { PolicyLinks } from '../policies/policy-links';
import { ResolverPanel } from './resolver-panel';

export function SandboxFacts({ row }: { row: SandboxRow }) {
  const { spec, status } = row.object;
  return (
    <>
      <Facts>
        <Fact name={text.host}>
          <ObjectLink kind="host" name={row.hostName} />
        </Fact>
        <Fact name={text.namespace}>
          {text.namespaces[spec.namespace.type]}
          {status.namespacePath && <span className="block font-mono text-[12px] text-ink-2">{status.namespacePath}</span>}
        </Fact>
        <DnsFacts dns={spec.dns} />
        <PolicyLinks networkNames={row.endpoints.map(({ networkName }) => networkName)} />
        <ObjectFacts row={row} />
      </Facts>
      <EndpointList
        title={text.endpoints}
        endpoints={row.endpoints}
        tell={({ networkName, object }) => text.joinedBy(object.status.interfaceName, networkName)}
        filterWord={`sandbox:${row.name}`}
      />
      {row.health.tone === 'ready' && spec.namespace.type !== 'host' && <ResolverPanel row={row} />}
    </>
  );
}
