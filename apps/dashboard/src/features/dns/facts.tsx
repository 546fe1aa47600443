'use client';

import type { DnsSettings } from '@netyard/api-client';
import { dns as text } from '../../messages';
import { Fact } from '../../ui/facts';

/** How names are looked up, as far as something was set. */
export function DnsFacts({ dns }: { dns: Required<DnsSettings> }) {
  return (
    <>
      {dns.search.length > 0 && <Fact name={text.search}>{dns.search.join(', ')}</Fact>}
      {dns.servers.length > 0 && <Fact name={text.servers}>{dns.servers.join(', ')}</Fact>}
      {dns.options.length > 0 && <Fact name={text.options}>{dns.options.join(', ')}</Fact>}
      {dns.hosts.length > 0 && (
        <Fact name={text.hosts}>
          {dns.hosts.map(({ name, address }) => (
            <span key={`${name} ${address}`} className="block">
              {name} <span className="text-ink-2">{address}</span>
            </span>
          ))}
        </Fact>
      )}
    </>
  );
}
