'use client';

import { unwrap, type Port } from '@netyard/api-client';
import { useForm } from 'react-hook-form';
import { toast } from 'sonner';
import { api } from '../../api/client';
import { controls, portForm as text } from '../../messages';
import { Field, Select, TextInput } from '../../ui/field';
import type { ComboboxOption } from '../../ui/combobox';
import { FormDialog } from '../form/form-dialog';
import { useIdempotencyKeys } from '../form/idempotency';
import { PickerField } from '../form/pickers';
import { useInventory } from '../inventory/use-inventory';
import { emptyPort, portPatch, portRequest, portValues, type PortFormValues } from './port-request';

const hostAddresses: ComboboxOption[] = [
  { value: '0.0.0.0', label: '0.0.0.0', detail: text.reach.ipv4 },
  { value: '::', label: '::', detail: text.reach.ipv6 },
  { value: '127.0.0.1', label: '127.0.0.1', detail: text.reach.loopback },
];

const numberRule = { pattern: { value: /^\s*\d*\s*$/, message: text.numberFault } };

/** Publishes a port of an endpoint, or changes how one is published. */
export function PortForm({ endpointName, port, onClose }: { endpointName: string; port?: Port; onClose: () => void }) {
  const keyOf = useIdempotencyKeys();
  const form = useForm<PortFormValues>({ defaultValues: port ? portValues(port) : emptyPort });
  const { register, control, formState } = form;
  const { errors } = formState;
  const inventory = useInventory();
  const networkName = inventory?.endpoints.find(({ name }) => name === endpointName)?.networkName;
  const isShared = inventory?.networks.find(({ name }) => name === networkName)?.object.spec.driver === 'overlay';
  const path = `/v1/endpoints/${endpointName}/ports`;

  const publish = async (values: PortFormValues) => {
    const body = portRequest(values);
    const created = unwrap(
      await api.POST('/v1/endpoints/{ref}/ports', {
        params: { path: { ref: endpointName }, header: { 'Idempotency-Key': keyOf(body) } },
        body,
      }),
    );
    toast.success(text.published(created.spec.port, endpointName));
    onClose();
  };
  const change = async ({ metadata }: Port, values: PortFormValues) => {
    const params = { path: { ref: endpointName, port: metadata.id } };
    unwrap(await api.PATCH('/v1/endpoints/{ref}/ports/{port}', { params, body: portPatch(values) }));
    toast.success(text.changed(metadata.name, endpointName));
    onClose();
  };

  return (
    <FormDialog
      title={port ? text.change(port.metadata.name, endpointName) : text.publish(endpointName)}
      description={port ? text.sayChange : text.say}
      submitLabel={port ? controls.save : text.submit}
      form={form}
      requests={(values) => [
        port
          ? { method: 'PATCH', path: `${path}/${port.metadata.name}`, body: portPatch(values) }
          : { method: 'POST', path, body: portRequest(values) },
      ]}
      onSubmit={(values) => (port ? change(port, values) : publish(values))}
      onClose={onClose}
    >
      {!port && (
        <div className="grid gap-4 sm:grid-cols-3">
          <Field label={text.port} error={errors.port?.message}>
            {(described) => (
              <TextInput
                {...described}
                {...register('port', { required: text.portNeeded, ...numberRule })}
                inputMode="numeric"
                placeholder="80"
              />
            )}
          </Field>
          <Field label={text.endPort} optional error={errors.endPort?.message}>
            {(described) => (
              <TextInput {...described} {...register('endPort', numberRule)} inputMode="numeric" placeholder={text.forRange} />
            )}
          </Field>
          <Field label={text.protocol} error={errors.protocol?.message}>
            {(described) => (
              <Select {...described} {...register('protocol')}>
                {Object.entries(text.protocols).map(([value, label]) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </div>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={text.hostPort} optional error={errors.hostPort?.message}>
          {(described) => <TextInput {...described} {...register('hostPort', numberRule)} inputMode="numeric" placeholder={text.leftOut} />}
        </Field>
        <PickerField
          control={control}
          name="hostAddress"
          label={text.hostAddress}
          optional={!port}
          {...(port ? { required: text.addressNeeded } : {})}
          placeholder={text.addressLeftOut}
          options={hostAddresses}
          emptyText=""
        />
      </div>
      <Field label={text.publishedOn} error={errors.publish?.message} hint={isShared ? text.sharedHint : text.localHint}>
        {(described) => (
          <Select {...described} {...register('publish')}>
            <option value="host">{text.places.host}</option>
            <option value="everywhere" disabled={!isShared}>
              {text.places.everywhere}
            </option>
          </Select>
        )}
      </Field>
      <Field label={text.sources} optional error={errors.allowedSources?.message} hint={text.sourcesHint}>
        {(described) => <TextInput {...described} {...register('allowedSources')} placeholder="10.0.0.0/8, 192.0.2.7/32" />}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={text.service} optional error={errors.service?.message} hint={text.serviceHint}>
          {(described) => <TextInput {...described} {...register('service')} placeholder="http" />}
        </Field>
        {!port && (
          <Field label={text.name} optional error={errors.metadata?.name?.message}>
            {(described) => <TextInput {...described} {...register('metadata.name')} placeholder={text.leftOut} />}
          </Field>
        )}
      </div>
    </FormDialog>
  );
}
