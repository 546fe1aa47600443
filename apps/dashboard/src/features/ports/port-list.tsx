'use client';

import { Pencil, Plus, Trash2 } from 'lucide-react';
import { objects, ports as text, tables } from '../../messages';
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
  const leaving = row.object.metadata.deletionRequestedAt ? objects.actions.leaving : undefined;
  return (
    <section aria-label={text.title}>
      <div className="mb-1 flex items-center justify-between gap-2">
        <h3 className="text-[12px] font-medium text-ink-3">{text.titleCount(row.ports.length)}</h3>
        <Button
          size="small"
          variant="quiet"
          disabledReason={refusal('publish') ?? leaving}
          onClick={() => open('publish', { kind: 'endpoint', name: row.name })}
        >
          <Plus className="size-3.5" aria-hidden="true" />
          {text.publish}
        </Button>
      </div>
      {row.ports.length === 0 ? (
        <p className="text-[12px] leading-[18px] text-ink-3">{text.none}</p>
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
    spec.publish === 'everywhere' && text.everywhere,
    spec.allowedSources.length > 0 && text.from(spec.allowedSources.join(', ')),
    spec.service && text.service(spec.service),
    spec.hostAddress === '127.0.0.1' && text.loopback[spec.publish],
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
      <ActionMenu label={tables.object.menu(row.kind, row.name)} actions={usePortActions(row)} />
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
  const leaving = row.object.metadata.deletionRequestedAt ? text.leaving : undefined;
  return [
    { label: objects.actions.change, icon: Pencil, run: () => open('edit', on), disabledReason: refusal('edit', on) ?? leaving },
    { label: text.close, icon: Trash2, danger: true, run: () => open('delete', on), disabledReason: refusal('delete', on) ?? leaving },
  ];
}

const portRange = (first: number, last: number): string => (first === last ? String(first) : `${first}–${last}`);
