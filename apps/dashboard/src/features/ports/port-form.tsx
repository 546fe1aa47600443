'use client';

import { unwrap, type Port } from '@netyard/api-client';
import { useForm } from 'react-hook-form';
import { toast } from 'sonner';
import { api } from '../../api/client';
import { Field, Select, TextInput } from '../../ui/field';
import type { ComboboxOption } from '../../ui/combobox';
import { FormDialog } from '../form/form-dialog';
import { useIdempotencyKeys } from '../form/idempotency';
import { PickerField } from '../form/pickers';
import { useInventory } from '../inventory/use-inventory';
import { emptyPort, portPatch, portRequest, portValues, type PortFormValues } from './port-request';

const hostAddresses: ComboboxOption[] = [
  { value: '0.0.0.0', label: '0.0.0.0', detail: 'everybody who reaches the host, by IPv4' },
  { value: '::', label: '::', detail: 'everybody who reaches the host, by IPv6' },
  { value: '127.0.0.1', label: '127.0.0.1', detail: 'the host itself only' },
];

const numberRule = { pattern: { value: /^\s*\d*\s*$/, message: 'A port is a number from 1 to 65535.' } };

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
    toast.success(`Port ${created.spec.port} of ${endpointName} is being published`);
    onClose();
  };
  const change = async ({ metadata }: Port, values: PortFormValues) => {
    const params = { path: { ref: endpointName, port: metadata.id } };
    unwrap(await api.PATCH('/v1/endpoints/{ref}/ports/{port}', { params, body: portPatch(values) }));
    toast.success(`Port ${metadata.name} of ${endpointName} is being changed`);
    onClose();
  };

  return (
    <FormDialog
      title={port ? `Change port ${port.metadata.name} of ${endpointName}` : `Publish a port of ${endpointName}`}
      description={
        port
          ? 'Connections that its new settings would not let in are cut.'
          : 'Whoever reaches the host at the port there is led to the port in the sandbox. The client’s address is kept on the endpoint’s host; others put theirs in its place.'
      }
      submitLabel={port ? 'Save' : 'Publish'}
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
          <Field label="Port in the sandbox" error={errors.port?.message}>
            {(described) => (
              <TextInput
                {...described}
                {...register('port', { required: 'Say which port.', ...numberRule })}
                inputMode="numeric"
                placeholder="80"
              />
            )}
          </Field>
          <Field label="Up to" optional error={errors.endPort?.message}>
            {(described) => <TextInput {...described} {...register('endPort', numberRule)} inputMode="numeric" placeholder="for a range" />}
          </Field>
          <Field label="Protocol" error={errors.protocol?.message}>
            {(described) => (
              <Select {...described} {...register('protocol')}>
                <option value="tcp">TCP</option>
                <option value="udp">UDP</option>
                <option value="sctp">SCTP</option>
              </Select>
            )}
          </Field>
        </div>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Port on the host" optional error={errors.hostPort?.message}>
          {(described) => (
            <TextInput {...described} {...register('hostPort', numberRule)} inputMode="numeric" placeholder="chosen when left out" />
          )}
        </Field>
        <PickerField
          control={control}
          name="hostAddress"
          label="Address of the host"
          optional={!port}
          {...(port ? { required: 'Choose an address.' } : {})}
          placeholder="as the deployment has it"
          options={hostAddresses}
          emptyText=""
        />
      </div>
      <Field
        label="Published on"
        error={errors.publish?.message}
        hint={
          isShared
            ? 'Every host, with those that come later, leads to the endpoint.'
            : 'Every host: only of endpoints of overlay networks, which others have a way into.'
        }
      >
        {(described) => (
          <Select {...described} {...register('publish')}>
            <option value="host">the endpoint’s host</option>
            <option value="everywhere" disabled={!isShared}>
              every host
            </option>
          </Select>
        )}
      </Field>
      <Field
        label="Allowed sources"
        optional
        error={errors.allowedSources?.message}
        hint="Who may connect: prefixes with commas between. Everybody when there are none."
      >
        {(described) => <TextInput {...described} {...register('allowedSources')} placeholder="10.0.0.0/8, 192.0.2.7/32" />}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Service" optional error={errors.service?.message} hint="Answered as an SRV record, for example _http._tcp.">
          {(described) => <TextInput {...described} {...register('service')} placeholder="http" />}
        </Field>
        {!port && (
          <Field label="Name" optional error={errors.metadata?.name?.message}>
            {(described) => <TextInput {...described} {...register('metadata.name')} placeholder="chosen when left out" />}
          </Field>
        )}
      </div>
    </FormDialog>
  );
}
