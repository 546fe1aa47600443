'use client';

import type { Driver, OptionProperty } from '@netyard/api-client';
import { ChevronRight } from 'lucide-react';
import type { UseFormReturn } from 'react-hook-form';
import { Checkbox, Field, Select, TextInput } from '../../ui/field';
import type { NetworkFormValues } from './network-request';

interface DriverOptionFieldsProps {
  driver: Driver;
  form: UseFormReturn<NetworkFormValues>;
}

/** A field for each option that the driver publishes. */
export function DriverOptionFields({ driver, form }: DriverOptionFieldsProps) {
  const properties = Object.entries(driver.optionSchema.properties);
  if (properties.length === 0) return null;
  return (
    <details className="group" open={form.formState.errors.spec?.options !== undefined || undefined}>
      <summary className="flex min-h-6 w-fit cursor-pointer list-none items-center gap-1 rounded text-ink-2 hover:text-ink [&::-webkit-details-marker]:hidden">
        <ChevronRight className="size-3.5 transition-transform group-open:rotate-90" aria-hidden="true" />
        Options of driver {driver.name}
      </summary>
      <div className="mt-3 flex flex-col gap-4 border-l border-line pl-4">
        {properties.map(([key, property]) => (
          <OptionField key={`${driver.name}.${key}`} name={key} property={property} form={form} />
        ))}
      </div>
    </details>
  );
}

function OptionField({ name, property, form }: { name: string; property: OptionProperty; form: UseFormReturn<NetworkFormValues> }) {
  const path = `spec.options.${name}` as const;
  const error = form.formState.errors.spec?.options?.[name]?.message;
  const { title, description } = property;
  if (property.type === 'boolean') {
    return <Checkbox {...form.register(path)} defaultChecked={property.default === true} label={title} hint={description} error={error} />;
  }
  const fallback = property.default === undefined ? '' : String(property.default);
  return (
    <Field label={title} optional hint={description} error={error}>
      {(described) =>
        property.enum ? (
          <Select {...described} {...form.register(path)} defaultValue={fallback}>
            {property.default === undefined && <option value="">default</option>}
            {property.enum.map((value) => (
              <option key={value}>{value}</option>
            ))}
          </Select>
        ) : (
          <TextInput
            {...described}
            {...form.register(path)}
            placeholder={fallback}
            inputMode={property.type === 'integer' ? 'numeric' : 'text'}
          />
        )
      }
    </Field>
  );
}
