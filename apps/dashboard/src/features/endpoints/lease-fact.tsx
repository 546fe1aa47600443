import type { Lease } from '@netyard/api-client';
import { Fact } from '../../ui/facts';
import { Time } from '../../ui/time';

/** What a DHCP server has given, and until when. */
export function LeaseFact({ lease: { server, dns, domain, obtainedAt, renewAt, expiresAt, state } }: { lease: Lease }) {
  const names = [dns.length > 0 && `name servers ${dns.join(', ')}`, domain !== null && `domain ${domain}`].filter(Boolean);
  return (
    <Fact name="Lease">
      from {server}, <Time at={obtainedAt} />
      <span className="block text-[12px] text-ink-2">
        {state === 'renewing' ? 'was to be renewed ' : 'to be renewed '}
        <Time at={renewAt} />, ends <Time at={expiresAt} />
      </span>
      {names.length > 0 && <span className="block text-[12px] text-ink-2">{names.join(', ')}</span>}
    </Fact>
  );
}
