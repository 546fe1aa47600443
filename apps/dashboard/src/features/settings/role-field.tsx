'use client';

import type { DeploymentRole, TenantRole } from '@netyard/contracts';
import type { UseFormRegisterReturn } from 'react-hook-form';
import { session, settings } from '../../messages';
import { Field, Select } from '../../ui/field';

export const tenantRoleChoices = ['viewer', 'editor', 'owner'] as const satisfies readonly TenantRole[];

interface RoleFieldProps {
  registration: UseFormRegisterReturn;
  /** What is chosen now, which is explained. */
  role: TenantRole | DeploymentRole;
  error: string | undefined;
}

/** Chooses what somebody may do in a tenant, and says what that is. */
export function RoleField({ registration, role, error }: RoleFieldProps) {
  return (
    <Field label={settings.columns.role} error={error} hint={settings.roleHints[role]}>
      {(described) => (
        <Select {...described} {...registration}>
          {tenantRoleChoices.map((choice) => (
            <option key={choice} value={choice}>
              {session.roles[choice]}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
