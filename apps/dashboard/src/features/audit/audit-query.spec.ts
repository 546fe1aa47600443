import { describe, expect, it } from 'vitest';
import { auditQuery, exportPath, type AuditFilters, type AuditQuery } from './audit-query';

const none: AuditFilters = { actor: '', resource: null, verb: null, object: '', outcome: null, tenant: '', since: '', until: '' };

describe('auditQuery', () => {
  const cases: { name: string; in: Partial<AuditFilters>; want: AuditQuery }[] = [
    { name: 'nothing', in: {}, want: {} },
    {
      name: 'who did what to what',
      in: { actor: ' ada ', resource: 'network', verb: 'delete', object: 'web', outcome: 'done' },
      want: { actor: 'ada', resource: 'network', verb: 'delete', object: 'web', outcome: 'done' },
    },
    { name: 'times in UTC', in: { since: '2026-01-01T12:00:00+02:00' }, want: { since: '2026-01-01T10:00:00.000Z' } },
    { name: 'a time that is typed by half', in: { until: '2026-' + 'xx' }, want: {} },
  ];
  it.each(cases)('$name', ({ in: filters, want }) => {
    expect(auditQuery({ ...none, ...filters })).toEqual(want);
  });
});

describe('exportPath', () => {
  it('has the same filters', () => {
    expect(exportPath('/api', {})).toBe('/api/v1/audit/export');
    expect(exportPath('/api', { actor: 'a b', outcome: 'refused' })).toBe('/api/v1/audit/export?actor=a+b&outcome=refused');
  });
});
