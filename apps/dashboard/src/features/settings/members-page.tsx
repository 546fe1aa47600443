'use client';

import { unwrap, type Member } from '@netyard/api-client';
import { useQuery } from '@tanstack/react-query';
import { Pencil, UserMinus } from 'lucide-react';
import { useMemo } from 'react';
import { api } from '../../api/client';
import { membersKey } from '../../api/query-keys';
import { session as sessionText, settings } from '../../messages';
import { columnHelper, naturally, type Columns } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { ActionMenu } from '../../ui/menu';
import { Time } from '../../ui/time';
import { usePageDialog } from '../inventory/view-state';
import { useRefusal, useSession } from '../session/session-context';
import { MemberForm } from './member-form';
import { RemoveMemberDialog } from './remove-member-dialog';
import { SettingsTable } from './settings-table';

const text = settings.members;
const dialogs = ['add-member', 'change-member', 'remove-member'] as const;

interface MemberRow {
  id: string;
  member: Member;
}

const column = columnHelper<MemberRow>();

export function MembersPage() {
  const tenant = useSession()?.tenant ?? '';
  const { dialog, on, open, close } = usePageDialog(dialogs);
  const refusal = useRefusal()({ resource: 'member', verb: 'update' });
  const { data, error } = useQuery({
    queryKey: membersKey(tenant),
    queryFn: async () => unwrap(await api.GET('/v1/tenants/{tenant}/members', { params: { path: { tenant } } })).items,
    enabled: tenant !== '',
  });
  const rows = useMemo(() => data?.map((member) => ({ id: member.metadata.id, member })), [data]);
  const columns = useMemo<Columns<MemberRow>>(
    () =>
      column.columns([
        column.accessor(({ member }) => member.metadata.name, {
          id: 'name',
          header: settings.columns.name,
          sortFn: naturally,
          meta: { width: 'auto' },
          cell: ({ getValue }) => <span className="font-medium">{getValue()}</span>,
        }),
        column.accessor(({ member }) => sessionText.roles[member.spec.role], {
          id: 'role',
          header: settings.columns.role,
          sortFn: naturally,
          meta: { width: '20%', narrowWidth: '6rem' },
        }),
        column.accessor(({ member }) => member.metadata.createdAt, {
          id: 'since',
          header: settings.columns.since,
          meta: { width: '20%', from: 'medium' },
          cell: ({ getValue }) => <Time at={getValue()} />,
        }),
        column.display({
          id: 'actions',
          header: () => <span className="sr-only">{settings.columns.actions}</span>,
          meta: { width: '3.25rem', align: 'end', isActions: true },
          cell: ({ row: { original } }) => {
            const { name } = original.member.metadata;
            return (
              <ActionMenu
                label={settings.menu('member', name)}
                actions={[
                  { label: text.change, icon: Pencil, run: () => open('change-member', name), disabledReason: refusal },
                  { label: text.remove, icon: UserMinus, danger: true, run: () => open('remove-member', name), disabledReason: refusal },
                ]}
              />
            );
          },
        }),
      ]),
    [open, refusal],
  );
  const member = data?.find(({ metadata }) => metadata.name === on);
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
