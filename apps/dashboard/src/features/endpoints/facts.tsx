'use client';

import { PortList } from '../ports/port-list';
import { Fact, Facts } from '../../ui/facts';
import { None, ObjectLink } from '../inventory/cells';
import type { EndpointRow } from '../inventory/inventory';
import { ObjectFacts } from '../inventory/object-facts';
import { PolicyLinks } from '../policies/policy-links';
import { LeaseFact } from './lease-fact';
import { Traffic } from './traffic';

export function EndpointFacts({ row }: { row: EndpointRow }) {
  const { spec, status } = row.object;
  return (
    <>
      <Facts>
        <Fact name="Network">
          <ObjectLink kind="network" name={row.networkName} />
        </Fact>
        <Fact name="Sandbox">{row.sandboxName ? <ObjectLink kind="sandbox" name={row.sandboxName} /> : <None />}</Fact>
        <Fact name="Host">{row.hostName ? <ObjectLink kind="host" name={row.hostName} /> : <None />}</Fact>
        <Fact name="Addresses">
          {status.addresses.length === 0 && <None />}
          {status.addresses.map((address) => (
            <span key={address} className="block">
              {address}
            </span>
          ))}
        </Fact>
        {status.lease && <LeaseFact lease={status.lease} />}
        {status.gateways.length > 0 && <Fact name="Gateways">{status.gateways.join(', ')}</Fact>}
        {status.macAddress && <Fact name="MAC address">{status.macAddress}</Fact>}
        {status.interfaceName && (
          <Fact name="Interface">
            {status.interfaceName}
            {status.hostLink && <span className="text-ink-2"> (host end {status.hostLink})</span>}
          </Fact>
        )}
        {spec.aliases.length > 0 && <Fact name="Aliases">{spec.aliases.join(', ')}</Fact>}
        {!spec.spoofingGuard && <Fact name="Spoofing guard">off: it may send with any address</Fact>}
        {spec.gatewayPriority !== 0 && <Fact name="Gateway priority">{spec.gatewayPriority}</Fact>}
        <PolicyLinks networkNames={[row.networkName]} />
        <ObjectFacts row={row} />
      </Facts>
      <Traffic row={row} />
      {row.addresses.length > 0 && <PortList row={row} />}
    </>
  );
}
