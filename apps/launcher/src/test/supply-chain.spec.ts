import { describe, expect, it } from 'vitest';
import { judgeAdvisories, judgeSignatures } from './supply-chain';

const advisory = (name: string, severity: string) => ({ [name]: { name, severity, range: '<1.2.3' } });

describe('advisories', () => {
  it.each([
    { name: 'none', in: { vulnerabilities: {} }, want: { passed: true, text: 'no advisories' } },
    {
      name: 'some',
      in: { vulnerabilities: advisory('a', 'moderate') },
      want: { passed: true, text: '1 advisories, none of them high or critical' },
    },
    {
      name: 'grave ones',
      in: { vulnerabilities: { ...advisory('a', 'high'), ...advisory('b', 'low'), ...advisory('c', 'critical') } },
      want: { passed: false, text: 'high: a <1.2.3\ncritical: c <1.2.3' },
    },
    {
      name: 'a registry without them',
      in: { message: '405 Method Not Allowed - POST https://registry.example/bulk', error: { summary: '' } },
      want: { passed: true, text: 'the registry serves no advisories (405 Method Not Allowed - POST https://registry.example/bulk)' },
    },
    { name: 'silence', in: '', want: { passed: true, text: 'the registry serves no advisories (it was not reached)' } },
  ])('$name', ({ in: output, want }) => {
    expect(judgeAdvisories(typeof output === 'string' ? output : JSON.stringify(output))).toEqual(want);
  });
});

describe('signatures', () => {
  const unsigned = { name: 'a', version: '1.0.0' };
  it.each([
    { name: 'right ones', in: { invalid: [], missing: [] }, want: { passed: true, text: 'all signatures are right' } },
    {
      name: 'missing ones',
      in: { invalid: [], missing: [unsigned] },
      want: { passed: true, text: 'no signature is wrong; 1 packages have none' },
    },
    { name: 'wrong ones', in: { invalid: [unsigned], missing: [] }, want: { passed: false, text: 'the signature of a 1.0.0 is wrong' } },
    {
      name: 'a registry without them',
      in: { error: { code: 'ENOTFOUND', summary: 'request to https://keys.example failed\nmore' } },
      want: { passed: true, text: 'the registry serves no signatures (request to https://keys.example failed)' },
    },
  ])('$name', ({ in: output, want }) => {
    expect(judgeSignatures(JSON.stringify(output))).toEqual(want);
  });
});
