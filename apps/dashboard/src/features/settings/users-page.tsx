'use client';

import { unwrap, type User } from '@netyard/api-client';
import { Pencil, Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import { api } from '../../api/client';
import { usersKey } from '../../api/query-keys';
import { session as sessionText, settings } from '../../messages';
import { naturally } from '../../ui/data-table';
import { StatusBadge } from '../../ui/status-badge';
import { Listed, None } from '../inventory/cells';
import { usePageDialog } from '../inventory/view-state';
import { EmptyWithRequest } from '../page/empty-with-command';
import { useRefusal } from '../session/session-context';
import { DeleteUserDialog } from './delete-user-dialog';
import { listColumns, menuColumn, nameColumn, type ListColumns, useListRows } from './list-rows';
import { SettingsTable } from './settings-table';
import { UserForm } from './user-form';

const text = settings.users;
const dialogs = ['create-user', 'change-user', 'delete-user'] as const;

const column = listColumns<User>();

export function UsersPage() {
  const { dialog, on, open, close } = usePageDialog(dialogs);
  const refusal = useRefusal()({ resource: 'user', verb: 'update' });
  const { values, rows, error } = useListRows(
    usersKey,
    async () => unwrap(await api.GET('/v1/users', { params: { query: { limit: 500 } } })).items,
  );
  const columns = useMemo<ListColumns<User>>(
    () =>
      column.columns([
        nameColumn<User>(settings.columns.name, ({ metadata }) => metadata.name, { width: '22%', narrowWidth: 'auto' }),
        column.accessor(({ value: user }) => (user.spec.disabled ? text.isDisabled : text.active), {
          id: 'state',
          header: settings.columns.state,
          sortFn: naturally,
          meta: { width: '10rem', narrowWidth: '9rem' },
          cell: ({ getValue, row }) => (
            <span className="inline-flex h-6 items-center align-middle">
              <StatusBadge tone={row.original.value.spec.disabled ? 'idle' : 'ready'} label={getValue()} />
            </span>
          ),
        }),
        column.accessor(({ value: user }) => user.spec.deploymentRole ?? '', {
          id: 'role',
          header: text.role,
          sortFn: naturally,
          meta: { width: '20%', from: 'medium' },
          cell: ({ row: { original } }) =>
            original.value.spec.deploymentRole ? sessionText.roles[original.value.spec.deploymentRole] : <None />,
        }),
        column.accessor(({ value: user }) => user.status.memberships.map(({ tenant }) => tenant).join(' '), {
          id: 'memberships',
          header: settings.columns.memberships,
          sortFn: naturally,
          meta: { width: 'auto', from: 'medium' },
          cell: ({ row: { original } }) => (
            <Listed
              values={original.value.status.memberships.map(({ tenant, role }) => `${tenant} (${sessionText.roles[role].toLowerCase()})`)}
            />
          ),
        }),
        menuColumn<User>(
          'user',
          ({ metadata }) => metadata.name,
          (name) => [
            { label: text.change, icon: Pencil, run: () => open('change-user', name), disabledReason: refusal },
            { label: text.remove, icon: Trash2, danger: true, run: () => open('delete-user', name), disabledReason: refusal },
          ],
        ),
      ]),
    [open, refusal],
  );
  const user = values?.find(({ metadata }) => metadata.name === on);
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
