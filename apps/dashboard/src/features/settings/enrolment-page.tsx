'use client';

import { unwrap, type Enrolment } from '@netyard/api-client';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useMemo } from 'react';
import { api } from '../../api/client';
import { enrolmentsKey } from '../../api/query-keys';
import { settings } from '../../messages';
import { columnHelper, naturally, type Columns } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { ActionMenu } from '../../ui/menu';
import { Time } from '../../ui/time';
import { usePageDialog } from '../inventory/view-state';
import { useRefusal } from '../session/session-context';
import { CancelEnrolmentDialog } from './cancel-enrolment-dialog';
import { EnrolmentForm } from './enrolment-form';
import { SettingsTable } from './settings-table';

const text = settings.enrolment;
const dialogs = ['enrol', 'cancel-enrolment'] as const;

interface EnrolmentRow {
  id: string;
  enrolment: Enrolment;
}

const column = columnHelper<EnrolmentRow>();

export function EnrolmentPage() {
  const { dialog, on, open, close } = usePageDialog(dialogs);
  const refusal = useRefusal()({ resource: 'enrolment', verb: 'create' });
  const { data, error } = useQuery({
    queryKey: enrolmentsKey,
    queryFn: async () => unwrap(await api.GET('/v1/hosts/enrolments', { params: { query: { limit: 500 } } })).items,
  });
  const rows = useMemo(() => data?.map((enrolment) => ({ id: enrolment.metadata.id, enrolment })), [data]);
  const columns = useMemo<Columns<EnrolmentRow>>(
    () =>
      column.columns([
        column.accessor(({ enrolment }) => enrolment.spec.host, {
          id: 'name',
          header: settings.columns.host,
          sortFn: naturally,
          meta: { width: 'auto' },
          cell: ({ getValue }) => <span className="font-medium">{getValue()}</span>,
        }),
        column.accessor(({ enrolment }) => enrolment.status.expiresAt, {
          id: 'expires',
          header: settings.columns.expires,
          meta: { width: '30%', narrowWidth: '8rem' },
          cell: ({ getValue }) => <Time at={getValue()} />,
        }),
        column.accessor(({ enrolment }) => enrolment.metadata.createdAt, {
          id: 'created',
          header: settings.columns.created,
          meta: { width: '30%', from: 'medium' },
          cell: ({ getValue }) => <Time at={getValue()} />,
        }),
        column.display({
          id: 'actions',
          header: () => <span className="sr-only">{settings.columns.actions}</span>,
          meta: { width: '3.25rem', align: 'end', isActions: true },
          cell: ({ row: { original } }) => {
            const { host } = original.enrolment.spec;
            return (
              <ActionMenu
                label={settings.menu('enrolment', host)}
                actions={[
                  { label: text.cancel, icon: X, danger: true, run: () => open('cancel-enrolment', host), disabledReason: refusal },
                ]}
              />
            );
          },
        }),
      ]),
    [open, refusal],
  );
  const enrolment = data?.find(({ spec }) => spec.host === on);
  return (
    <>
      <SettingsTable
        kind="enrolments"
        title={settings.pages.enrolment}
        say={text.say}
        rows={rows}
        error={error}
        columns={columns}
        create={{ label: text.create, run: () => open('enrol'), disabledReason: refusal }}
        empty={<EmptyState title={text.empty}>{null}</EmptyState>}
      />
      {dialog === 'enrol' && <EnrolmentForm onClose={close} />}
      {dialog === 'cancel-enrolment' && enrolment && <CancelEnrolmentDialog enrolment={enrolment} onClose={close} />}
    </>
  );
}
