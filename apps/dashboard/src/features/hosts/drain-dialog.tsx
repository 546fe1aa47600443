'use client';

import { unwrap } from '@netyard/api-client';
import { useQuery } from '@tanstack/react-query';
import { toast } from 'sonner';
import { api } from '../../api/client';
import { placedKey } from '../../api/query-keys';
import { hosts as text } from '../../messages';
import type { HostRow } from '../inventory/inventory';
import { ConfirmDialog } from '../removal/confirm-dialog';

/** So many are named; who drains a host that has more knows that it is many. */
const shownObjects = 100;

/** Keeps new things off a host, or lets them come again; says before what is there, of all tenants. */
export function DrainDialog({ row, onClose }: { row: HostRow; onClose: () => void }) {
  const { name, object } = row;
  const drained = !object.spec.drained;
  return (
    <ConfirmDialog
      title={drained ? text.drainTitle(name) : text.undrainTitle(name)}
      description={drained ? text.drainDescription : text.undrainDescription}
      confirmLabel={drained ? text.drainConfirm : text.undrainConfirm}
      request={{ method: 'PATCH', path: `/v1/hosts/${name}`, body: { spec: { drained } } }}
      run={async () => {
        unwrap(await api.PATCH('/v1/hosts/{ref}', { params: { path: { ref: name } }, body: { spec: { drained } } }));
        toast.success(drained ? text.drainedToast(name) : text.undrainedToast(name));
      }}
      onClose={onClose}
    >
      {drained && <Placed host={name} />}
    </ConfirmDialog>
  );
}

function Placed({ host }: { host: string }) {
  const { data } = useQuery({
    queryKey: placedKey(host),
    queryFn: async () =>
      unwrap(await api.GET('/v1/hosts/{ref}/placed', { params: { path: { ref: host }, query: { limit: shownObjects } } })),
  });
  if (!data) return null;
  if (data.items.length === 0) return <p className="text-ink-2">{text.placedNone}</p>;
  return (
    <div>
      <p className="pb-1 text-ink-2">{data.nextCursor === null ? text.placed(data.items.length) : text.placedMore(shownObjects)}</p>
      <ul className="max-h-60 overflow-y-auto rounded-md border border-line" tabIndex={0} aria-label={text.placed(data.items.length)}>
        {data.items.map(({ id, kind, name, tenant }) => (
          <li key={id} className="flex gap-2 border-b border-line px-3 py-1 last:border-b-0">
            <span className="text-ink-3">{kind}</span> <span className="font-medium">{name}</span>
            <span className="flex-1" />
            <span className="text-ink-2">{text.of(tenant)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
