'use client';

import { Tags, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { selection } from '../../messages';
import { Button } from '../../ui/button';
import { useChosen, useChosenIds } from '../inventory/chosen';
import { useRefusal } from '../session/session-context';
import { BulkDeleteDialog } from './bulk-delete-dialog';
import { BulkLabelDialog } from './bulk-label-dialog';
import type { BulkRow } from './bulk-requests';

/** What can be done to all rows that are chosen; not there while none is. */
export function BulkBar({ rows }: { rows: readonly BulkRow[] }) {
  const chosen = useChosen();
  const ids = useChosenIds();
  const [dialog, setDialog] = useState<'delete' | 'labels' | null>(null);
  const refusal = useRefusal();
  const picked = rows.filter(({ id }) => ids.has(id));
  if (picked.length === 0) return null;
  const { kind } = picked[0] ?? { kind: 'network' };
  const close = () => setDialog(null);
  const finish = () => {
    chosen.clear();
    close();
  };
  return (
    <div role="status" className="flex flex-wrap items-center gap-2 rounded-lg border border-accent bg-selected px-3 py-1.5">
      <span className="mr-2 font-medium">{selection.chosen(picked.length)}</span>
      <Button size="small" disabledReason={refusal({ resource: kind, verb: 'update' })} onClick={() => setDialog('labels')}>
        <Tags className="size-3.5" aria-hidden="true" />
        {selection.labels}
      </Button>
      <Button size="small" disabledReason={refusal({ resource: kind, verb: 'delete' })} onClick={() => setDialog('delete')}>
        <Trash2 className="size-3.5" aria-hidden="true" />
        {selection.delete}
      </Button>
      <span className="flex-1" />
      <Button size="small" variant="quiet" onClick={() => chosen.clear()}>
        <X className="size-3.5" aria-hidden="true" />
        {selection.clear}
      </Button>
      {dialog === 'delete' && <BulkDeleteDialog rows={picked} onClose={close} onDone={finish} />}
      {dialog === 'labels' && <BulkLabelDialog rows={picked} onClose={close} onDone={finish} />}
    </div>
  );
}
