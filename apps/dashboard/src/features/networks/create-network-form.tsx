'use client';

import { unwrap } from '@netyard/api-client';
import { Plus, X } from 'lucide-react';
import { useFieldArray, useForm, useWatch, type UseFieldArrayReturn, type UseFormReturn } from 'react-hook-form';
import { toast } from 'sonner';
import { api } from '../../api/client';
import { useDrivers } from '../../api/drivers';
import { networkForm as text, networks } from '../../messages';
import { Button, IconButton } from '../../ui/button';
import { Checkbox, Field, Select, TextInput } from '../../ui/field';
import { FormDialog } from '../form/form-dialog';
import { useIdempotencyKeys } from '../form/idempotency';
import { PickerField, useOptions } from '../form/pickers';
import type { HostRow } from '../inventory/inventory';
import { useInventory } from '../inventory/use-inventory';
import { useViewActions } from '../inventory/view-state';
import { DriverOptionFields } from './driver-option-fields';
import { leavesAddresses, networkRequest, type NetworkFormValues } from './network-request';

const emptySubnet = { cidr: '', gateway: '' };
const hostDetail = ({ health }: HostRow): string => health.label;

export function CreateNetworkForm({ onClose }: { onClose: () => void }) {
  const drivers = useDrivers();
  const hosts = useOptions(useInventory()?.hosts, hostDetail);
  const keyOf = useIdempotencyKeys();
  const { select } = useViewActions();
  const form = useForm<NetworkFormValues>({
    defaultValues: {
      metadata: { name: '' },
      spec: { driver: 'bridge', subnets: [emptySubnet], ipv6: false, internal: false, host: '', domain: '', options: {} },
    },
  });
  const { register, control, formState } = form;
  const subnets = useFieldArray({ control, name: 'spec.subnets' });
  const driverName = useWatch({ control, name: 'spec.driver' });
  const options = useWatch({ control, name: 'spec.options' });
  const driver = drivers?.find(({ name }) => name === driverName);
  const errors = formState.errors;
  const bodyOf = (values: NetworkFormValues) => networkRequest(values, driver);

  const create = async () => {
    dropEmptySubnets(form.getValues('spec.subnets'), subnets.replace);
    const body = bodyOf(form.getValues());
    const { metadata } = unwrap(await api.POST('/v1/networks', { params: { header: { 'Idempotency-Key': keyOf(body) } }, body }));
    toast.success(text.created(metadata.name));
    onClose();
    select({ kind: 'network', name: metadata.name });
  };

  return (
    <FormDialog
      title={text.title}
      description={text.description}
      submitLabel={text.submit}
      form={form}
      requests={(values) => [{ method: 'POST', path: '/v1/networks', body: bodyOf(values) }]}
      onSubmit={create}
      onClose={onClose}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={text.name} optional error={errors.metadata?.name?.message}>
          {(described) => <TextInput {...described} {...register('metadata.name')} placeholder="web" />}
        </Field>
        <Field label={networks.driver} error={errors.spec?.driver?.message}>
          {(described) => (
            <Select {...described} {...register('spec.driver')}>
              {(drivers ?? [{ name: 'bridge' }]).map(({ name }) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      {driver && <p className="-mt-2 text-[12px] leading-[18px] text-ink-3">{driver.description}</p>}
      {driver?.hasSubnets !== false && (
        <>
          {leavesAddresses(options, driver) ? (
            <p className="text-[12px] leading-[18px] text-ink-3">{text.leased}</p>
          ) : (
            <>
              <SubnetFields form={form} subnets={subnets} />
              <Checkbox {...register('spec.ipv6')} label={text.ipv6} error={errors.spec?.ipv6?.message} hint={text.ipv6Hint} />
            </>
          )}
          <Checkbox {...register('spec.internal')} label={text.internal} error={errors.spec?.internal?.message} hint={text.internalHint} />
        </>
      )}
      <PickerField
        control={control}
        name="spec.host"
        label={networks.host}
        optional
        hint={text.hostHint}
        placeholder={text.anyHost}
        options={hosts}
        emptyText={text.noHost}
      />
      <Field label={networks.domain} optional error={errors.spec?.domain?.message} hint={text.domainHint}>
        {(described) => <TextInput {...described} {...register('spec.domain')} placeholder="lab.test" />}
      </Field>
      {driver && <DriverOptionFields driver={driver} form={form} />}
    </FormDialog>
  );
}

interface SubnetFieldsProps {
  form: UseFormReturn<NetworkFormValues>;
  subnets: UseFieldArrayReturn<NetworkFormValues, 'spec.subnets'>;
}

function SubnetFields({ form: { register, formState }, subnets }: SubnetFieldsProps) {
  const errors = formState.errors.spec?.subnets;
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-medium">
        {networks.subnets} <span className="text-[12px] font-normal text-ink-3">{text.subnetsDrawn}</span>
      </legend>
      {subnets.fields.map((field, index) => (
        <div key={field.id} className="grid grid-cols-[1fr_1fr_auto] items-start gap-2">
          <Field label={text.range} error={errors?.[index]?.cidr?.message}>
            {(described) => <TextInput {...described} {...register(`spec.subnets.${index}.cidr`)} placeholder="10.10.0.0/24" />}
          </Field>
          <Field label={text.gateway} optional error={errors?.[index]?.gateway?.message}>
            {(described) => <TextInput {...described} {...register(`spec.subnets.${index}.gateway`)} placeholder={text.gatewayLeftOut} />}
          </Field>
          <IconButton label={text.removeSubnet(index + 1)} className="mt-6.5" onClick={() => subnets.remove(index)}>
            <X className="size-4" aria-hidden="true" />
          </IconButton>
        </div>
      ))}
      <Button variant="quiet" size="small" className="self-start" onClick={() => subnets.append(emptySubnet)}>
        <Plus className="size-3.5" aria-hidden="true" />
        {text.addSubnet}
      </Button>
    </fieldset>
  );
}

/** Rows that nobody filled in are taken out first, so that what the API says of row 1 is shown at row 1. One row stays to type in. */
function dropEmptySubnets(rows: NetworkFormValues['spec']['subnets'], replace: (rows: NetworkFormValues['spec']['subnets']) => void): void {
  const filled = rows.filter(({ cidr, gateway }) => cidr.trim() || gateway.trim());
  if (filled.length < rows.length && rows.length > 1) replace(filled.length > 0 ? filled : [emptySubnet]);
}
