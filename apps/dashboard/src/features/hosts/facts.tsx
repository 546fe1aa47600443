'use client';

import { Fact, Facts } from '../../ui/facts';
import { Time } from '../../ui/time';
import { ObjectLink } from '../inventory/cells';
import type { HostRow } from '../inventory/inventory';
import { ObjectFacts } from '../inventory/object-facts';
import { useInventory } from '../inventory/use-inventory';
import { Links } from './links';
import { Tunnels } from './tunnels';
import { Underlay } from './underlay';

export function HostFacts({ row }: { row: HostRow }) {
  const { status } = row.object;
  return (
    <>
      <Facts>
        <Fact name="Sandboxes">{row.sandboxCount}</Fact>
        {status.lastSeenAt && (
          <Fact name="Last heard of">
            <Time at={status.lastSeenAt} />
          </Fact>
        )}
        {status.kernelRelease && <Fact name="Kernel">{status.kernelRelease}</Fact>}
        {status.workerVersion && <Fact name="Worker">{status.workerVersion}</Fact>}
        {status.features.length > 0 && <Fact name="Can do">{status.features.join(', ')}</Fact>}
        {status.keys.length > 0 && (
          <Fact name="Keys">
            {status.keys.map((key) => (
              <EncryptionKey key={key.publicKey} value={key} />
            ))}
          </Fact>
        )}
        <NetworksHere hostName={row.name} />
        {status.uplinkMtuBytes !== null && <Fact name="Uplink MTU">{status.uplinkMtuBytes} bytes</Fact>}
        {status.routes.length > 0 && <Fact name="Routes">{status.routes.join(', ')}</Fact>}
        <ObjectFacts row={row} />
      </Facts>
      <Underlay underlay={status.underlay} paths={status.paths} />
      <Tunnels row={row} />
      <Links links={status.links} />
    </>
  );
}

/** The public key of encrypted tunnels over one version of IP, and how far it is with its successor. */
function EncryptionKey({ value: { underlay, publicKey, createdAt, rotation } }: { value: HostRow['object']['status']['keys'][number] }) {
  const waitingFor = rotation?.waitingFor.join(', ');
  return (
    <span className="block">
      <span className="text-ink-2">{underlay === 'ipv6' ? 'IPv6' : 'IPv4'}</span> <code className="text-[12px] break-all">{publicKey}</code>
      <span className="block text-[12px] text-ink-2">
        made <Time at={createdAt} />
        {rotation && `, being replaced${waitingFor ? `: waiting for ${waitingFor}` : ''}`}
      </span>
    </span>
  );
}

/** Networks that are realised on the host. */
function NetworksHere({ hostName }: { hostName: string }) {
  const here = useInventory()?.networks.filter(({ hostNames }) => hostNames.includes(hostName)) ?? [];
  if (here.length === 0) return null;
  return (
    <Fact name="Networks">
      {here.map(({ name }) => (
        <span key={name} className="mr-2">
          <ObjectLink kind="network" name={name} />
        </span>
      ))}
    </Fact>
  );
}
