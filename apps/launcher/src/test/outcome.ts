import { stripVTControlCharacters } from 'node:util';

/** What became of a suite. */
export interface Outcome {
  suite: string;
  passed: number;
  failed: number;
  skipped: number;
  seconds: number;
  /** Why it was left out, or what went wrong besides tests; null when there is nothing to say. */
  remark: string | null;
  failures: Failure[];
}

/** A test that failed, or a file that did not load. */
export interface Failure {
  file: string;
  test: string;
  message: string;
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  success: boolean;
  testResults: {
    /** The file's path. */
    name: string;
    status: string;
    /** Why the file did not load; empty when it did. */
    message: string;
    assertionResults: { fullName: string; status: string; failureMessages: string[] | null }[];
  }[];
}

/** As much of a message as says what went wrong: stacks and captures follow. */
const messageLines = 12;
const messageWidth = 300;

function shorten(message: string): string {
  return stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.includes('node_modules/'))
    .slice(0, messageLines)
    .map((line) => (line.length > messageWidth ? `${line.slice(0, messageWidth)}…` : line))
    .join('\n');
}

function failuresOf({ testResults }: VitestReport): Failure[] {
  return testResults.flatMap(({ name: file, status, message, assertionResults }) => {
    const tests = assertionResults
      .filter((result) => result.status === 'failed')
      .map(({ fullName, failureMessages }) => ({ file, test: fullName, message: shorten((failureMessages ?? []).join('\n')) }));
    return tests.length === 0 && status === 'failed' ? [{ file, test: 'the file itself', message: shorten(message) }] : tests;
  });
}

/** Reads vitest's JSON report. A run that ended badly although no test failed (a file that does not load, an unhandled error) counts as one failure. */
export function readVitestReport(suite: string, text: string | undefined, exitCode: number, seconds: number): Outcome {
  if (text === undefined)
    return { suite, passed: 0, failed: 1, skipped: 0, seconds, remark: `vitest ended with ${exitCode} and no report`, failures: [] };
  const report = JSON.parse(text) as VitestReport;
  const outcome = {
    suite,
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
    seconds,
    failures: failuresOf(report),
  };
  if ((exitCode === 0 && report.success) || outcome.failed > 0) return { ...outcome, remark: null };
  return { ...outcome, failed: 1, remark: `vitest ended with ${exitCode} although no test failed; see above` };
}

export interface Total {
  passed: number;
  failed: number;
  skipped: number;
}

export function sum(outcomes: Outcome[]): Total {
  const add = (field: keyof Total): number => outcomes.reduce((total, outcome) => total + outcome[field], 0);
  return { passed: add('passed'), failed: add('failed'), skipped: add('skipped') };
}

/** What failed and why, the table of what ran, and the closing line that machines read. Failures stand here once more, since a suite's own words are far above by then. */
export function summary(outcomes: Outcome[]): string {
  const row = (cells: (string | number)[]): string =>
    `  ${String(cells[0]).padEnd(12)}${cells
      .slice(1, 5)
      .map((cell) => String(cell).padStart(9))
      .join('')}${cells[5] ? `   ${cells[5]}` : ''}`;
  const rows = outcomes.map(({ suite, passed, failed, skipped, seconds, remark }) =>
    row([suite, passed, failed, skipped, seconds.toFixed(0), remark ?? '']),
  );
  const { passed, failed, skipped } = sum(outcomes);
  const failures = outcomes.flatMap(({ suite, failures }) =>
    failures.map(({ file, test, message }) => `\n  FAILED ${suite}: ${file}\n  ${test}\n${message.replaceAll(/^/gm, '    ')}`),
  );
  return [
    ...failures,
    '',
    row(['suite', 'passed', 'failed', 'skipped', 'seconds', '']),
    ...rows,
    '',
    `${passed} passed, ${failed} failed, ${skipped} skipped`,
  ].join('\n');
}
