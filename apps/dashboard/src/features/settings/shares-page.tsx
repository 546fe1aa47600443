'use client';

import { unwrap, type NetworkShare } from '@netyard/api-client';
import { Unlink } from 'lucide-react';
import { useMemo } from 'react';
import { api } from '../../api/client';
import { sharesKey } from '../../api/query-keys';
import { settings } from '../../messages';
import { naturally } from '../../ui/data-table';
import { ObjectLink } from '../inventory/cells';
import { useInventory } from '../inventory/use-inventory';
import { usePageDialog } from '../inventory/view-state';
import { EmptyWithRequest } from '../page/empty-with-command';
import { useRefusal, useSession } from '../session/session-context';
import { EndShareDialog } from './end-share-dialog';
import { listColumns, menuColumn, timeColumn, type ListColumns, useListRows } from './list-rows';
import { SettingsTable } from './settings-table';
import { ShareForm } from './share-form';

const text = settings.shares;
const dialogs = ['share', 'end-share'] as const;

const column = listColumns<NetworkShare>();
const idOf = ({ metadata, network }: NetworkShare): string => `${network.id}/${metadata.id}`;
const nameOf = ({ metadata, network }: NetworkShare): string => text.named(network.name, metadata.name);

/** All networks that the tenant shares, with whom, and all that are shared with it. */
export function SharesPage() {
  const tenant = useSession()?.tenant;
  const inventory = useInventory();
  const own = useMemo(() => (inventory?.networks ?? []).filter(({ object }) => object.status.owner === tenant), [inventory, tenant]);
  const { dialog, on, open, close } = usePageDialog(dialogs);
  const refusal = useRefusal()({ resource: 'share', verb: 'update' });
  const { values, rows, error } = useListRows(sharesKey, async () => unwrap(await api.GET('/v1/shares')).items, true, idOf);
  const columns = useMemo<ListColumns<NetworkShare>>(
    () =>
      column.columns([
        column.accessor(({ value }) => value.network.name, {
          id: 'name',
          header: text.network,
          sortFn: naturally,
          meta: { width: '28%', narrowWidth: 'auto' },
          cell: ({ getValue }) => <ObjectLink kind="network" name={getValue()} strong />,
        }),
        column.accessor(({ value }) => value.network.owner, {
          id: 'owner',
          header: text.owner,
          sortFn: naturally,
          meta: { width: '20%', narrowWidth: '6rem' },
        }),
        column.accessor(({ value }) => value.metadata.name, { id: 'with', header: text.with, sortFn: naturally, meta: { width: 'auto' } }),
        timeColumn<NetworkShare>('since', settings.columns.since, ({ metadata }) => metadata.createdAt, { width: '20%', from: 'medium' }),
        menuColumn<NetworkShare>('share', nameOf, (_, share) => [
          {
            label: text.end,
            icon: Unlink,
            danger: true,
            run: () => open('end-share', idOf(share)),
            disabledReason: refusal ?? (share.network.owner === tenant ? undefined : text.theirs(share.network.owner)),
          },
        ]),
      ]),
    [open, refusal, tenant],
  );
  const share = values?.find((value) => idOf(value) === on);
  return (
    <>
      <SettingsTable
        kind="shares"
        title={settings.pages.shares}
        say={text.say}
        rows={rows}
        error={error}
        columns={columns}
        create={{
          label: text.share,
          run: () => open('share'),
          disabledReason: refusal ?? (own.length === 0 ? text.noNetworks : undefined),
        }}
        empty={
          <EmptyWithRequest
            title={text.empty}
            say={text.emptyHow}
            request={{ method: 'PUT', path: `/v1/networks/${own[0]?.name ?? 'web'}/shares/class-b` }}
          />
        }
      />
      {dialog === 'share' && <ShareForm networks={own} onClose={close} />}
      {dialog === 'end-share' && share && <EndShareDialog network={share.network.name} tenant={share.metadata.name} onClose={close} />}
    </>
  );
}
