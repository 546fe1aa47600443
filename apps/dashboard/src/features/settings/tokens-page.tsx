'use client';

import { unwrap, type Token } from '@netyard/api-client';
import { useQuery } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import { api } from '../../api/client';
import { tokensKey } from '../../api/query-keys';
import { session as sessionText, settings } from '../../messages';
import { columnHelper, naturally, type Columns } from '../../ui/data-table';
import { ActionMenu } from '../../ui/menu';
import { Time } from '../../ui/time';
import { usePageDialog } from '../inventory/view-state';
import { EmptyWithRequest } from '../page/empty-with-command';
import { useRefusal, useSession } from '../session/session-context';
import { RevokeTokenDialog } from './revoke-token-dialog';
import { SettingsTable } from './settings-table';
import { TokenForm } from './token-form';
import { scopeText } from './token-request';

const text = settings.tokens;
const dialogs = ['create-token', 'revoke-token'] as const;

interface TokenRow {
  id: string;
  token: Token;
}

const column = columnHelper<TokenRow>();

export function TokensPage() {
  const tenant = useSession()?.tenant ?? '';
  const { dialog, on, open, close } = usePageDialog(dialogs);
  const refusal = useRefusal()({ resource: 'token', verb: 'create' });
  const { data, error } = useQuery({
    queryKey: tokensKey(tenant),
    queryFn: async () =>
      unwrap(await api.GET('/v1/tenants/{tenant}/tokens', { params: { path: { tenant }, query: { limit: 500 } } })).items,
    enabled: tenant !== '',
  });
  const rows = useMemo(() => data?.map((token) => ({ id: token.metadata.id, token })), [data]);
  const columns = useMemo<Columns<TokenRow>>(
    () =>
      column.columns([
        column.accessor(({ token }) => token.metadata.name, {
          id: 'name',
          header: settings.columns.name,
          sortFn: naturally,
          meta: { width: 'auto' },
          cell: ({ getValue }) => <span className="font-medium">{getValue()}</span>,
        }),
        column.accessor(({ token }) => sessionText.roles[token.spec.role], {
          id: 'role',
          header: settings.columns.role,
          sortFn: naturally,
          meta: { width: '8rem', narrowWidth: '6rem' },
          cell: ({ getValue, row }) => (
            <>
              {getValue()}
              {row.original.token.spec.readOnly && <span className="text-ink-3"> · {settings.readOnly}</span>}
            </>
          ),
        }),
        column.accessor(({ token }) => scopeText(token.spec.scopes), {
          id: 'scopes',
          header: settings.columns.scopes,
          sortFn: naturally,
          meta: { width: '22%', from: 'medium' },
          cell: ({ getValue }) => <span title={getValue()}>{getValue()}</span>,
        }),
        column.accessor(({ token }) => token.spec.allowedSources.join(', ') || settings.anywhere, {
          id: 'sources',
          header: settings.columns.sources,
          sortFn: naturally,
          meta: { width: '13%', from: 'wide' },
        }),
        column.accessor(({ token }) => token.spec.expiresAt ?? '9999', {
          id: 'expires',
          header: settings.columns.expires,
          meta: { width: '7rem', from: 'medium' },
          cell: ({ row }) => <MaybeTime at={row.original.token.spec.expiresAt} />,
        }),
        column.accessor(({ token }) => token.status.lastUsedAt ?? '', {
          id: 'last-used',
          header: settings.columns.lastUsed,
          meta: { width: '13%', from: 'medium' },
          cell: ({ row }) => (
            <span title={row.original.token.status.lastUsedFrom ?? undefined}>
              <MaybeTime at={row.original.token.status.lastUsedAt} />
            </span>
          ),
        }),
        column.display({
          id: 'actions',
          header: () => <span className="sr-only">{settings.columns.actions}</span>,
          meta: { width: '3.25rem', align: 'end', isActions: true },
          cell: ({ row: { original } }) => {
            const { name } = original.token.metadata;
            return (
              <ActionMenu
                label={settings.menu('token', name)}
                actions={[
                  { label: text.revoke, icon: Trash2, danger: true, run: () => open('revoke-token', name), disabledReason: refusal },
                ]}
              />
            );
          },
        }),
      ]),
    [open, refusal],
  );
  const token = data?.find(({ metadata }) => metadata.name === on);
  return (
    <>
      <SettingsTable
        kind="tokens"
        title={settings.pages.tokens}
        say={text.say}
        rows={rows}
        error={error}
        columns={columns}
        create={{ label: text.create, run: () => open('create-token'), disabledReason: refusal }}
        empty={
          <EmptyWithRequest
            title={text.empty}
            say={text.emptyHow}
            request={{
              method: 'POST',
              path: `/v1/tenants/${tenant}/tokens`,
              body: { metadata: { name: 'ci' }, spec: { role: 'editor' } },
            }}
          />
        }
      />
      {dialog === 'create-token' && <TokenForm tenant={tenant} onClose={close} />}
      {dialog === 'revoke-token' && token && <RevokeTokenDialog tenant={tenant} token={token} onClose={close} />}
    </>
  );
}

const MaybeTime = ({ at }: { at: string | null }) =>
  at === null ? <span className="text-ink-3">{settings.never}</span> : <Time at={at} />;
