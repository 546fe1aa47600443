'use client';

import { Pencil, Plus, Trash2 } from 'lucide-react';
import { Button } from '../../ui/button';
import { ActionMenu, type MenuAction } from '../../ui/menu';
import { StatusIcon } from '../../ui/status-badge';
import type { EndpointRow, PortRow } from '../inventory/inventory';
import { useViewActions } from '../inventory/view-state';
import { useDialogRefusal } from '../session/session-context';

/** The ports of an endpoint that are published on its host, or on every one, and what can be done to them. */
export function PortList({ row }: { row: EndpointRow }) {
  const { open } = useViewActions();
  const refusal = useDialogRefusal();
  const leaving = row.object.metadata.deletionRequestedAt ? 'It is being deleted.' : undefined;
  return (
    <section aria-label="Published ports">
      <div className="mb-1 flex items-center justify-between gap-2">
        <h3 className="text-[12px] font-medium text-ink-3">Published ports{row.ports.length > 0 && ` (${row.ports.length})`}</h3>
        <Button
          size="small"
          variant="quiet"
          disabledReason={refusal('publish') ?? leaving}
          onClick={() => open('publish', { kind: 'endpoint', name: row.name })}
        >
          <Plus className="size-3.5" aria-hidden="true" />
          Publish a port
        </Button>
      </div>
      {row.ports.length === 0 ? (
        <p className="text-[12px] leading-[18px] text-ink-3">Nothing of it is reached from outside its networks.</p>
      ) : (
        <ul className="flex flex-col rounded-md border border-line">
          {row.ports.map((port) => (
            <PortItem key={port.id} row={port} />
          ))}
        </ul>
      )}
    </section>
  );
}

function PortItem({ row }: { row: PortRow }) {
  const { spec, status } = row.object;
  const message = row.health.message ?? (spec.publish === 'everywhere' ? publishedOn(status.conditions) : null);
  const notes = [
    spec.publish === 'everywhere' && 'on every host',
    spec.allowedSources.length > 0 && `from ${spec.allowedSources.join(', ')}`,
    spec.service && `service ${spec.service}`,
    spec.hostAddress === '127.0.0.1' && (spec.publish === 'everywhere' ? 'each for itself only' : 'the host itself only'),
  ].filter(Boolean);
  return (
    <li className="flex items-start gap-2 border-b border-line px-3 py-1.5 last:border-b-0">
      <StatusIcon tone={row.health.tone} className="mt-1 size-3.5" />
      <div className="min-w-0 flex-1">
        <p className="break-words">
          <span className="text-ink-3">{spec.protocol}</span> <span className="font-medium">{row.where}</span>
          <span className="text-ink-3"> → </span>
          {portRange(spec.port, spec.endPort)}
          <span className="sr-only">, {row.health.label}</span>
        </p>
        {notes.length > 0 && <p className="text-[12px] leading-[18px] break-words text-ink-2">{notes.join(' · ')}</p>}
        {message && <p className="text-[12px] leading-[18px] break-words text-ink-2">{message}</p>}
      </div>
      <ActionMenu label={`What to do with port ${row.name}`} actions={usePortActions(row)} />
    </li>
  );
}

/** Which hosts publish a port, and which cannot, in the API's words. */
const publishedOn = (conditions: PortRow['object']['status']['conditions']): string | undefined =>
  conditions.find(({ type }) => type === 'Published')?.message;

/** What can be done to a port now. */
function usePortActions(row: PortRow): MenuAction[] {
  const { open } = useViewActions();
  const refusal = useDialogRefusal();
  const on = { kind: 'port', name: row.id } as const;
  const leaving = row.object.metadata.deletionRequestedAt ? 'It is being closed.' : undefined;
  return [
    { label: 'Change…', icon: Pencil, run: () => open('edit', on), disabledReason: refusal('edit', on) ?? leaving },
    { label: 'Close…', icon: Trash2, danger: true, run: () => open('delete', on), disabledReason: refusal('delete', on) ?? leaving },
  ];
}

const portRange = (first: number, last: number): string => (first === last ? String(first) : `${first}–${last}`);
