'use client';

import { accessResources, accessVerbs } from '@netyard/contracts';
import { audit as text } from '../../messages';
import { Field, Select, TextInput } from '../../ui/field';
import { useSession } from '../session/session-context';
import { outcomes, type AuditFilters } from './audit-query';

interface AuditFilterFieldsProps {
  filters: AuditFilters;
  /** What is null or empty is left out of the address. */
  onChange: (change: Partial<AuditFilters>) => void;
}

/** Narrows the entries; who sees one tenant only is not asked for it. */
export function AuditFilterFields({ filters, onChange }: AuditFilterFieldsProps) {
  const role = useSession()?.deploymentRole;
  return (
    <search
      aria-label={text.filters}
      className="grid grid-cols-2 gap-3 rounded-lg border border-line bg-surface px-4 py-3 shadow-card sm:grid-cols-4"
    >
      <TextFilter label={text.actor} value={filters.actor} onChange={(actor) => onChange({ actor })} />
      <Choice label={text.verb} value={filters.verb} choices={accessVerbs} onChange={(verb) => onChange({ verb })} />
      <Choice label={text.resource} value={filters.resource} choices={accessResources} onChange={(resource) => onChange({ resource })} />
      <TextFilter label={text.object} value={filters.object} onChange={(object) => onChange({ object })} />
      <Choice
        label={text.outcome}
        value={filters.outcome}
        choices={outcomes}
        labelOf={(outcome) => text.outcomes[outcome]}
        onChange={(outcome) => onChange({ outcome })}
      />
      {(role === 'admin' || role === 'auditor') && (
        <TextFilter label={text.tenant} value={filters.tenant} placeholder={text.allTenants} onChange={(tenant) => onChange({ tenant })} />
      )}
      <div className="max-sm:col-span-2">
        <TextFilter label={text.since} type="datetime-local" value={filters.since} onChange={(since) => onChange({ since })} />
      </div>
      <div className="max-sm:col-span-2">
        <TextFilter label={text.until} type="datetime-local" value={filters.until} onChange={(until) => onChange({ until })} />
      </div>
    </search>
  );
}

interface TextFilterProps {
  label: string;
  value: string;
  type?: string;
  placeholder?: string;
  onChange: (value: string) => void;
}

function TextFilter({ label, value, type = 'text', placeholder = text.any, onChange }: TextFilterProps) {
  return (
    <Field label={label}>
      {(described) => (
        <TextInput {...described} type={type} value={value} placeholder={placeholder} onChange={(event) => onChange(event.target.value)} />
      )}
    </Field>
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value | null;
  choices: readonly Value[];
  labelOf?: (value: Value) => string;
  onChange: (value: Value | null) => void;
}

function Choice<Value extends string>({ label, value, choices, labelOf = (choice) => choice, onChange }: ChoiceProps<Value>) {
  return (
    <Field label={label}>
      {(described) => (
        <Select
          {...described}
          value={value ?? ''}
          onChange={(event) => onChange(choices.find((choice) => choice === event.target.value) ?? null)}
        >
          <option value="">{text.any}</option>
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {labelOf(choice)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
