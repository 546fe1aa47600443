'use client';

import { unwrap, type Share } from '@netyard/api-client';
import { Unlink } from 'lucide-react';
import { parseAsString, useQueryState } from 'nuqs';
import { useMemo, type ReactNode } from 'react';
import { api } from '../../api/client';
import { sharesKey } from '../../api/query-keys';
import { settings } from '../../messages';
import { EmptyState } from '../../ui/empty-state';
import { Field, Select } from '../../ui/field';
import { ObjectLink } from '../inventory/cells';
import { useInventory } from '../inventory/use-inventory';
import { usePageDialog } from '../inventory/view-state';
import { useRefusal, useSession } from '../session/session-context';
import { EndShareDialog } from './end-share-dialog';
import { listColumns, menuColumn, nameColumn, timeColumn, type ListColumns, useListRows } from './list-rows';
import { SettingsTable } from './settings-table';
import { ShareForm } from './share-form';

const text = settings.shares;
const dialogs = ['share', 'end-share'] as const;

const column = listColumns<Share>();

const collator = new Intl.Collator('en', { numeric: true });
const byName = (a: { name: string }, b: { name: string }): number => collator.compare(a.name, b.name);

/** With whom networks of this tenant are shared, one network at a time, and which networks of others are shared with it. */
export function SharesPage() {
  const tenant = useSession()?.tenant;
  const inventory = useInventory();
  const own = (inventory?.networks ?? []).filter(({ object }) => object.status.owner === tenant).sort(byName);
  const foreign = (inventory?.networks ?? []).filter(({ object }) => object.status.owner !== tenant);
  const [chosen, setChosen] = useQueryState('network', parseAsString);
  const network = chosen ?? own[0]?.name ?? null;
  return (
    <>
      {network === null ? (
        <EmptyState title={text.noNetworks}>{null}</EmptyState>
      ) : (
        <NetworkShares key={network} network={network}>
          <div className="max-w-80">
            <Field label={text.network}>
              {(described) => (
                <Select {...described} value={network} onChange={(event) => void setChosen(event.target.value)}>
                  {own.map(({ id, name }) => (
                    <option key={id}>{name}</option>
                  ))}
                </Select>
              )}
            </Field>
          </div>
        </NetworkShares>
      )}
      {foreign.length > 0 && (
        <section aria-labelledby="foreign-title">
          <h2 id="foreign-title" className="pb-2 text-[14px] font-semibold">
            {text.withUs}
          </h2>
          <ul className="rounded-lg border border-line bg-surface shadow-card">
            {foreign.map(({ id, name, object }) => (
              <li key={id} className="flex items-center gap-2 border-b border-line px-4 py-1.5 last:border-b-0">
                <ObjectLink kind="network" name={name} strong />
                <span className="text-ink-3">{text.foreign(object.status.owner)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function NetworkShares({ network, children }: { network: string; children: ReactNode }) {
  const { dialog, on, open, close } = usePageDialog(dialogs);
  const refusal = useRefusal()({ resource: 'share', verb: 'update' });
  const { rows, error } = useListRows(
    sharesKey(network),
    async () => unwrap(await api.GET('/v1/networks/{ref}/shares', { params: { path: { ref: network } } })).items,
  );
  const columns = useMemo<ListColumns<Share>>(
    () =>
      column.columns([
        nameColumn<Share>(settings.columns.tenant, ({ metadata }) => metadata.name, { width: 'auto' }),
        timeColumn<Share>('since', settings.columns.since, (share) => share.metadata.createdAt, { width: '30%', narrowWidth: '8rem' }),
        menuColumn<Share>(
          'share',
          ({ metadata }) => metadata.name,
          (name) => [{ label: text.end, icon: Unlink, danger: true, run: () => open('end-share', name), disabledReason: refusal }],
        ),
      ]),
    [open, refusal],
  );
  return (
    <>
      <SettingsTable
        kind="shares"
        title={settings.pages.shares}
        say={text.say}
        rows={rows}
        error={error}
        columns={columns}
        create={{ label: text.share, run: () => open('share'), disabledReason: refusal }}
        empty={<EmptyState title={text.empty(network)}>{null}</EmptyState>}
      >
        {children}
      </SettingsTable>
      {dialog === 'share' && <ShareForm network={network} onClose={close} />}
      {dialog === 'end-share' && on && <EndShareDialog network={network} tenant={on} onClose={close} />}
    </>
  );
}
