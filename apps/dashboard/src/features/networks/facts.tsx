'use client';

import { hostFacts, networks as text } from '../../messages';
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
        <Fact name={text.driver}>{spec.driver}</Fact>
        {status.subnets.map(({ cidr, gateway, addressesInUse, addressesFree }) => (
          <Fact key={cidr} name={text.subnet}>
            <span className="font-medium">{cidr}</span>
            <span className="block text-[12px] text-ink-2">{text.gateway(gateway)}</span>
            <UsageBar used={addressesInUse} total={addressesInUse + addressesFree} what={text.addressesInUse} />
          </Fact>
        ))}
        {spec.options['addressing'] === 'dhcp' && <Fact name={text.addresses}>{text.leased}</Fact>}
        <Fact name={text.hosts}>
          {row.hostNames.length === 0 ? (
            <span className="text-ink-2">{spec.host ? text.onlyOn(spec.host) : text.nowhereYet}</span>
          ) : (
            row.hostNames.map((name, index) => (
              <span key={name} className="mr-2">
                <ObjectLink kind="host" name={name} />
                <TunnelAddress address={status.hosts[index]?.tunnelAddress} />
              </span>
            ))
          )}
        </Fact>
        <Fact name={text.outside}>{outside(row)}</Fact>
        {spec.driver === 'overlay' && (
          <Fact name={text.betweenHosts}>{spec.options['encrypted'] === true ? text.encrypted : text.notEncrypted}</Fact>
        )}
        {status.vni !== null && <Fact name={text.vni}>{status.vni}</Fact>}
        {status.mtuBytes !== null && (
          <Fact name={text.mtu}>
            {hostFacts.bytes(status.mtuBytes)}
            {status.mtuReason && <span className="block text-[12px] text-ink-2">{status.mtuReason}</span>}
          </Fact>
        )}
        {options.length > 0 && (
          <Fact name={text.options}>
            {options.map(([key, value]) => (
              <span key={key} className="block">
                {key}: {String(value)}
              </span>
            ))}
          </Fact>
        )}
        {spec.domain && <Fact name={text.domain}>{spec.domain}</Fact>}
        <DnsFacts dns={spec.dns} />
        <PolicyLinks networkNames={[row.name]} />
        <ObjectFacts row={row} />
      </Facts>
      <EndpointList
        title={text.endpoints}
        endpoints={row.endpoints}
        tell={({ sandboxName }) => sandboxName}
        filterWord={`network:${row.name}`}
      />
      {status.hosts.map(({ host, conditions }, index) => (
        <Conditions key={host} title={text.conditionsOn(row.hostNames[index] ?? host)} conditions={conditions} />
      ))}
    </>
  );
}

/** How what is outside is reached. */
function outside({ object: { spec } }: NetworkRow): string {
  if (spec.internal) return text.outsides.internal;
  return spec.options['parent'] === undefined ? text.outsides.host : text.outsides.wire(String(spec.options['parent']));
}

/** Where the host's tunnels begin and end. */
function TunnelAddress({ address }: { address: string | null | undefined }) {
  return address ? <span className="ml-1 text-[12px] text-ink-2">{address}</span> : null;
}
