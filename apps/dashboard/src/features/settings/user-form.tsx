'use client';

import { unwrap, type User } from '@netyard/api-client';
import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { toast } from 'sonner';
import { api } from '../../api/client';
import { usersKey } from '../../api/query-keys';
import { session as sessionText, settings } from '../../messages';
import { Checkbox, Field, Select, TextInput } from '../../ui/field';
import { FormDialog } from '../form/form-dialog';
import { deploymentRoleChoices } from './role-field';
import { userFormValues, userPatch, userRequest, withoutPassword, type UserFormValues } from './user-request';

const text = settings.users;

/** Creates a user, or changes one. */
export function UserForm({ user, onClose }: { user?: User; onClose: () => void }) {
  const queries = useQueryClient();
  const form = useForm<UserFormValues>({ defaultValues: userFormValues(user) });
  const { register } = form;
  const errors = form.formState.errors;
  const name = user?.metadata.name ?? '';
  const save = async (values: UserFormValues) => {
    if (user) {
      const params = { path: { ref: name }, header: { 'If-Match': `"${user.metadata.resourceVersion}"` } };
      unwrap(await api.PATCH('/v1/users/{ref}', { params, body: userPatch(user, values) }));
      toast.success(text.changed(name));
    } else {
      const { metadata } = unwrap(await api.POST('/v1/users', { body: userRequest(values) }));
      toast.success(text.created(metadata.name));
    }
    await queries.invalidateQueries({ queryKey: usersKey });
    onClose();
  };
  return (
    <FormDialog
      title={user ? text.changeTitle(name) : text.title}
      description={user ? text.changeDescription : text.description}
      submitLabel={user ? settings.save : text.create}
      form={form}
      requests={(values) =>
        user
          ? [{ method: 'PATCH', path: `/v1/users/${name}`, body: withoutPassword(userPatch(user, values)) }]
          : [{ method: 'POST', path: '/v1/users', body: withoutPassword(userRequest(values)) }]
      }
      onSubmit={save}
      onClose={onClose}
    >
      {!user && (
        <Field label={text.name} error={errors.metadata?.name?.message}>
          {(described) => <TextInput {...described} {...register('metadata.name', { required: text.nameNeeded })} placeholder="ada" />}
        </Field>
      )}
      <Field
        label={user ? text.newPassword : text.password}
        optional
        error={errors.spec?.password?.message}
        hint={user ? text.newPasswordHint : text.passwordHint}
      >
        {(described) => <TextInput {...described} {...register('spec.password')} type="password" autoComplete="new-password" />}
      </Field>
      <Field label={text.role} error={errors.spec?.deploymentRole?.message}>
        {(described) => (
          <Select {...described} {...register('spec.deploymentRole')}>
            <option value="">{text.noRole}</option>
            {deploymentRoleChoices.map((role) => (
              <option key={role} value={role}>
                {sessionText.roles[role]}: {settings.roleHints[role]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {user && (
        <Checkbox {...register('spec.disabled')} label={text.disabled} hint={text.disabledHint} error={errors.spec?.disabled?.message} />
      )}
    </FormDialog>
  );
}
