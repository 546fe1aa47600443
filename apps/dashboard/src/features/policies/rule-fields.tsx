'use client';

import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import { useFieldArray, useWatch, type UseFormReturn } from 'react-hook-form';
import { policies } from '../../messages';
import { Button, IconButton } from '../../ui/button';
import { Field, Select, TextInput } from '../../ui/field';
import { emptyRule, ruleOf, type PolicyFormValues, type RuleValues } from './policy-request';
import { Sentence } from './rule-list';

const text = policies.form;

/** The rules of a policy in their order, which counts: the first that matches a new flow decides. */
export function RuleFields({ form }: { form: UseFormReturn<PolicyFormValues> }) {
  const rules = useFieldArray({ control: form.control, name: 'spec.rules' });
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-medium">
        {policies.rules} <span className="text-[12px] font-normal text-ink-3">{text.firstDecides}</span>
      </legend>
      <ol className="flex flex-col gap-2">
        {rules.fields.map((field, index) => (
          <li key={field.id} className="rounded-md border border-line p-3">
            <RuleRow
              form={form}
              index={index}
              isLast={index === rules.fields.length - 1}
              onMove={(to) => rules.move(index, to)}
              onRemove={() => rules.remove(index)}
            />
          </li>
        ))}
      </ol>
      <p className="text-[12px] leading-[18px] text-ink-3">{text.sidesHint}</p>
      <Button variant="quiet" size="small" className="self-start" onClick={() => rules.append(emptyRule)}>
        <Plus className="size-3.5" aria-hidden="true" />
        {text.addRule}
      </Button>
    </fieldset>
  );
}

interface RuleRowProps {
  form: UseFormReturn<PolicyFormValues>;
  index: number;
  isLast: boolean;
  onMove: (to: number) => void;
  onRemove: () => void;
}

function RuleRow({ form, index, isLast, onMove, onRemove }: RuleRowProps) {
  const { register, formState } = form;
  const errors = formState.errors.spec?.rules?.[index];
  const path = `spec.rules.${index}` as const;
  const number = index + 1;
  return (
    <div role="group" aria-label={text.rule(number)} className="flex flex-col gap-2">
      <div className="-mt-1.5 -mr-1.5 flex items-center justify-between gap-2">
        <span className="text-[12px] text-ink-3">{text.rule(number)}</span>
        <span className="flex">
          <IconButton label={text.moveUp(number)} disabled={index === 0} className="disabled:opacity-40" onClick={() => onMove(index - 1)}>
            <ArrowUp className="size-4" aria-hidden="true" />
          </IconButton>
          <IconButton label={text.moveDown(number)} disabled={isLast} className="disabled:opacity-40" onClick={() => onMove(index + 1)}>
            <ArrowDown className="size-4" aria-hidden="true" />
          </IconButton>
          <IconButton label={text.remove(number)} onClick={onRemove}>
            <X className="size-4" aria-hidden="true" />
          </IconButton>
        </span>
      </div>
      <div className="grid gap-2 sm:grid-cols-3">
        <Field label={text.action} error={errors?.action?.message}>
          {(described) => (
            <Select {...described} {...register(`${path}.action`)}>
              <option value="allow">{text.actions.allow}</option>
              <option value="deny">{text.actions.deny}</option>
            </Select>
          )}
        </Field>
        <Field label={text.protocol} error={errors?.protocol?.message}>
          {(described) => (
            <Select {...described} {...register(`${path}.protocol`)}>
              {Object.entries(text.protocols).map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={text.direction} error={errors?.direction?.message}>
          {(described) => (
            <Select {...described} {...register(`${path}.direction`)}>
              {Object.entries(text.directions).map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <div className="grid gap-2 sm:grid-cols-3">
        <Field label={text.from} error={errors?.from?.message}>
          {(described) => <TextInput {...described} {...register(`${path}.from`)} placeholder={text.anyone} />}
        </Field>
        <Field label={text.to} error={errors?.to?.message}>
          {(described) => <TextInput {...described} {...register(`${path}.to`)} placeholder={text.anyone} />}
        </Field>
        <Field label={text.ports} error={errors?.ports?.message}>
          {(described) => <TextInput {...described} {...register(`${path}.ports`)} placeholder={text.allPorts} />}
        </Field>
      </div>
      <RuleInWords form={form} index={index} />
    </div>
  );
}

/** What the rule says as it is filled in now. */
function RuleInWords({ form: { control }, index }: { form: UseFormReturn<PolicyFormValues>; index: number }) {
  const [rule, network] = useWatch({ control, name: [`spec.rules.${index}`, 'spec.network'] });
  // For a moment a rule that was taken out is watched still.
  if ((rule as RuleValues | undefined) === undefined) return null;
  return (
    <div className="text-[12px] leading-[18px] text-ink-2">
      <Sentence rule={ruleOf(rule)} network={network || text.itsNetwork} />
    </div>
  );
}
