import { describe, expect, it } from 'vitest';
import { admissionObstacle, membershipsOf, userNames, valuesOf } from './claims';

describe('valuesOf', () => {
  it.each([
    { name: 'groups', in: { groups: ['a', 'b'] }, want: ['a', 'b'] },
    { name: 'groups', in: { groups: 'a' }, want: ['a'] },
    { name: 'level', in: { level: 3 }, want: ['3'] },
    { name: 'groups', in: { groups: [{ a: 1 }, null, 'c'] }, want: ['c'] },
    { name: 'https://example.net/groups', in: { 'https://example.net/groups': ['a'] }, want: ['a'] },
    { name: '/realm_access/roles', in: { realm_access: { roles: ['admin'] } }, want: ['admin'] },
    { name: '/a~1b/c~0d', in: { 'a/b': { 'c~d': 'x' } }, want: ['x'] },
    { name: '/realm_access/roles', in: { realm_access: 'none' }, want: [] },
    { name: 'constructor', in: {}, want: [] },
    { name: '/constructor/name', in: {}, want: [] },
  ])('reads $name of $in', ({ name, in: claims, want }) => {
    expect(valuesOf(claims, name)).toEqual(want);
  });
});

describe('admissionObstacle', () => {
  const verified = { email: 'ada@Example.net', email_verified: true };
  it.each([
    { admit: 'everybody' as const, in: {}, want: undefined },
    { admit: { emailDomains: ['example.net'] }, in: verified, want: undefined },
    { admit: { emailDomains: ['example.net'] }, in: { ...verified, email_verified: 'true' }, want: /not verified/ },
    { admit: { emailDomains: ['example.net'] }, in: { ...verified, email: 'ada@sub.example.net' }, want: /no domain/ },
    { admit: { emailDomains: ['example.net'] }, in: { ...verified, email: 'a@b@example.net' }, want: /no domain/ },
    { admit: { emailDomains: ['example.net'] }, in: { email_verified: true }, want: /no domain/ },
    { admit: { claim: { name: 'groups', values: ['staff'] } }, in: { groups: ['staff'] }, want: undefined },
    { admit: { claim: { name: 'groups', values: ['staff'] } }, in: { groups: 'staffers' }, want: /claim groups/ },
    { admit: { emailDomains: ['example.net'], claim: { name: 'g', values: ['x'] } }, in: verified, want: /claim g / },
  ])('of $in, where $admit may', ({ admit, in: claims, want }) => {
    const obstacle = admissionObstacle(admit, claims);
    if (want === undefined) expect(obstacle).toBeUndefined();
    else expect(obstacle).toMatch(want);
  });
});

it('gives the strongest role of each tenant', () => {
  const rules = [
    { value: 'teachers', tenant: 'a', role: 'owner' as const },
    { value: 'everyone', tenant: 'a', role: 'viewer' as const },
    { value: 'everyone', tenant: 'b', role: 'viewer' as const },
    { value: 'helpers', tenant: 'b', role: 'editor' as const },
  ];
  const of = (...groups: string[]) => [...membershipsOf({ claim: 'groups', rules }, { groups })];
  expect(of('everyone', 'teachers', 'helpers')).toEqual([
    ['a', 'owner'],
    ['b', 'editor'],
  ]);
  expect(of()).toEqual([]);
  expect([...membershipsOf(null, { groups: ['teachers'] })]).toEqual([]);
});

describe('userNames', () => {
  const identity = { issuer: 'https://id.example.net', subject: '1' };
  it.each([
    ['ada', 'ada', /^ada-[0-9a-f]{12}$/],
    ['Ada.Lovelace@example.net', 'ada-lovelace', /^ada-lovelace-[0-9a-f]{12}$/],
    ['Zoë Müller', 'zoe-muller', /^zoe-muller-[0-9a-f]{12}$/],
    ['x'.repeat(100), 'x'.repeat(63), /^x{50}-[0-9a-f]{12}$/],
    ['--', /^user-[0-9a-f]{12}$/, /^user-[0-9a-f]{12}-2$/],
    ['名前', /^user-[0-9a-f]{12}$/, /^user-[0-9a-f]{12}-2$/],
  ])('of %s', (given, first, second) => {
    const names = userNames('preferred_username', { preferred_username: given }, identity);
    expect(names[0]).toMatch(typeof first === 'string' ? new RegExp(`^${first}$`) : first);
    expect(names[1]).toMatch(second);
  });

  it('mark another account otherwise', () => {
    const second = (subject: string): string => userNames('n', { n: 'ada' }, { ...identity, subject })[1];
    expect(second('1')).toBe(second('1'));
    expect(second('1')).not.toBe(second('2'));
  });
});
