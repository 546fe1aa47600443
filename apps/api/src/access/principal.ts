import type { DeploymentRole, Role, TenantGrants, TenantId, TenantRole } from '@netyard/contracts';
import type { TokenLimits } from './access-policy';

/** Who asks. */
export interface Principal {
  kind: 'environment' | 'token' | 'user' | 'host' | 'enrolment';
  /** Null for tokens of the environment, of which there is no row. */
  id: string | null;
  /** As logs and the audit call it. */
  name: string;
  /** What it may do everywhere; null: only where it is a member. */
  everywhere: DeploymentRole | 'worker' | 'host' | 'enrolling' | null;
  memberships: { tenantId: TenantId; role: TenantRole }[];
  limits: TokenLimits;
  /** Of a user who has signed in. */
  sessionId?: string;
  /** The OpenID Connect provider by which; null: a password. */
  provider?: string | null;
  expiresAt?: Date | null;
}

/** A tenant as requests meet it. */
export interface TenantRow {
  id: TenantId;
  name: string;
  address_space_id: string;
  grants: TenantGrants;
}

/** The stronger of what a principal may do everywhere, and in a tenant; undefined when it is a stranger there. */
export function roleIn({ everywhere, memberships }: Principal, tenantId: TenantId): Role | undefined {
  if (everywhere === null && memberships.length === 0) return 'memberless';
  const membership = memberships.find((known) => known.tenantId === tenantId);
  if (everywhere === 'auditor' && membership && membership.role !== 'viewer') return membership.role;
  return everywhere ?? membership?.role;
}
