import type { Condition, ReportedCondition } from '@netyard/contracts';
import { describe, expect, it } from 'vitest';
import { parsePrefer } from '../http/prefer';
import { isKnown, parseIfMatch } from '../http/etag';
import { aggregateReady, aggregateWarning, isReadyAt, mergeConditions, pendingConditions } from './conditions';
import { LabelSelector } from './label-selector';

const before = new Date('2026-01-01T00:00:00Z');
const now = new Date('2026-01-01T00:01:00Z');
const reported = (type: string, status: ReportedCondition['status'], reason = 'Applied', message = ''): ReportedCondition => ({
  type,
  status,
  reason,
  message,
});

describe('mergeConditions', () => {
  it.each<[string, ReportedCondition[], Partial<Condition>]>([
    ['all True', [reported('LinkReady', 'True'), reported('RoutesReady', 'True')], { status: 'True', reason: 'Applied' }],
    [
      'one False',
      [reported('LinkReady', 'True'), reported('RoutesReady', 'False', 'ENETUNREACH', 'no way')],
      { status: 'False', reason: 'ENETUNREACH', message: 'no way' },
    ],
    [
      'the cause, not what was undone for it',
      [reported('LinkReady', 'False', 'Undone'), reported('RoutesReady', 'False', 'EEXIST', 'there')],
      { status: 'False', reason: 'EEXIST', message: 'there' },
    ],
    ['Unknown', [reported('LinkReady', 'Unknown', 'Silent')], { status: 'Unknown', message: 'LinkReady is Unknown' }],
    ['nothing to wait for', [], { status: 'True' }],
    ['a warning', [reported('BridgeReady', 'True'), reported('UnderlayCarries', 'False')], { status: 'True', reason: 'Applied' }],
  ])('derives Ready: %s', (_, conditions, want) => {
    const [ready, ...others] = mergeConditions(pendingConditions('waiting', before), conditions, 3, now);
    expect(ready).toMatchObject({ type: 'Ready', observedGeneration: 3, ...want });
    expect(others.map(({ type }) => type)).toEqual(conditions.map(({ type }) => type));
  });

  it('moves the time of transition only with the status', () => {
    const first = mergeConditions([], [reported('LinkReady', 'True')], 1, before);
    const same = mergeConditions(first, [reported('LinkReady', 'True', 'Applied', 'again')], 2, now);
    expect(same.map(({ lastTransitionTime }) => lastTransitionTime)).toEqual([before.toISOString(), before.toISOString()]);
    const worse = mergeConditions(same, [reported('LinkReady', 'False', 'EIO')], 2, now);
    expect(worse.map(({ lastTransitionTime }) => lastTransitionTime)).toEqual([now.toISOString(), now.toISOString()]);
  });
});

describe('aggregateReady', () => {
  const on = (host: string, status: 'True' | 'False', generation: number) => ({
    host,
    conditions: mergeConditions(
      [],
      [reported('BridgeReady', status, status === 'True' ? 'Applied' : 'EPERM', 'not allowed')],
      generation,
      before,
    ),
  });

  it.each([
    ['nowhere', [], { status: 'True', reason: 'NotRealised' }],
    ['everywhere', [on('a', 'True', 2), on('b', 'True', 2)], { status: 'True', reason: 'Applied' }],
    ['one fails', [on('a', 'True', 2), on('b', 'False', 2)], { status: 'False', reason: 'EPERM', message: 'on host b: not allowed' }],
    [
      'one is behind',
      [on('a', 'True', 1), on('b', 'True', 2)],
      { status: 'False', reason: 'Pending', message: 'host a has not reported yet', observedGeneration: 1 },
    ],
    ['one is new', [{ host: 'a', conditions: [] }], { status: 'False', reason: 'Pending', observedGeneration: 0 }],
  ])('%s', (_, hosts, want) => {
    const ready = aggregateReady(hosts, 2, before);
    expect(ready).toMatchObject(want);
    expect(isReadyAt([ready], 2)).toBe(want.status === 'True');
  });
});

describe('aggregateWarning', () => {
  const on = (status: Condition['status'], message: string, second = 0): { host: string; conditions: Condition[] } => ({
    host: message || 'h',
    conditions: mergeConditions([], [reported('UnderlayCarries', status, 'Said', message)], 1, new Date(before.getTime() + second * 1000)),
  });

  it.each<[string, { host: string; conditions: Condition[] }[], Partial<Condition>[]]>([
    ['nobody has said anything', [{ host: 'a', conditions: [] }], []],
    ['all is well', [on('True', ''), on('True', '', 1)], [{ status: 'True', message: '', lastTransitionTime: '2026-01-01T00:00:01.000Z' }]],
    ['one does not know', [on('True', ''), on('Unknown', 'who knows')], [{ status: 'Unknown', message: 'who knows' }]],
    ['one warns', [on('Unknown', 'who knows'), on('False', 'a to b'), on('True', '')], [{ status: 'False', message: 'a to b' }]],
    ['two warn', [on('False', 'a'), on('True', ''), on('False', 'b')], [{ status: 'False', message: 'a. The like is said by host b' }]],
    [
      'many warn',
      [on('False', 'a'), on('False', 'b'), on('False', 'c'), on('False', 'd'), on('False', 'e'), on('False', 'f')],
      [{ status: 'False', message: 'a. The like is said by host b, c, d and 2 more' }],
    ],
  ])('%s', (_, hosts, want) => {
    expect(aggregateWarning('UnderlayCarries', hosts, 2)).toEqual(
      want.map((condition) => expect.objectContaining({ ...condition, observedGeneration: 2 })),
    );
  });
});

describe('LabelSelector', () => {
  it.each([
    ['team=blue', true],
    ['team!=blue', false],
    ['team', true],
    ['!team', false],
    ['other!=x', true],
    ['empty=', true],
    ['team=blue,!other,empty', true],
    ['team=blue,other', false],
  ])('%s', (text, want) => {
    expect(LabelSelector.parse(text).matches({ team: 'blue', empty: '' })).toBe(want);
  });

  it.each(['', ',', '=x', 'a==b', '!a=b', 'a b', 'a=b c'])('refuses %j', (text) => {
    expect(() => LabelSelector.parse(text)).toThrow(expect.objectContaining({ code: 'unknown-parameter' }));
  });

  it('binds values instead of writing them into SQL', () => {
    const values: unknown[] = [];
    expect(LabelSelector.parse('team=blue,!old').toSql('labels', (value) => `$${values.push(value)}`)).toBe(
      'labels @> $1::jsonb AND NOT (labels ? $2)',
    );
    expect(values).toEqual(['{"team":"blue"}', 'old']);
  });
});

it.each([
  [undefined, { waitSeconds: null, respondAsync: false }],
  ['wait=10', { waitSeconds: 10, respondAsync: false }],
  ['respond-async, wait="5"; x=y', { waitSeconds: 5, respondAsync: true }],
  ['Wait = 900', { waitSeconds: 60, respondAsync: false }],
  ['wait=soon, return=minimal', { waitSeconds: null, respondAsync: false }],
])('reads Prefer: %s', (header, want) => {
  expect(parsePrefer(header)).toEqual(want);
});

describe('entity tags', () => {
  it.each([
    ['"1"', ['1']],
    ['"1", "2"', ['1', '2']],
    ['*', ['*']],
    [undefined, null],
  ])('reads If-Match: %s', (header, want) => {
    expect(parseIfMatch(header)).toEqual(want);
  });

  it.each(['1', 'W/"1"', '"1" "2"', ''])('refuses If-Match: %s', (header) => {
    expect(() => parseIfMatch(header)).toThrow(expect.objectContaining({ code: 'invalid-request' }));
  });

  it('compares If-None-Match weakly', () => {
    expect([
      isKnown('"1"', '"1"'),
      isKnown('W/"1"', '"1"'),
      isKnown('"2", *', '"1"'),
      isKnown('"2"', '"1"'),
      isKnown(undefined, '"1"'),
    ]).toEqual([true, true, true, false, false]);
  });
});
