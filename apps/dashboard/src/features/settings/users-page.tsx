'use client';

import { unwrap, type User } from '@netyard/api-client';
import { useQuery } from '@tanstack/react-query';
import { Pencil, Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import { api } from '../../api/client';
import { usersKey } from '../../api/query-keys';
import { session as sessionText, settings } from '../../messages';
import { columnHelper, naturally, type Columns } from '../../ui/data-table';
import { ActionMenu } from '../../ui/menu';
import { StatusBadge } from '../../ui/status-badge';
import { Listed, None } from '../inventory/cells';
import { usePageDialog } from '../inventory/view-state';
import { EmptyWithRequest } from '../page/empty-with-command';
import { useRefusal } from '../session/session-context';
import { DeleteUserDialog } from './delete-user-dialog';
import { SettingsTable } from './settings-table';
import { UserForm } from './user-form';

const text = settings.users;
const dialogs = ['create-user', 'change-user', 'delete-user'] as const;

interface UserRow {
  id: string;
  user: User;
}

const column = columnHelper<UserRow>();

export function UsersPage() {
  const { dialog, on, open, close } = usePageDialog(dialogs);
  const refusal = useRefusal()({ resource: 'user', verb: 'update' });
  const { data, error } = useQuery({
    queryKey: usersKey,
    queryFn: async () => unwrap(await api.GET('/v1/users', { params: { query: { limit: 500 } } })).items,
  });
  const rows = useMemo(() => data?.map((user) => ({ id: user.metadata.id, user })), [data]);
  const columns = useMemo<Columns<UserRow>>(
    () =>
      column.columns([
        column.accessor(({ user }) => user.metadata.name, {
          id: 'name',
          header: settings.columns.name,
          sortFn: naturally,
          meta: { width: '22%', narrowWidth: 'auto' },
          cell: ({ getValue }) => <span className="font-medium">{getValue()}</span>,
        }),
        column.accessor(({ user }) => (user.spec.disabled ? text.isDisabled : text.active), {
          id: 'state',
          header: settings.columns.state,
          sortFn: naturally,
          meta: { width: '10rem', narrowWidth: '9rem' },
          cell: ({ getValue, row }) => <StatusBadge tone={row.original.user.spec.disabled ? 'idle' : 'ready'} label={getValue()} />,
        }),
        column.accessor(({ user }) => user.spec.deploymentRole ?? '', {
          id: 'role',
          header: text.role,
          sortFn: naturally,
          meta: { width: '20%', from: 'medium' },
          cell: ({ row: { original } }) =>
            original.user.spec.deploymentRole ? sessionText.roles[original.user.spec.deploymentRole] : <None />,
        }),
        column.accessor(({ user }) => user.status.memberships.map(({ tenant }) => tenant).join(' '), {
          id: 'memberships',
          header: settings.columns.memberships,
          sortFn: naturally,
          meta: { width: 'auto', from: 'medium' },
          cell: ({ row: { original } }) => (
            <Listed
              values={original.user.status.memberships.map(({ tenant, role }) => `${tenant} (${sessionText.roles[role].toLowerCase()})`)}
            />
          ),
        }),
        column.display({
          id: 'actions',
          header: () => <span className="sr-only">{settings.columns.actions}</span>,
          meta: { width: '3.25rem', align: 'end', isActions: true },
          cell: ({ row: { original } }) => {
            const { name } = original.user.metadata;
            return (
              <ActionMenu
                label={settings.menu('user', name)}
                actions={[
                  { label: text.change, icon: Pencil, run: () => open('change-user', name), disabledReason: refusal },
                  { label: text.remove, icon: Trash2, danger: true, run: () => open('delete-user', name), disabledReason: refusal },
                ]}
              />
            );
          },
        }),
      ]),
    [open, refusal],
  );
  const user = data?.find(({ metadata }) => metadata.name === on);
  return (
    <>
      <SettingsTable
        kind="users"
        title={settings.pages.users}
        say={text.say}
        rows={rows}
        error={error}
        columns={columns}
        create={{ label: text.create, run: () => open('create-user'), disabledReason: refusal }}
        empty={
          <EmptyWithRequest
            title={text.empty}
            say={text.emptyHow}
            request={{
              method: 'POST',
              path: '/v1/users',
              body: { metadata: { name: 'ada' }, spec: { password: 'correct horse battery staple' } },
            }}
          />
        }
      />
      {dialog === 'create-user' && <UserForm onClose={close} />}
      {dialog === 'change-user' && user && <UserForm user={user} onClose={close} />}
      {dialog === 'delete-user' && user && <DeleteUserDialog user={user} onClose={close} />}
    </>
  );
}
