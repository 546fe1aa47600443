'use client';

import type { DeploymentRole, TenantRole } from '@netyard/contracts';
import type { UseFormRegisterReturn } from 'react-hook-form';
import { session, settings } from '../../messages';
import { Field, Select } from '../../ui/field';

export const tenantRoleChoices = ['viewer', 'editor', 'owner'] as const satisfies readonly TenantRole[];
export const deploymentRoleChoices = ['auditor', 'admin'] as const satisfies readonly DeploymentRole[];

interface RoleFieldProps {
  registration: UseFormRegisterReturn;
  /** What is chosen now, which is explained. */
  role: TenantRole | DeploymentRole;
  error: string | undefined;
  /** Those of a tenant unless told otherwise. */
  choices?: readonly (TenantRole | DeploymentRole)[];
}

/** Chooses what somebody may do, and says what that is. */
export function RoleField({ registration, role, error, choices = tenantRoleChoices }: RoleFieldProps) {
  return (
    <Field label={settings.columns.role} error={error} hint={settings.roleHints[role]}>
      {(described) => (
        <Select {...described} {...registration}>
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {session.roles[choice]}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
