/** What became of a suite. */
export interface Outcome {
  suite: string;
  passed: number;
  failed: number;
  skipped: number;
  seconds: number;
  /** Why it was left out, or what went wrong besides tests; null when there is nothing to say. */
  remark: string | null;
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  success: boolean;
}

/** Reads vitest's JSON report. A run that ended badly although no test failed (a file that does not load, an unhandled error) counts as one failure. */
export function readVitestReport(suite: string, text: string | undefined, exitCode: number, seconds: number): Outcome {
  if (text === undefined)
    return { suite, passed: 0, failed: 1, skipped: 0, seconds, remark: `vitest ended with ${exitCode} and no report` };
  const report = JSON.parse(text) as VitestReport;
  const outcome = {
    suite,
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
    seconds,
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

/** The table of what ran, and the closing line that machines read. */
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
  return [
    '',
    row(['suite', 'passed', 'failed', 'skipped', 'seconds', '']),
    ...rows,
    '',
    `${passed} passed, ${failed} failed, ${skipped} skipped`,
  ].join('\n');
}
