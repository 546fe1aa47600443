'use client';

import { X } from 'lucide-react';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { history } from '../../messages';
import { Button } from '../../ui/button';
import { Field, Select, TextInput } from '../../ui/field';
import { PageHeading } from '../page/page-heading';
import { EventList } from './event-list';

const kinds = ['host', 'network', 'sandbox', 'endpoint', 'port', 'policy', 'probe'] as const;
const types = ['Normal', 'Warning'] as const;
const text = history.events;

const parsers = {
  kind: parseAsStringLiteral(kinds),
  type: parseAsStringLiteral(types),
  name: parseAsString.withDefault(''),
  reason: parseAsString.withDefault(''),
};

/** All that hosts have told, with filters that the address keeps. */
export function EventsPage() {
  const [{ kind, type, name, reason }, setFilters] = useQueryStates(parsers, { throttleMs: 150 });
  const isNarrowed = Boolean(kind ?? type ?? (name || reason));
  return (
    <>
      <PageHeading title={text.title} />
      <p className="-mt-2 text-ink-2">{text.about}</p>
      <search aria-label={text.filters.label} className="grid grid-cols-2 items-end gap-3 lg:grid-cols-[10rem_10rem_1fr_1fr_auto]">
        <Field label={text.filters.kind}>
          {(described) => (
            <Select
              {...described}
              value={kind ?? ''}
              onChange={(event) => void setFilters({ kind: kinds.find((known) => known === event.target.value) ?? null })}
            >
              <option value="">{text.filters.anyKind}</option>
              {kinds.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={text.filters.type}>
          {(described) => (
            <Select
              {...described}
              value={type ?? ''}
              onChange={(event) => void setFilters({ type: types.find((known) => known === event.target.value) ?? null })}
            >
              <option value="">{text.filters.anyType}</option>
              {types.map((one) => (
                <option key={one} value={one}>
                  {text.types[one]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={text.filters.name}>
          {(described) => (
            <TextInput {...described} value={name} onChange={(event) => void setFilters({ name: event.target.value || null })} />
          )}
        </Field>
        <Field label={text.filters.reason}>
          {(described) => (
            <TextInput
              {...described}
              value={reason}
              placeholder="DriftRepaired"
              onChange={(event) => void setFilters({ reason: event.target.value || null })}
            />
          )}
        </Field>
        {isNarrowed && (
          <Button variant="quiet" onClick={() => void setFilters(null)}>
            <X className="size-4" aria-hidden="true" />
            {text.filters.clear}
          </Button>
        )}
      </search>
      <EventList
        isOfMany
        filters={{
          ...(kind ? { kind: [kind] } : {}),
          ...(type ? { type } : {}),
          ...(name ? { name } : {}),
          ...(reason ? { reason: [reason] } : {}),
        }}
      />
    </>
  );
}
