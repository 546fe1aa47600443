'use client';

import { unwrap, type Member } from '@netyard/api-client';
import type { TenantRole } from '@netyard/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useForm, useWatch } from 'react-hook-form';
import { toast } from 'sonner';
import { api } from '../../api/client';
import { membersKey, usersKey } from '../../api/query-keys';
import { settings } from '../../messages';
import { FormDialog } from '../form/form-dialog';
import { PickerField } from '../form/pickers';
import { useRefusal } from '../session/session-context';
import { RoleField } from './role-field';

const text = settings.members;

interface MemberFormProps {
  tenant: string;
  /** Left out: somebody is made a member. */
  member?: Member;
  onClose: () => void;
}

export function MemberForm({ tenant, member, onClose }: MemberFormProps) {
  const queries = useQueryClient();
  const seesUsers = useRefusal()({ resource: 'user', verb: 'read' }) === undefined;
  const { data: users } = useQuery({
    queryKey: usersKey,
    queryFn: async () => unwrap(await api.GET('/v1/users', { params: { query: { limit: 500 } } })).items,
    enabled: seesUsers && !member,
  });
  const form = useForm<{ name: string; spec: { role: TenantRole } }>({
    defaultValues: { name: member?.metadata.name ?? '', spec: { role: member?.spec.role ?? 'viewer' } },
  });
  const role = useWatch({ control: form.control, name: 'spec.role' });
  const save = async ({ name, spec }: { name: string; spec: { role: TenantRole } }) => {
    const params = {
      path: { tenant, ref: name.trim() },
      ...(member ? { header: { 'If-Match': `"${member.metadata.resourceVersion}"` } } : {}),
    };
    const saved = unwrap(await api.PUT('/v1/tenants/{tenant}/members/{ref}', { params, body: { spec } }));
    await queries.invalidateQueries({ queryKey: membersKey(tenant) });
    toast.success(member ? text.changed(saved.metadata.name) : text.added(saved.metadata.name));
    onClose();
  };
  return (
    <FormDialog
      title={member ? text.changeTitle(member.metadata.name) : text.addTitle}
      description={member ? text.changeDescription : text.addDescription(tenant)}
      submitLabel={member ? settings.save : text.add}
      form={form}
      requests={({ name, spec }) => [{ method: 'PUT', path: `/v1/tenants/${tenant}/members/${name || 'NAME'}`, body: { spec } }]}
      onSubmit={save}
      onClose={onClose}
    >
      {!member && (
        <PickerField
          control={form.control}
          name="name"
          label={text.user}
          hint={text.userHint}
          required={text.userNeeded}
          options={(users ?? []).map(({ metadata: { name } }) => ({ value: name, label: name }))}
          emptyText={text.userEmpty}
        />
      )}
      <RoleField registration={form.register('spec.role')} role={role} error={form.formState.errors.spec?.role?.message} />
    </FormDialog>
  );
}
