'use client';

import { unwrap, type Enrolment } from '@netyard/api-client';
import { X } from 'lucide-react';
import { useMemo } from 'react';
import { api } from '../../api/client';
import { enrolmentsKey } from '../../api/query-keys';
import { settings } from '../../messages';
import { EmptyState } from '../../ui/empty-state';
import { usePageDialog } from '../inventory/view-state';
import { useRefusal } from '../session/session-context';
import { CancelEnrolmentDialog } from './cancel-enrolment-dialog';
import { EnrolmentForm } from './enrolment-form';
import { listColumns, menuColumn, nameColumn, timeColumn, type ListColumns, useListRows } from './list-rows';
import { SettingsTable } from './settings-table';

const text = settings.enrolment;
const dialogs = ['enrol', 'cancel-enrolment'] as const;

const column = listColumns<Enrolment>();

export function EnrolmentPage() {
  const { dialog, on, open, close } = usePageDialog(dialogs);
  const refusal = useRefusal()({ resource: 'enrolment', verb: 'create' });
  const { values, rows, error } = useListRows(
    enrolmentsKey,
    async () => unwrap(await api.GET('/v1/hosts/enrolments', { params: { query: { limit: 500 } } })).items,
  );
  const columns = useMemo<ListColumns<Enrolment>>(
    () =>
      column.columns([
        nameColumn<Enrolment>(settings.columns.host, ({ spec }) => spec.host, { width: 'auto' }),
        timeColumn<Enrolment>('expires', settings.columns.expires, (enrolment) => enrolment.status.expiresAt, {
          width: '30%',
          narrowWidth: '8rem',
        }),
        timeColumn<Enrolment>('created', settings.columns.created, (enrolment) => enrolment.metadata.createdAt, {
          width: '30%',
          from: 'medium',
        }),
        menuColumn<Enrolment>(
          'enrolment',
          ({ spec }) => spec.host,
          (name) => [{ label: text.cancel, icon: X, danger: true, run: () => open('cancel-enrolment', name), disabledReason: refusal }],
        ),
      ]),
    [open, refusal],
  );
  const enrolment = values?.find(({ spec }) => spec.host === on);
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
