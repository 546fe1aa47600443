import type { CreateToken } from '@netyard/api-client';
import { describe, expect, it } from 'vitest';
import { scopeText, tokenRequest, type TokenFormValues } from './token-request';

const now = Date.parse('2026-01-01T00:00:00Z');
const plain: TokenFormValues['spec'] = { role: 'editor', readOnly: false, allowedSources: '', expiresAt: '', resources: [], verbs: [] };

describe('tokenRequest', () => {
  const cases: { name: string; in: Partial<TokenFormValues['spec']>; want: Partial<CreateToken['spec']> }[] = [
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
