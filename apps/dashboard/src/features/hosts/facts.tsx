'use client';

import { hostFacts as text } from '../../messages';
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
        <Fact name={text.sandboxes}>{row.sandboxCount}</Fact>
        {status.lastSeenAt && (
          <Fact name={text.lastHeardOf}>
            <Time at={status.lastSeenAt} />
          </Fact>
        )}
        {status.kernelRelease && <Fact name={text.kernel}>{status.kernelRelease}</Fact>}
        {status.workerVersion && <Fact name={text.worker}>{status.workerVersion}</Fact>}
        {status.features.length > 0 && <Fact name={text.canDo}>{status.features.join(', ')}</Fact>}
        {status.keys.length > 0 && (
          <Fact name={text.keys}>
            {status.keys.map((key) => (
              <EncryptionKey key={key.publicKey} value={key} />
            ))}
          </Fact>
        )}
        <NetworksHere hostName={row.name} />
        {status.uplinkMtuBytes !== null && <Fact name={text.uplinkMtu}>{text.bytes(status.uplinkMtuBytes)}</Fact>}
        {status.routes.length > 0 && <Fact name={text.routes}>{status.routes.join(', ')}</Fact>}
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
  return (
    <span className="block">
      <span className="text-ink-2">{text.families[underlay]}</span> <code className="text-[12px] break-all">{publicKey}</code>
      <span className="block text-[12px] text-ink-2">
        {text.made}
        <Time at={createdAt} />
        {rotation && text.replaced(rotation.waitingFor.join(', '))}
      </span>
    </span>
  );
}

/** Networks that are realised on the host. */
function NetworksHere({ hostName }: { hostName: string }) {
  const here = useInventory()?.networks.filter(({ hostNames }) => hostNames.includes(hostName)) ?? [];
  if (here.length === 0) return null;
  return (
    <Fact name={text.networks}>
      {here.map(({ name }) => (
        <span key={name} className="mr-2">
          <ObjectLink kind="network" name={name} />
        </span>
      ))}
    </Fact>
  );
}
