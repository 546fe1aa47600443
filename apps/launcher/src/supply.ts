import { execFile } from 'node:child_process';
import { judgeAdvisories, judgeSignatures, type Verdict } from './test/supply-chain';
import { workspaceRoot } from './workspace';

/** A registry that does not answer by then does not serve it. */
const limitMs = 90_000;

/** What npm prints; it exits with 1 for what it finds as well as for what it cannot find out. */
function npm(...args: string[]): Promise<string> {
  const options = { cwd: workspaceRoot, timeout: limitMs, maxBuffer: 64 * 1_048_576 };
  return new Promise((resolve) => {
    execFile('npm', [...args, '--json', '--loglevel=silent', '--fetch-retries=0', '--fetch-timeout=30000'], options, (_, stdout) =>
      resolve(stdout),
    );
  });
}

// The packages that run, by the registry that npm is set to.
const verdicts: [string, Verdict][] = [
  ['advisories', judgeAdvisories(await npm('audit', '--omit=dev'))],
  ['signatures', judgeSignatures(await npm('audit', 'signatures', '--omit=dev'))],
];
for (const [what, { passed, text }] of verdicts) process.stdout.write(`${passed ? 'ok' : 'FAILED'}  ${what}: ${text}\n`);
process.exitCode = verdicts.every(([, { passed }]) => passed) ? 0 : 1;
