import type { PolicySelector } from '@netyard/api-client';
import { describe, expect, it } from 'vitest';
import { emptyPolicy, emptyRule, policyPatch, policyRequest, type PolicyFormValues } from './policy-request';
import { parseSelector, selectorText } from './selector-text';

const policy = (rules: Partial<PolicyFormValues['spec']['rules'][number]>[]): PolicyFormValues => {
  const empty = emptyPolicy('web');
  return { ...empty, spec: { ...empty.spec, rules: rules.map((rule) => ({ ...emptyRule, ...rule })) } };
};

describe('policyRequest', () => {
  it('leaves out what selects everything', () => {
    expect(policyRequest(policy([{}])).spec.rules).toEqual([{ action: 'deny' }]);
  });

  it('reads selectors and ports', () => {
    const rule = { action: 'allow' as const, protocol: 'tcp' as const, ports: '5432, 8000-8100', from: 'a, b', to: 'role=db' };
    expect(policyRequest(policy([rule])).spec.rules).toEqual([
      { action: 'allow', protocol: 'tcp', ports: ['5432', '8000-8100'], from: { endpoints: ['a', 'b'] }, to: { labels: { role: 'db' } } },
    ]);
  });

  it('keeps the order of the rules, and the network out of a patch', () => {
    const patch = policyPatch(policy([{ action: 'allow' }, { action: 'deny', direction: 'ingress' }]));
    expect(patch.spec).toEqual({
      priority: 0,
      defaultAction: 'allow',
      rules: [{ action: 'allow' }, { action: 'deny', direction: 'ingress' }],
    });
  });
});

describe('selectors as text', () => {
  it.each<{ text: string; selector: PolicySelector | undefined }>([
    { text: '', selector: undefined },
    { text: 'a, b', selector: { endpoints: ['a', 'b'] } },
    { text: 'role=db, tier=back', selector: { labels: { role: 'db', tier: 'back' } } },
    { text: '*', selector: { labels: {} } },
    { text: '10.0.0.0/8, 2001:db8::/32', selector: { cidrs: ['10.0.0.0/8', '2001:db8::/32'] } },
    { text: 'role=db, network:back', selector: { labels: { role: 'db' }, network: 'back' } },
  ])('reads "$text" as it writes it', ({ text, selector }) => {
    expect(parseSelector(text)).toEqual(selector);
    expect(selectorText(selector)).toBe(text);
  });
});
