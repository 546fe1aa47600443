'use client';

import type { Driver, OptionProperty } from '@netyard/api-client';
import type { UseFormReturn } from 'react-hook-form';
import { networkForm } from '../../messages';
import { Disclosure } from '../../ui/disclosure';
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
    <Disclosure
      label={networkForm.optionsOf(driver.name)}
      forceOpen={form.formState.errors.spec?.options !== undefined || driver.optionSchema.properties['parent'] !== undefined}
    >
      {() => (
        <div className="mt-3 flex flex-col gap-4 border-l border-line pl-4">
          {properties.map(([key, property]) => (
            <OptionField key={`${driver.name}.${key}`} name={key} property={property} form={form} />
          ))}
        </div>
      )}
    </Disclosure>
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
            {property.default === undefined && <option value="">{networkForm.byDefault}</option>}
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
