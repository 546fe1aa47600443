'use client';

import { ApiProblem } from '@netyard/api-client';
import { CircleAlert } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { useWatch, type FieldPath, type FieldValues, type UseFormReturn } from 'react-hook-form';
import { controls, objects } from '../../messages';
import { Banner } from '../../ui/banner';
import { Button } from '../../ui/button';
import { Dialog, DialogBody, DialogFooter } from '../../ui/dialog';
import { CurlPreview } from './curl-preview';
import type { RequestLine } from './curl';
import { DialogRefusal, useDialogsRefusal } from './dialog-refusal';
import { fieldOfPointer } from './problem-fields';

interface FormDialogProps<Values extends FieldValues> {
  title: string;
  description: ReactNode;
  submitLabel: string;
  /** What leaving is called; "Cancel" unless there is nothing to cancel. */
  closeLabel?: string;
  form: UseFormReturn<Values>;
  /** The requests that the form stands for as it is filled in now. */
  requests: (values: Values) => RequestLine[];
  /** Does it; what the API refuses is shown at the fields that it names. */
  onSubmit: (values: Values) => Promise<void>;
  /** Something to be had from what is filled in without doing it, such as a preview. */
  tryOut?: { label: string; run: (values: Values) => Promise<void> };
  onClose: () => void;
  children: ReactNode;
}

/** A form in a dialog: fields, problems, the equal API call, and two buttons. */
export function FormDialog<Values extends FieldValues>({
  title,
  description,
  submitLabel,
  closeLabel = controls.cancel,
  form,
  requests,
  onSubmit,
  tryOut,
  onClose,
  children,
}: FormDialogProps<Values>) {
  const refusal = useDialogsRefusal();
  const [problem, setProblem] = useState<string | null>(null);
  const element = useRef<HTMLFormElement>(null);
  const attempt = (run: (values: Values) => Promise<void>) =>
    form.handleSubmit(async (values) => {
      setProblem(null);
      try {
        await run(values);
      } catch (error) {
        setProblem(tellFields(form, error, (field) => element.current?.elements.namedItem(field) != null));
      }
    });
  return (
    <Dialog title={title} description={description} onClose={onClose}>
      <form ref={element} noValidate onSubmit={(event) => void attempt(onSubmit)(event)} className="flex min-h-0 flex-1 flex-col">
        <DialogBody>
          <DialogRefusal />
          {problem && (
            <div role="alert">
              <Banner tone="failing" icon={CircleAlert}>
                {problem}
              </Banner>
            </div>
          )}
          {children}
          <FormCurl form={form} requests={requests} />
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose}>{closeLabel}</Button>
          {tryOut && (
            <Button busy={form.formState.isSubmitting} onClick={() => void attempt(tryOut.run)()}>
              {tryOut.label}
            </Button>
          )}
          <Button type="submit" variant="primary" busy={form.formState.isSubmitting} disabledReason={refusal}>
            {submitLabel}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}

/** The curl lines follow what is typed, without the fields being rendered anew. */
function FormCurl<Values extends FieldValues>({ form, requests }: Pick<FormDialogProps<Values>, 'form' | 'requests'>) {
  useWatch({ control: form.control });
  return <CurlPreview requests={() => requests(form.getValues())} />;
}

/** Puts a refusal at the fields that it names; returns what is left to be said for the form as a whole. */
function tellFields<Values extends FieldValues>(
  form: UseFormReturn<Values>,
  error: unknown,
  isShown: (field: string) => boolean,
): string | null {
  if (!(error instanceof ApiProblem)) return objects.unreachable(error instanceof Error ? error.message : String(error));
  const rest: string[] = [];
  let isFirst = true;
  for (const { pointer, detail } of error.fields) {
    const field = fieldOfPointer(form.getValues(), pointer);
    if (isFieldOf(form, field) && isShown(field)) {
      form.setError(field, { type: 'api', message: detail }, { shouldFocus: isFirst });
      isFirst = false;
    } else {
      rest.push(detail);
    }
  }
  if (error.fields.length === 0) return error.message;
  return rest.length > 0 ? rest.join(' ') : null;
}

/** A path that `fieldOfPointer` found in the form's own values is one of its fields. */
const isFieldOf = <Values extends FieldValues>(_form: UseFormReturn<Values>, field: string | null): field is FieldPath<Values> =>
  field !== null;
