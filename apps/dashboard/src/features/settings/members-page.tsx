'use client';

import { unwrap, type Member } from '@netyard/api-client';
import { Pencil, UserMinus } from 'lucide-react';
import { useMemo } from 'react';
import { api } from '../../api/client';
import { membersKey } from '../../api/query-keys';
import { session as sessionText, settings } from '../../messages';
import { naturally } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { usePageDialog } from '../inventory/view-state';
import { useRefusal, useSession } from '../session/session-context';
import { MemberForm } from './member-form';
import { RemoveMemberDialog } from './remove-member-dialog';
import { listColumns, menuColumn, nameColumn, timeColumn, type ListColumns, useListRows } from './list-rows';
import { SettingsTable } from './settings-table';

const text = settings.members;
const dialogs = ['add-member', 'change-member', 'remove-member'] as const;

const column = listColumns<Member>();

export function MembersPage() {
  const tenant = useSession()?.tenant ?? '';
  const { dialog, on, open, close } = usePageDialog(dialogs);
  const refusal = useRefusal()({ resource: 'member', verb: 'update' });
  const { values, rows, error } = useListRows(
    membersKey(tenant),
    async () => unwrap(await api.GET('/v1/tenants/{tenant}/members', { params: { path: { tenant } } })).items,
    tenant !== '',
  );
  const columns = useMemo<ListColumns<Member>>(
    () =>
      column.columns([
        nameColumn<Member>(settings.columns.name, ({ metadata }) => metadata.name, { width: 'auto' }),
        column.accessor(({ value: member }) => sessionText.roles[member.spec.role], {
          id: 'role',
          header: settings.columns.role,
          sortFn: naturally,
          meta: { width: '20%', narrowWidth: '6rem' },
        }),
        timeColumn<Member>('since', settings.columns.since, (member) => member.metadata.createdAt, { width: '20%', from: 'medium' }),
        menuColumn<Member>(
          'member',
          ({ metadata }) => metadata.name,
          (name) => [
            { label: text.change, icon: Pencil, run: () => open('change-member', name), disabledReason: refusal },
            { label: text.remove, icon: UserMinus, danger: true, run: () => open('remove-member', name), disabledReason: refusal },
          ],
        ),
      ]),
    [open, refusal],
  );
  const member = values?.find(({ metadata }) => metadata.name === on);
  return (
    <>
      <SettingsTable
        kind="members"
        title={settings.pages.members}
        say={text.say}
        rows={rows}
        error={error}
        columns={columns}
        create={{ label: text.add, run: () => open('add-member'), disabledReason: refusal }}
        empty={<EmptyState title={text.empty}>{null}</EmptyState>}
      />
      {dialog === 'add-member' && <MemberForm tenant={tenant} onClose={close} />}
      {dialog === 'change-member' && member && <MemberForm tenant={tenant} member={member} onClose={close} />}
      {dialog === 'remove-member' && member && <RemoveMemberDialog tenant={tenant} name={member.metadata.name} onClose={close} />}
    </>
  );
}
