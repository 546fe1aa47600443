'use client';

import { unwrap } from '@netyard/api-client';
import { useForm } from 'react-hook-form';
import { toast } from 'sonner';
import { api } from '../../api/client';
import { FormDialog } from '../form/form-dialog';
import { PickerField, useOptions } from '../form/pickers';
import type { SandboxRow } from '../inventory/inventory';
import { useInventory } from '../inventory/use-inventory';

const sandboxDetail = ({ hostName }: SandboxRow): string => hostName;

/** Joins an endpoint that has left its sandbox to one again; it keeps its addresses. */
export function JoinExistingForm({ endpointName, onClose }: { endpointName: string; onClose: () => void }) {
  const sandboxes = useOptions(useInventory()?.sandboxes, sandboxDetail);
  const form = useForm({ defaultValues: { sandbox: '' } });
  const join = async ({ sandbox }: { sandbox: string }) => {
    unwrap(await api.POST('/v1/endpoints/{ref}/join', { params: { path: { ref: endpointName } }, body: { sandbox: sandbox.trim() } }));
    toast.success(`${endpointName} is being joined to ${sandbox.trim()}`);
    onClose();
  };
  return (
    <FormDialog
      title={`Join ${endpointName} to a sandbox`}
      description="It keeps its addresses and its MAC address."
      submitLabel="Join"
      form={form}
      requests={({ sandbox }) => [{ method: 'POST', path: `/v1/endpoints/${endpointName}/join`, body: { sandbox: sandbox.trim() } }]}
      onSubmit={join}
      onClose={onClose}
    >
      <PickerField
        control={form.control}
        name="sandbox"
        label="Sandbox"
        required="Choose a sandbox."
        options={sandboxes}
        emptyText="There is no sandbox yet."
      />
    </FormDialog>
  );
}
