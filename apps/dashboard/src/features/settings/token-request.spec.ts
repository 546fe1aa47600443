import { describe, expect, it } from 'vitest';
import { scopeResources, scopeText, tokenRequest, type TokenFormValues, type TokenRequest } from './token-request';

const now = Date.parse('2026-01-01T00:00:00Z');
const plain: TokenFormValues['spec'] = { role: 'editor', readOnly: false, allowedSources: '', expiresAt: '', resources: [], verbs: [] };

describe('tokenRequest', () => {
  const cases: { name: string; in: Partial<TokenFormValues['spec']>; want: Partial<TokenRequest['spec']> }[] = [
    { name: 'nothing but a role', in: {}, want: { role: 'editor' } },
    { name: 'for reading only', in: { readOnly: true }, want: { role: 'editor', readOnly: true } },
    {
      name: 'from two places',
      in: { allowedSources: '192.0.2.0/24, 2001:db8::/32' },
      want: { role: 'editor', allowedSources: ['192.0.2.0/24', '2001:db8::/32'] },
    },
    { name: 'for thirty days', in: { expiresAt: '30' }, want: { role: 'editor', expiresAt: '2026-01-31T00:00:00.000Z' } },
    {
      name: 'for some kinds, with all verbs',
      in: { resources: ['endpoint'] },
      want: { role: 'editor', scopes: [{ resources: ['endpoint'], verbs: ['read', 'create', 'update', 'delete'] }] },
    },
    {
      name: 'for some verbs of some kinds',
      in: { resources: ['endpoint', 'port'], verbs: ['read'] },
      want: { role: 'editor', scopes: [{ resources: ['endpoint', 'port'], verbs: ['read'] }] },
    },
    {
      name: 'of the deployment, for some kinds that only it has',
      in: { role: 'admin', resources: ['enrolment'] },
      want: { role: 'admin', scopes: [{ resources: ['enrolment'], verbs: ['read', 'create', 'update', 'delete'] }] },
    },
    {
      name: 'of the deployment, for some verbs of all kinds',
      in: { role: 'auditor', verbs: ['read'] },
      want: { role: 'auditor', scopes: [{ resources: [...scopeResources('auditor')], verbs: ['read'] }] },
    },
  ];
  it.each(cases)('$name', ({ in: spec, want }) => {
    expect(tokenRequest({ metadata: { name: ' ci ' }, spec: { ...plain, ...spec } }, now)).toEqual({
      metadata: { name: 'ci' },
      spec: want,
    });
  });
});

describe('scopeText', () => {
  it('tells all apart from some', () => {
    expect(scopeText(null)).toBe('all that the role may');
    expect(scopeText([{ resources: ['endpoint', 'port'], verbs: ['read'] }])).toBe('read: endpoint, port');
  });
});
