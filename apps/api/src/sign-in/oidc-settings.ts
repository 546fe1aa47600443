import { readFileSync } from 'node:fs';
import { tenantRoles, type TenantRole } from '@netyard/contracts';
import { Ajv } from 'ajv';
import { fileObstacle } from '../file-obstacle';
import type { SchemaObject } from '../http/openapi-types';

/** A claim, by its name or, where the value lies deeper, by a JSON pointer such as `/realm_access/roles`. */
export type ClaimName = string;

/** Whose accounts a provider's word is taken for. All that is named has to hold, at each sign-in. */
export interface Admission {
  /** The address is one of these domains, and the provider has verified it. */
  emailDomains?: string[];
  /** The claim has one of the values. */
  claim?: { name: ClaimName; values: string[] };
}

/** Who has the value in the claim is a member of the tenant. */
export interface MembershipRule {
  value: string;
  tenant: string;
  role: TenantRole;
}

/** An OpenID Connect provider that people sign in by. */
export interface OidcProviderSettings {
  /** As the API and the audit call it. */
  name: string;
  /** As people are shown it. */
  title: string;
  issuer: string;
  clientId: string;
  /** Null: a public client, which shows that it is itself by PKCE alone. */
  clientSecret: string | null;
  clientAuthentication: 'client_secret_basic' | 'client_secret_post';
  /** PEM of the authorities that its certificate may come from; null: those that Node.js knows. */
  ca: string | null;
  scopes: string[];
  admit: Admission | 'everybody';
  /** Whether an account that is nobody's yet becomes a user. */
  createUsers: boolean;
  /** Where the name of a new user is taken from. */
  nameClaim: ClaimName;
  memberships: { claim: ClaimName; rules: MembershipRule[] } | null;
  sessionHours: number;
}

export interface OidcSettings {
  /** Where people reach the dashboard: providers send them back there, and nowhere else. */
  dashboardUrl: string;
  providers: OidcProviderSettings[];
}

/** Paths of the dashboard that providers send people to; both are registered with the provider. */
export const callbackUrl = ({ dashboardUrl }: OidcSettings): string => `${dashboardUrl}/sign-in/callback`;
export const signedOutUrl = ({ dashboardUrl }: OidcSettings): string => `${dashboardUrl}/sign-in`;

export const oidcVariables = {
  NETYARD_OIDC_FILE: 'OpenID Connect providers that people sign in by, as JSON (none: passwords alone; docs/operations.md has the form)',
} as const;

const text: SchemaObject = { type: 'string', minLength: 1, maxLength: 512 };
const texts: SchemaObject = { type: 'array', minItems: 1, maxItems: 100, items: text };
const record = (properties: Record<string, SchemaObject>, required: string[]): SchemaObject => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});

const providerSchema: SchemaObject = record(
  {
    name: { type: 'string', pattern: '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$' },
    title: text,
    // What comes over plain HTTP could be anybody's word.
    issuer: { type: 'string', pattern: '^https://[^\\s?#]+$', maxLength: 512 },
    clientId: text,
    clientSecretFile: text,
    clientAuthentication: { type: 'string', enum: ['client_secret_basic', 'client_secret_post'] },
    caFile: text,
    scopes: { ...texts, contains: { enum: ['openid'] } } as SchemaObject,
    admit: {
      oneOf: [
        { type: 'string', enum: ['everybody'] },
        { ...record({ emailDomains: texts, claim: record({ name: text, values: texts }, ['name', 'values']) }, []), minProperties: 1 },
      ],
    },
    createUsers: { type: 'boolean' },
    nameClaim: text,
    memberships: record(
      {
        claim: text,
        rules: {
          type: 'array',
          minItems: 1,
          maxItems: 1000,
          items: record({ value: text, tenant: text, role: { type: 'string', enum: [...tenantRoles] } }, ['value', 'tenant', 'role']),
        },
      },
      ['claim', 'rules'],
    ),
    sessionHours: { type: 'integer', minimum: 1, maximum: 168 },
  },
  ['name', 'issuer', 'clientId', 'admit'],
);

const isSettings = new Ajv({ allowUnionTypes: true }).compile<SettingsFile>(
  record(
    {
      dashboardUrl: { type: 'string', pattern: '^https?://[^\\s/?#@]+(/[^\\s?#]*[^\\s/?#])?$', maxLength: 512 },
      providers: { type: 'array', minItems: 1, maxItems: 16, items: providerSchema },
    },
    ['dashboardUrl', 'providers'],
  ),
);

type ProviderFile = Pick<OidcProviderSettings, 'name' | 'issuer' | 'clientId' | 'admit'> &
  Partial<Omit<OidcProviderSettings, 'clientSecret' | 'ca'>> & { clientSecretFile?: string; caFile?: string };
interface SettingsFile {
  dashboardUrl: string;
  providers: ProviderFile[];
}

/** Null: nobody signs in by a provider. `fail` throws; no secret is in what it is told. */
export function parseOidc(
  read: (name: keyof typeof oidcVariables) => string | undefined,
  fail: (name: keyof typeof oidcVariables, detail: string) => never,
): OidcSettings | null {
  const path = read('NETYARD_OIDC_FILE');
  if (path === undefined) return null;
  const refuse = (detail: string): never => fail('NETYARD_OIDC_FILE', detail);
  const settings = parseFile(path, refuse);
  const names = settings.providers.map(({ name }) => name);
  if (new Set(names).size < names.length) refuse('has two providers of one name');
  return { ...settings, providers: settings.providers.map((provider, index) => complete(provider, `/providers/${index}`, refuse)) };
}

function parseFile(path: string, refuse: (detail: string) => never): SettingsFile {
  const obstacle = fileObstacle(path);
  if (obstacle !== undefined) refuse(obstacle);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // The parser would quote what it stumbled over.
    refuse(`names ${path}, which is no JSON`);
  }
  if (isSettings(content)) return content;
  const [error] = isSettings.errors ?? [];
  const culprit = Object.values(error?.params ?? {}).join(', ');
  return refuse(`names ${path}, whose ${error?.instancePath || '/'} ${error?.message ?? 'is not valid'}${culprit ? ` (${culprit})` : ''}`);
}

function complete(
  { clientSecretFile, caFile, ...provider }: ProviderFile,
  pointer: string,
  refuse: (detail: string) => never,
): OidcProviderSettings {
  const content = (field: string, path: string | undefined): string | null => {
    if (path === undefined) return null;
    const obstacle = fileObstacle(path);
    return obstacle === undefined ? readFileSync(path, 'utf8').trim() : refuse(`has ${pointer}/${field}, which ${obstacle}`);
  };
  return {
    title: provider.name,
    clientAuthentication: 'client_secret_basic',
    scopes: ['openid', 'profile', 'email'],
    createUsers: false,
    nameClaim: 'preferred_username',
    memberships: null,
    sessionHours: 12,
    ...provider,
    clientSecret: content('clientSecretFile', clientSecretFile),
    ca: content('caFile', caFile),
  };
}
