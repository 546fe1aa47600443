'use client';

import type { Token } from '@netyard/api-client';
import { Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import { tokensKey } from '../../api/query-keys';
import { session as sessionText, settings } from '../../messages';
import { naturally } from '../../ui/data-table';
import { usePageDialog } from '../inventory/view-state';
import { EmptyWithRequest } from '../page/empty-with-command';
import { useRefusal } from '../session/session-context';
import { RevokeTokenDialog } from './revoke-token-dialog';
import { listColumns, menuColumn, nameColumn, timeColumn, type ListColumns, useListRows } from './list-rows';
import { SettingsTable } from './settings-table';
import { listTokens, tokensPath, type TokenTenant } from './token-door';
import { TokenForm } from './token-form';
import { scopeText } from './token-request';

const text = settings.tokens;
const dialogs = ['create-token', 'revoke-token'] as const;

const column = listColumns<Token>();

/** Tokens of a tenant, or with null those of the whole deployment. */
export function TokenList({ tenant }: { tenant: TokenTenant }) {
  const own = tenant === null ? text.ofDeployment : text.ofTenant;
  const { dialog, on, open, close } = usePageDialog(dialogs);
  const refusal = useRefusal()({ resource: tenant === null ? 'deployment-token' : 'token', verb: 'create' });
  const { values, rows, error } = useListRows(tokensKey(tenant), () => listTokens(tenant), tenant !== '');
  const columns = useMemo<ListColumns<Token>>(
    () =>
      column.columns([
        nameColumn<Token>(settings.columns.name, ({ metadata }) => metadata.name, { width: 'auto' }),
        column.accessor(({ value: token }) => sessionText.roles[token.spec.role], {
          id: 'role',
          header: settings.columns.role,
          sortFn: naturally,
          meta: { width: '11rem', narrowWidth: '6rem' },
          cell: ({ getValue, row }) => (
            <>
              {getValue()}
              {row.original.value.spec.readOnly && <span className="text-ink-3"> · {settings.readOnly}</span>}
            </>
          ),
        }),
        column.accessor(({ value: token }) => scopeText(token.spec.scopes), {
          id: 'scopes',
          header: settings.columns.scopes,
          sortFn: naturally,
          meta: { width: '22%', from: 'medium' },
          cell: ({ getValue }) => <span title={getValue()}>{getValue()}</span>,
        }),
        column.accessor(({ value: token }) => token.spec.allowedSources.join(', ') || settings.anywhere, {
          id: 'sources',
          header: settings.columns.sources,
          sortFn: naturally,
          meta: { width: '13%', from: 'wide' },
        }),
        timeColumn<Token>('expires', settings.columns.expires, ({ spec }) => spec.expiresAt, { width: '7rem', from: 'medium' }),
        timeColumn<Token>('last-used', settings.columns.lastUsed, ({ status }) => status.lastUsedAt, { width: '13%', from: 'medium' }),
        menuColumn<Token>(
          'token',
          ({ metadata }) => metadata.name,
          (name) => [{ label: text.revoke, icon: Trash2, danger: true, run: () => open('revoke-token', name), disabledReason: refusal }],
        ),
      ]),
    [open, refusal],
  );
  const token = values?.find(({ metadata }) => metadata.name === on);
  return (
    <>
      <SettingsTable
        kind="tokens"
        title={tenant === null ? settings.pages.deploymentTokens : settings.pages.tokens}
        say={own.say}
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
              path: tokensPath(tenant),
              body: { metadata: { name: 'ci' }, spec: { role: tenant === null ? 'auditor' : 'editor' } },
            }}
          />
        }
      />
      {dialog === 'create-token' && <TokenForm tenant={tenant} onClose={close} />}
      {dialog === 'revoke-token' && token && <RevokeTokenDialog tenant={tenant} token={token} onClose={close} />}
    </>
  );
}
