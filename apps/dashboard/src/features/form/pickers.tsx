'use client';

import { useMemo } from 'react';
import { Controller, type Control, type FieldPath, type FieldValues } from 'react-hook-form';
import { Combobox, type ComboboxOption } from '../../ui/combobox';
import { Field } from '../../ui/field';
import type { AnyRow } from '../inventory/inventory';

interface PickerProps<Values extends FieldValues> {
  control: Control<Values>;
  name: FieldPath<Values>;
  label: string;
  hint?: string | undefined;
  optional?: boolean;
  required?: string;
  placeholder?: string;
  options: readonly ComboboxOption[];
  emptyText: string;
}

/** A field whose value names one of many objects, or something like them. */
export function PickerField<Values extends FieldValues>({
  control,
  name,
  label,
  hint,
  optional = false,
  required,
  placeholder,
  options,
  emptyText,
}: PickerProps<Values>) {
  return (
    <Controller
      control={control}
      name={name}
      rules={required ? { required } : {}}
      render={({ field, fieldState }) => (
        <Field label={label} hint={hint} optional={optional} error={fieldState.error?.message}>
          {(described) => (
            <Combobox
              {...described}
              name={name}
              inputRef={field.ref}
              value={field.value}
              onChange={field.onChange}
              options={options}
              emptyText={emptyText}
              {...(placeholder === undefined ? {} : { placeholder })}
            />
          )}
        </Field>
      )}
    />
  );
}

/** Objects as options, sorted as the tables are; `detailOf` tells them apart. */
export function useOptions<R extends AnyRow>(rows: readonly R[] | undefined, detailOf: (row: R) => string): ComboboxOption[] {
  return useMemo(
    () =>
      (rows ?? [])
        .filter(({ object }) => !object.metadata.deletionRequestedAt)
        .map((row) => ({ value: row.name, label: row.name, detail: detailOf(row) }))
        .sort((a, b) => collator.compare(a.label, b.label)),
    [rows, detailOf],
  );
}

const collator = new Intl.Collator('en', { numeric: true });
