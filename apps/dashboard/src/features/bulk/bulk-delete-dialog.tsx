'use client';

import { CircleAlert } from 'lucide-react';
import { toast } from 'sonner';
import { selection } from '../../messages';
import { Banner } from '../../ui/banner';
import { ConfirmDialog } from '../removal/confirm-dialog';
import { blastRadius } from './blast-radius';
import { deleteMany, plurals, type BulkRow } from './bulk-requests';

interface BulkDialogProps {
  /** Of one kind, and not none. */
  rows: readonly BulkRow[];
  onClose: () => void;
  onDone: () => void;
}

const shownNames = 8;

/** Asks before many are deleted, naming them and what else it concerns. */
export function BulkDeleteDialog({ rows, onClose, onDone }: BulkDialogProps) {
  const kind = rows[0]?.kind ?? 'policy';
  const names = rows.map(({ name }) => name);
  const { say, concerned, refusal } = blastRadius(rows);
  return (
    <ConfirmDialog
      title={selection.deleteTitle(rows.length, plurals[kind])}
      description={say}
      confirmLabel={selection.confirm(rows.length, plurals[kind])}
      request={{ method: 'POST', path: `/v1/${plurals[kind]}/bulk-delete`, body: { refs: names } }}
      run={async () => {
        await deleteMany(kind, names);
        toast.success(selection.deleting(rows.length));
        onDone();
      }}
      onClose={onClose}
    >
      {refusal && (
        <Banner tone="warning" icon={CircleAlert}>
          {refusal}
        </Banner>
      )}
      <Names title={plurals[kind]} names={names} />
      <Names title={selection.affected} names={concerned} />
    </ConfirmDialog>
  );
}

function Names({ title, names }: { title: string; names: readonly string[] }) {
  if (names.length === 0) return null;
  const more = names.length - shownNames;
  return (
    <div>
      <h3 className="mb-1 text-[12px] font-medium text-ink-3 capitalize">{title}</h3>
      <p className="break-words">
        {names.slice(0, shownNames).join(', ')}
        {more > 0 && ` ${selection.andMore(more)}`}
      </p>
    </div>
  );
}
