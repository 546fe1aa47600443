'use client';

import { namePattern } from '@netyard/contracts';
import { unwrap } from '@netyard/api-client';
import { useForm, useWatch, type UseFormReturn } from 'react-hook-form';
import { toast } from 'sonner';
import { api } from '../../api/client';
import { endpointForms, endpoints } from '../../messages';
import { Disclosure } from '../../ui/disclosure';
import { Field, TextInput } from '../../ui/field';
import { FormDialog } from '../form/form-dialog';
import type { RequestLine } from '../form/curl';
import { useIdempotencyKeys } from '../form/idempotency';
import { PickerField, useOptions } from '../form/pickers';
import { findRow, type HostRow, type NetworkRow, type SandboxRow } from '../inventory/inventory';
import { useInventory } from '../inventory/use-inventory';
import { useViewActions, type ObjectName } from '../inventory/view-state';
import { JoinPlanPanel } from './join-plan-panel';
import { noteJoin } from './last-join';
import { NameAndLimitFields } from './name-and-limit-fields';
import { endpointRequest, type JoinFormValues } from './join-request';

const text = endpointForms.join;

const networkDetail = ({ object, cidrs }: NetworkRow): string => cidrs[0] ?? object.spec.driver;
const sandboxDetail = ({ hostName }: SandboxRow): string => hostName;
const hostDetail = ({ health }: HostRow): string => health.label;

interface JoinFormProps {
  /** The network or the sandbox that it begins with. */
  on: ObjectName | null;
  /** The other one, where that is known too. */
  to: ObjectName | null;
  /** The one to begin with; empty: the next that is free. */
  address: string;
  onClose: () => void;
}

/** Creates an endpoint that joins a sandbox to a network; the sandbox too, where there is none of the name. */
export function JoinForm({ on, to, address, onClose }: JoinFormProps) {
  const inventory = useInventory();
  const networks = useOptions(inventory?.networks, networkDetail);
  const sandboxes = useOptions(inventory?.sandboxes, sandboxDetail);
  const hosts = useOptions(inventory?.hosts, hostDetail);
  const keyOf = useIdempotencyKeys();
  const { select } = useViewActions();
  const form = useForm<JoinFormValues>({
    defaultValues: {
      metadata: { name: '', labels: '' },
      spec: {
        network: named('network', on, to),
        sandbox: named('sandbox', on, to),
        addresses: [address],
        interfaceName: '',
        aliases: '',
        limits: { ingressMbps: '', egressMbps: '' },
      },
      newSandboxHost: hosts[0]?.value ?? '',
    },
  });
  const { register, control, formState } = form;
  const [networkName, sandboxName] = useWatch({ control, name: ['spec.network', 'spec.sandbox'] });
  const network = inventory?.networks.find(({ name }) => name === networkName);
  const sandbox = inventory?.sandboxes.find(({ name }) => name === sandboxName.trim());
  const isNew = namePattern.test(sandboxName.trim()) && inventory !== null && !findRow(inventory, 'sandbox', sandboxName.trim());
  const errors = formState.errors;

  const join = async (values: JoinFormValues) => {
    if (isNew) {
      const body = newSandbox(values);
      unwrap(await api.POST('/v1/sandboxes', { params: { header: { 'Idempotency-Key': keyOf(body) } }, body }));
    }
    const body = endpointRequest(values);
    const { metadata } = unwrap(await api.POST('/v1/endpoints', { params: { header: { 'Idempotency-Key': keyOf(body) } }, body }));
    noteJoin({ id: metadata.id, name: metadata.name, sandbox: values.spec.sandbox.trim(), isCreated: true });
    toast.success(text.done(values.spec.sandbox, values.spec.network));
    onClose();
    select({ kind: 'endpoint', name: metadata.name });
  };
  const requests = (values: JoinFormValues): RequestLine[] => [
    ...(isNew ? [{ method: 'POST', path: '/v1/sandboxes', body: newSandbox(values) } as const] : []),
    { method: 'POST', path: '/v1/endpoints', body: endpointRequest(values) },
  ];

  return (
    <FormDialog
      title={text.title}
      description={text.description}
      submitLabel={isNew ? text.submitNew : text.submit}
      form={form}
      requests={requests}
      onSubmit={join}
      onClose={onClose}
    >
      <PickerField
        control={control}
        name="spec.network"
        label={endpoints.network}
        required={text.networkNeeded}
        options={networks}
        emptyText={text.noNetwork}
      />
      <PickerField
        control={control}
        name="spec.sandbox"
        label={endpoints.sandbox}
        required={text.sandboxNeeded}
        hint={isNew ? text.sandboxIsNew(sandboxName.trim()) : text.sandboxHint}
        options={sandboxes}
        emptyText={text.noSandbox}
      />
      {isNew && (
        <PickerField
          control={control}
          name="newSandboxHost"
          label={text.host}
          required={text.hostNeeded}
          options={hosts}
          emptyText={text.noHost}
        />
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label={text.address}
          optional
          error={errors.spec?.addresses?.[0]?.message}
          hint={network?.cidrs[0] ? text.addressHint(network.cidrs.join(', ')) : undefined}
        >
          {(described) => <TextInput {...described} {...register('spec.addresses.0')} placeholder={text.addressLeftOut} />}
        </Field>
        <Field label={endpoints.interface} optional error={errors.spec?.interfaceName?.message}>
          {(described) => <TextInput {...described} {...register('spec.interfaceName')} placeholder={text.interfaceLeftOut} />}
        </Field>
      </div>
      <Field label={text.name} optional error={errors.metadata?.name?.message}>
        {(described) => <TextInput {...described} {...register('metadata.name')} placeholder={suggestedName(sandboxName, networkName)} />}
      </Field>
      <Disclosure
        label={text.more}
        forceOpen={errors.spec?.aliases !== undefined || errors.spec?.limits !== undefined || errors.metadata?.labels !== undefined}
      >
        {() => (
          <div className="mt-3 flex flex-col gap-4 border-l border-line pl-4">
            <NameAndLimitFields form={form} />
          </div>
        )}
      </Disclosure>
      <Plan form={form} network={network} sandbox={sandbox} />
    </FormDialog>
  );
}

interface PlanProps {
  form: UseFormReturn<JoinFormValues>;
  network: NetworkRow | undefined;
  sandbox: SandboxRow | undefined;
}

/** Follows what is typed, without the fields being rendered anew. Both ends must be there: what is made first is known to nobody. */
function Plan({ form, network, sandbox }: PlanProps) {
  useWatch({ control: form.control });
  return network && sandbox ? <JoinPlanPanel request={endpointRequest(form.getValues())} network={network} sandbox={sandbox} /> : null;
}

/** The one of a kind, of two objects that may be named. */
const named = (kind: ObjectName['kind'], ...objects: readonly (ObjectName | null)[]): string =>
  objects.find((object) => object?.kind === kind)?.name ?? '';

const newSandbox = ({ spec, newSandboxHost }: JoinFormValues) => ({
  metadata: { name: spec.sandbox.trim() },
  spec: { host: newSandboxHost.trim() },
});

const suggestedName = (sandbox: string, network: string): string =>
  sandbox && network ? text.nameSuggestion(sandbox.trim(), network.trim()) : text.nameLeftOut;
