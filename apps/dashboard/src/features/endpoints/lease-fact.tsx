import type { Lease } from '@netyard/api-client';
import { endpoints } from '../../messages';
import { Fact } from '../../ui/facts';
import { Time } from '../../ui/time';

const text = endpoints.lease;

/** What a DHCP server has given, and until when. */
export function LeaseFact({ lease: { server, dns, domain, obtainedAt, renewAt, expiresAt, state } }: { lease: Lease }) {
  const names = [dns.length > 0 && text.servers(dns.join(', ')), domain !== null && text.domain(domain)].filter(Boolean);
  return (
    <Fact name={text.title}>
      {text.from(server)}
      <Time at={obtainedAt} />
      <span className="block text-[12px] text-ink-2">
        {state === 'renewing' ? text.renewal.renewing : text.renewal.other}
        <Time at={renewAt} />
        {text.ends}
        <Time at={expiresAt} />
      </span>
      {names.length > 0 && <span className="block text-[12px] text-ink-2">{names.join(', ')}</span>}
    </Fact>
  );
}
