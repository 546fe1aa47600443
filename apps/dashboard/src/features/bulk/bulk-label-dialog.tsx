'use client';

import { useForm } from 'react-hook-form';
import { toast } from 'sonner';
import { selection } from '../../messages';
import { Field, TextInput } from '../../ui/field';
import { FormDialog } from '../form/form-dialog';
import { splitLabels, splitList } from '../form/listed';
import { saidOf } from '../page/question-state';
import { label, plurals, type BulkRow } from './bulk-requests';

interface BulkDialogProps {
  /** Of one kind, and not none. */
  rows: readonly BulkRow[];
  onClose: () => void;
  onDone: () => void;
}

interface LabelFormValues {
  add: string;
  remove: string;
}

/** Sets and removes labels of many, one after the other. */
export function BulkLabelDialog({ rows, onClose, onDone }: BulkDialogProps) {
  const kind = rows[0]?.kind ?? 'policy';
  const form = useForm<LabelFormValues>({ defaultValues: { add: '', remove: '' } });
  const { register, formState, setError } = form;
  const apply = async (values: LabelFormValues) => {
    const labels = labelsOf(values);
    if (Object.keys(labels).length === 0) return setError('add', { message: selection.nothing });
    let done = 0;
    try {
      for (const { name } of rows) {
        await label(kind, name, labels);
        done++;
      }
    } catch (error) {
      return setError('add', { message: selection.partly(done, rows.length, saidOf(error)) });
    }
    toast.success(selection.labelled(done));
    onDone();
  };
  return (
    <FormDialog
      title={selection.labelsTitle(rows.length, kind)}
      description={selection.labelsSay}
      submitLabel={selection.apply}
      form={form}
      requests={(values) =>
        rows.map(({ name }) => ({
          method: 'PATCH',
          path: `/v1/${plurals[kind]}/${name}`,
          body: { metadata: { labels: labelsOf(values) } },
        }))
      }
      onSubmit={apply}
      onClose={onClose}
    >
      <Field label={selection.add} optional hint={selection.addHint} error={formState.errors.add?.message}>
        {(described) => <TextInput {...described} {...register('add')} placeholder="team=blue" />}
      </Field>
      <Field label={selection.remove} optional hint={selection.removeHint} error={formState.errors.remove?.message}>
        {(described) => <TextInput {...described} {...register('remove')} />}
      </Field>
    </FormDialog>
  );
}

const labelsOf = ({ add, remove }: LabelFormValues): Record<string, string | null> => ({
  ...splitLabels(add),
  ...Object.fromEntries(splitList(remove).map((key) => [key, null])),
});
