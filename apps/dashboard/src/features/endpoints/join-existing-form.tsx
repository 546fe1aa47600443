'use client';

import { unwrap } from '@netyard/api-client';
import { useForm } from 'react-hook-form';
import { toast } from 'sonner';
import { api } from '../../api/client';
import { endpointForms, endpoints } from '../../messages';
import { FormDialog } from '../form/form-dialog';
import { PickerField, useOptions } from '../form/pickers';
import type { SandboxRow } from '../inventory/inventory';
import { useInventory } from '../inventory/use-inventory';
import { noteJoin } from './last-join';

const text = endpointForms.joinAgain;

const sandboxDetail = ({ hostName }: SandboxRow): string => hostName;

/** Joins an endpoint that has left its sandbox to one again; it keeps its addresses. */
export function JoinExistingForm({ endpointName, onClose }: { endpointName: string; onClose: () => void }) {
  const sandboxes = useOptions(useInventory()?.sandboxes, sandboxDetail);
  const form = useForm({ defaultValues: { sandbox: '' } });
  const join = async ({ sandbox }: { sandbox: string }) => {
    const params = { path: { ref: endpointName } };
    const { metadata } = unwrap(await api.POST('/v1/endpoints/{ref}/join', { params, body: { sandbox: sandbox.trim() } }));
    noteJoin({ id: metadata.id, name: metadata.name, sandbox: sandbox.trim(), isCreated: false });
    toast.success(endpointForms.join.done(endpointName, sandbox.trim()));
    onClose();
  };
  return (
    <FormDialog
      title={text.title(endpointName)}
      description={text.description}
      submitLabel={endpointForms.join.submit}
      form={form}
      requests={({ sandbox }) => [{ method: 'POST', path: `/v1/endpoints/${endpointName}/join`, body: { sandbox: sandbox.trim() } }]}
      onSubmit={join}
      onClose={onClose}
    >
      <PickerField
        control={form.control}
        name="sandbox"
        label={endpoints.sandbox}
        required={text.sandboxNeeded}
        options={sandboxes}
        emptyText={text.noSandbox}
      />
    </FormDialog>
  );
}
