'use client';

import { unwrap, type Probe } from '@netyard/api-client';
import { useMemo, useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { api } from '../../api/client';
import { controls, probes } from '../../messages';
import { Field, Select } from '../../ui/field';
import { FormDialog } from '../form/form-dialog';
import { PickerField, useOptions } from '../form/pickers';
import type { Inventory, SandboxRow } from '../inventory/inventory';
import { useInventory } from '../inventory/use-inventory';
import type { ObjectName } from '../inventory/view-state';
import { PingResult } from './ping-result';
import { pingRequest, type PingFormValues } from './ping-request';
import { neighboursOf, targetsFor } from './probe-targets';

const text = probes.dialog;

const sandboxDetail = ({ hostName, endpoints }: SandboxRow): string => endpoints[0]?.addresses[0] ?? hostName;

/** Pings from inside a sandbox, and shows what came back. */
export function PingForm({ on, onClose }: { on: ObjectName | null; onClose: () => void }) {
  const inventory = useInventory();
  const sandboxes = useOptions(inventory?.sandboxes, sandboxDetail);
  const [probe, setProbe] = useState<Probe | null>(null);
  const form = useForm<PingFormValues>({ defaultValues: { spec: { ...startOf(inventory, on), count: '3' } } });
  const { control, register, formState } = form;
  const sandbox = useWatch({ control, name: 'spec.sandbox' });
  const targets = useMemo(() => targetsFor(inventory, sandbox), [inventory, sandbox]);

  const ping = async (values: PingFormValues) => {
    setProbe(null);
    setProbe(unwrap(await api.POST('/v1/probes', { body: pingRequest(values) })));
  };

  return (
    <FormDialog
      title={text.title}
      description={text.description}
      submitLabel={probe ? text.again : text.submit}
      closeLabel={controls.close}
      form={form}
      requests={(values) => [{ method: 'POST', path: '/v1/probes', body: pingRequest(values) }]}
      onSubmit={ping}
      onClose={onClose}
    >
      <PickerField
        control={control}
        name="spec.sandbox"
        label={probes.from}
        required={probes.chooseSandbox}
        options={sandboxes}
        emptyText={text.noSandbox}
      />
      <div className="grid grid-cols-[1fr_6rem] gap-4">
        <PickerField
          control={control}
          name="spec.target"
          label={probes.to}
          required={probes.chooseTarget}
          placeholder={text.target}
          options={targets}
          emptyText={text.noTarget}
        />
        <Field label={probes.count} error={formState.errors.spec?.count?.message}>
          {(described) => (
            <Select {...described} {...register('spec.count')}>
              {[1, 3, 5, 10, 20].map((count) => (
                <option key={count}>{count}</option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <div aria-live="polite">{probe && <PingResult probe={probe} />}</div>
    </FormDialog>
  );
}

/** The fields filled in as far as the object that the dialog was opened on tells: a sandbox to ping from, or an endpoint to ping. */
function startOf(inventory: Inventory | null, on: ObjectName | null): { sandbox: string; target: string } {
  if (on?.kind === 'sandbox') return { sandbox: on.name, target: neighboursOf(inventory, on.name)[0]?.addresses[0] ?? '' };
  const endpoint = inventory?.endpoints.find(({ name }) => on?.kind === 'endpoint' && name === on.name);
  const neighbour = inventory?.endpoints.find(
    ({ networkName, sandboxName, name }) => sandboxName && networkName === endpoint?.networkName && name !== endpoint?.name,
  );
  return { sandbox: neighbour?.sandboxName ?? '', target: endpoint?.addresses[0] ?? '' };
}
