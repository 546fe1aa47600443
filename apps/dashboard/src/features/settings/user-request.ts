import type { CreateUser, PatchUser, User } from '@netyard/api-client';
import type { DeploymentRole } from '@netyard/contracts';

export interface UserFormValues {
  metadata: { name: string };
  /** Empty: none, or the one that there is. */
  spec: { password: string; deploymentRole: DeploymentRole | ''; disabled: boolean };
}

export const userFormValues = (user?: User): UserFormValues => ({
  metadata: { name: user?.metadata.name ?? '' },
  spec: { password: '', deploymentRole: user?.spec.deploymentRole ?? '', disabled: user?.spec.disabled ?? false },
});

export const userRequest = ({ metadata, spec }: UserFormValues): CreateUser => ({
  metadata: { name: metadata.name.trim() },
  spec: {
    ...(spec.password === '' ? {} : { password: spec.password }),
    ...(spec.deploymentRole === '' ? {} : { deploymentRole: spec.deploymentRole }),
  },
});

/** What has changed. */
export const userPatch = (user: User, { spec }: UserFormValues): PatchUser => ({
  spec: {
    ...(spec.password === '' ? {} : { password: spec.password }),
    ...((user.spec.deploymentRole ?? '') === spec.deploymentRole ? {} : { deploymentRole: spec.deploymentRole || null }),
    ...(user.spec.disabled === spec.disabled ? {} : { disabled: spec.disabled }),
  },
});

/** A request as it may be shown: without the password that was typed. */
export const withoutPassword = <Body extends CreateUser | PatchUser>(body: Body): Body =>
  body.spec?.password ? { ...body, spec: { ...body.spec, password: '…' } } : body;
