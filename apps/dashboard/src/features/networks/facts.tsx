'use client';

import { Fact, Facts } from '../../ui/facts';
import { UsageBar } from '../../ui/usage-bar';
import { DnsFacts } from '../dns/facts';
import { ObjectLink } from '../inventory/cells';
import { Conditions } from '../inventory/conditions';
import { EndpointList } from '../inventory/endpoint-list';
import type { NetworkRow } from '../inventory/inventory';
import { ObjectFacts } from '../inventory/object-facts';
import { PolicyLinks } from '../policies/policy-links';

export function NetworkFacts({ row }: { row: NetworkRow }) {
  const { spec, status } = row.object;
  const options = Object.entries(spec.options);
  return (
    <>
      <Facts>
        <Fact name="Driver">{spec.driver}</Fact>
        {status.subnets.map(({ cidr, gateway, addressesInUse, addressesFree }) => (
          <Fact key={cidr} name="Subnet">
            <span className="font-medium">{cidr}</span>
            <span className="block text-[12px] text-ink-2">{gateway === null ? 'no gateway: hosts lead out' : `gateway ${gateway}`}</span>
            <UsageBar used={addressesInUse} total={addressesInUse + addressesFree} what="addresses in use" />
          </Fact>
        ))}
        {spec.options['addressing'] === 'dhcp' && <Fact name="Addresses">leased by a DHCP server on the wire</Fact>}
        <Fact name="Hosts">
          {row.hostNames.length === 0 ? (
            <span className="text-ink-2">{spec.host ? `only ${spec.host}` : 'none until an endpoint is joined'}</span>
          ) : (
            row.hostNames.map((name, index) => (
              <span key={name} className="mr-2">
                <ObjectLink kind="host" name={name} />
                <TunnelAddress address={status.hosts[index]?.tunnelAddress} />
              </span>
            ))
          )}
        </Fact>
        <Fact name="Outside">{outside(row)}</Fact>
        {spec.driver === 'overlay' && (
          <Fact name="Between hosts">{spec.options['encrypted'] === true ? 'encrypted, by WireGuard' : 'not encrypted'}</Fact>
        )}
        {status.vni !== null && <Fact name="VNI">{status.vni}</Fact>}
        {status.mtuBytes !== null && (
          <Fact name="MTU">
            {status.mtuBytes} bytes
            {status.mtuReason && <span className="block text-[12px] text-ink-2">{status.mtuReason}</span>}
          </Fact>
        )}
        {options.length > 0 && (
          <Fact name="Options">
            {options.map(([key, value]) => (
              <span key={key} className="block">
                {key}: {String(value)}
              </span>
            ))}
          </Fact>
        )}
        {spec.domain && <Fact name="Domain">{spec.domain}</Fact>}
        <DnsFacts dns={spec.dns} />
        <PolicyLinks networkNames={[row.name]} />
        <ObjectFacts row={row} />
      </Facts>
      <EndpointList
        title="Endpoints"
        endpoints={row.endpoints}
        tell={({ sandboxName }) => sandboxName}
        filterWord={`network:${row.name}`}
      />
      {status.hosts.map(({ host, conditions }, index) => (
        <Conditions key={host} title={`Conditions on ${row.hostNames[index] ?? host}`} conditions={conditions} />
      ))}
    </>
  );
}

/** How what is outside is reached. */
function outside({ object: { spec } }: NetworkRow): string {
  if (spec.internal) return 'internal: no way in or out';
  return spec.options['parent'] === undefined ? 'reached through the host' : `by the wire of ${spec.options['parent']}`;
}

/** Where the host's tunnels begin and end. */
function TunnelAddress({ address }: { address: string | null | undefined }) {
  return address ? <span className="ml-1 text-[12px] text-ink-2">{address}</span> : null;
}
