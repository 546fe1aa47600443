'use client';

import { Fact, Facts } from '../../ui/facts';
import { Time } from '../../ui/time';
import type { HostRow } from '../inventory/inventory';
import { ObjectFacts } from '../inventory/object-facts';

export function HostFacts({ row }: { row: HostRow }) {
  const { status } = row.object;
  return (
    <Facts>
      <Fact name="Sandboxes">{row.sandboxCount}</Fact>
      {status.lastSeenAt && (
        <Fact name="Last heard of">
          <Time at={status.lastSeenAt} />
        </Fact>
      )}
      {status.kernelRelease && <Fact name="Kernel">{status.kernelRelease}</Fact>}
      {status.workerVersion && <Fact name="Worker">{status.workerVersion}</Fact>}
      <ObjectFacts row={row} />
    </Facts>
  );
}
