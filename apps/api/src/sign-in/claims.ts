import { createHash } from 'node:crypto';
import { namePattern, tenantRoles, type TenantRole } from '@netyard/contracts';
import type { Admission, ClaimName, MembershipRule, OidcProviderSettings } from './oidc-settings';

/** What a provider says of an account. */
export type Claims = Record<string, unknown>;

/** The values of a claim as text: a list has its own, anything else is one, and what is no text, number or truth is none. */
export function valuesOf(claims: Claims, name: ClaimName): string[] {
  const value = name.startsWith('/') ? deeper(claims, name) : own(claims, name);
  return (Array.isArray(value) ? (value as unknown[]) : [value]).flatMap((item) =>
    typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean' ? [String(item)] : [],
  );
}

const own = (object: object, key: string): unknown => (Object.hasOwn(object, key) ? (object as Claims)[key] : undefined);

/** By a JSON pointer (RFC 6901). */
function deeper(claims: Claims, pointer: string): unknown {
  const keys = pointer
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  return keys.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? own(value, key) : undefined), claims);
}

/** Why an account may not sign in; undefined when it may. */
export function admissionObstacle(admit: Admission | 'everybody', claims: Claims): string | undefined {
  if (admit === 'everybody') return undefined;
  const { emailDomains, claim } = admit;
  if (emailDomains) {
    if (claims['email_verified'] !== true) return 'its e-mail address is not verified';
    const domain = /^[^@\s]+@([^@\s]+)$/.exec(String(claims['email']))?.[1]?.toLowerCase();
    if (!emailDomains.some((allowed) => allowed.toLowerCase() === domain)) return 'its e-mail address is of no domain that may sign in';
  }
  if (claim && !valuesOf(claims, claim.name).some((value) => claim.values.includes(value)))
    return `its claim ${claim.name} has no value that may sign in`;
  return undefined;
}

/** The role that claims give in each tenant, by the tenant's name: the strongest of what rules say. */
export function membershipsOf(memberships: OidcProviderSettings['memberships'], claims: Claims): Map<string, TenantRole> {
  const wanted = new Map<string, TenantRole>();
  if (!memberships) return wanted;
  const values = new Set(valuesOf(claims, memberships.claim));
  for (const { value, tenant, role } of memberships.rules) {
    if (!values.has(value)) continue;
    const present = wanted.get(tenant);
    if (present === undefined || isStronger(role, present)) wanted.set(tenant, role);
  }
  return wanted;
}

const isStronger = (role: MembershipRule['role'], other: TenantRole): boolean => tenantRoles.indexOf(role) < tenantRoles.indexOf(other);

/**
 * Names for a new user, the first of which is the account's own. The second has a mark of issuer and subject: a name that is taken is somebody else's,
 * whatever the provider says.
 */
export function userNames(nameClaim: ClaimName, claims: Claims, identity: { issuer: string; subject: string }): [string, string] {
  const mark = createHash('sha256')
    .update(JSON.stringify([identity.issuer, identity.subject]))
    .digest('hex')
    .slice(0, 12);
  const [given = ''] = valuesOf(claims, nameClaim);
  const plain = (text: string, length: number): string =>
    text
      .normalize('NFKD')
      .toLowerCase()
      .replace(/@.*/s, '')
      .replaceAll(/\p{M}/gu, '')
      .replaceAll(/[^a-z0-9]+/g, '-')
      .slice(0, length)
      .replaceAll(/^-+|-+$/g, '');
  const name = plain(given, 63);
  if (!namePattern.test(name)) return [`user-${mark}`, `user-${mark}-2`];
  return [name, `${plain(given, 50)}-${mark}`];
}
