'use client';

import { endpoints as text } from '../../messages';
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
        <Fact name={text.network}>
          <ObjectLink kind="network" name={row.networkName} />
        </Fact>
        <Fact name={text.sandbox}>{row.sandboxName ? <ObjectLink kind="sandbox" name={row.sandboxName} /> : <None />}</Fact>
        <Fact name={text.host}>{row.hostName ? <ObjectLink kind="host" name={row.hostName} /> : <None />}</Fact>
        <Fact name={text.addresses}>
          {status.addresses.length === 0 && <None />}
          {status.addresses.map((address) => (
            <span key={address} className="block">
              {address}
            </span>
          ))}
        </Fact>
        {status.lease && <LeaseFact lease={status.lease} />}
        {status.gateways.length > 0 && <Fact name={text.gateways}>{status.gateways.join(', ')}</Fact>}
        {status.macAddress && <Fact name={text.macAddress}>{status.macAddress}</Fact>}
        {status.interfaceName && (
          <Fact name={text.interface}>
            {status.interfaceName}
            {status.hostLink && <span className="text-ink-2"> {text.hostEnd(status.hostLink)}</span>}
          </Fact>
        )}
        {spec.aliases.length > 0 && <Fact name={text.aliases}>{spec.aliases.join(', ')}</Fact>}
        {!spec.spoofingGuard && <Fact name={text.spoofingGuard}>{text.unguarded}</Fact>}
        {spec.gatewayPriority !== 0 && <Fact name={text.gatewayPriority}>{spec.gatewayPriority}</Fact>}
        <PolicyLinks networkNames={[row.networkName]} />
        <ObjectFacts row={row} />
      </Facts>
      <Traffic row={row} />
      {row.addresses.length > 0 && <PortList row={row} />}
    </>
  );
}
