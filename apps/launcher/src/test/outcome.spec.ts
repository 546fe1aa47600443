import { expect, it } from 'vitest';
import { readVitestReport, summary } from './outcome';

const report = (passed: number, failed: number, skipped: number, success = failed === 0): string =>
  JSON.stringify({ numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped, numTodoTests: 0, success, testResults: [] });

const cases = [
  { name: 'all passed', in: { text: report(3, 0, 1), exitCode: 0 }, want: '3/0/1' },
  { name: 'some failed', in: { text: report(3, 2, 0), exitCode: 1 }, want: '3/2/0' },
  { name: 'a file that did not load', in: { text: report(3, 0, 0, false), exitCode: 1 }, want: '3/1/0' },
  { name: 'an unhandled error after the last test', in: { text: report(3, 0, 0, true), exitCode: 1 }, want: '3/1/0' },
  { name: 'no report', in: { text: undefined, exitCode: 137 }, want: '0/1/0' },
];

it.each(cases)('counts: $name', ({ in: { text, exitCode }, want }) => {
  const { passed, failed, skipped } = readVitestReport('pure', text, exitCode, 1);
  expect(`${passed}/${failed}/${skipped}`).toBe(want);
});

it('ends with the line that machines read', () => {
  const outcomes = [
    { suite: 'pure', passed: 10, failed: 0, skipped: 0, seconds: 3.2, remark: null, failures: [] },
    { suite: 'browser', passed: 0, failed: 0, skipped: 1, seconds: 0, remark: 'left out: sudo apt-get install chromium', failures: [] },
  ];
  expect(summary(outcomes).split('\n')).toEqual([
    '',
    '  suite          passed   failed  skipped  seconds',
    '  pure               10        0        0        3',
    '  browser             0        0        1        0   left out: sudo apt-get install chromium',
    '',
    '10 passed, 0 failed, 1 skipped',
  ]);
});

it('names what failed, and says why, before the table', () => {
  const text = JSON.stringify({
    numPassedTests: 1,
    numFailedTests: 1,
    numPendingTests: 0,
    numTodoTests: 0,
    success: false,
    testResults: [
      {
        name: 'a.spec.ts',
        status: 'failed',
        message: '',
        assertionResults: [
          { fullName: 'sums passes', status: 'passed', failureMessages: [] },
          {
            fullName: 'sums fails',
            status: 'failed',
            failureMessages: [
              'AssertionError: \u001b[31mexpected 1 to be 2\u001b[39m\n    at node_modules/vitest/x.js\n    at a.spec.ts:3:1',
            ],
          },
        ],
      },
      { name: 'b.spec.ts', status: 'failed', message: 'Cannot find module "c"', assertionResults: [] },
    ],
  });
  const outcome = readVitestReport('pure', text, 1, 1);
  expect(summary([outcome]).split('\n').slice(0, 9)).toEqual([
    '',
    '  FAILED pure: a.spec.ts',
    '  sums fails',
    '    AssertionError: expected 1 to be 2',
    '        at a.spec.ts:3:1',
    '',
    '  FAILED pure: b.spec.ts',
    '  the file itself',
    '    Cannot find module "c"',
  ]);
});
