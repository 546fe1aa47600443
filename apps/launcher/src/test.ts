import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { Command } from 'commander';
import { installLine, missingPackages } from '../bootstrap/system-packages.cjs';
import { requireRooms } from './lab/rooms';
import { type Outcome, readVitestReport, sum, summary } from './test/outcome';
import { allSuites, logPath, reportPath, type Suite } from './test/suites';
import { workspaceRoot } from './workspace';

/** All suites together must be done by then; one that hangs is ended, and counts as failed. */
const deadline = Date.now() + 37 * 60_000;

/** Inside npm's own environment, tools would take npm's settings for theirs. */
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_ENV$|INIT_CWD$)/i.test(name)));
const tools = { NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_TUI: 'false', NEXT_TELEMETRY_DISABLED: '1' };

function run(command: string[], output: 'inherit' | number): Promise<number> {
  return new Promise((resolve) => {
    const [program = '', ...args] = command;
    const child = spawn(program, args, { cwd: workspaceRoot, stdio: ['ignore', output, output], env: { ...environment, ...tools } });
    const timer = setTimeout(() => child.kill('SIGKILL'), Math.max(deadline - Date.now(), 0));
    const end = (code: number): void => {
      clearTimeout(timer);
      resolve(code);
    };
    child.once('error', () => end(127));
    child.once('exit', (code) => end(code ?? 137));
  });
}

/** Runs a suite whose words are kept in a file, to be shown when it has ended. */
async function runAside(suite: Suite): Promise<Outcome> {
  mkdirSync(dirname(logPath(suite.name)), { recursive: true });
  const log = openSync(logPath(suite.name), 'w');
  try {
    return await runSuite(suite, log);
  } finally {
    closeSync(log);
  }
}

async function runSuite(suite: Suite, output: 'inherit' | number = 'inherit'): Promise<Outcome> {
  const started = Date.now();
  const seconds = (): number => (Date.now() - started) / 1000;
  rmSync(reportPath(suite.name), { force: true });
  let exitCode = 0;
  for (const command of suite.commands) exitCode = (await run(command, output)) || exitCode;
  if (!suite.reportsTests)
    return {
      suite: suite.name,
      passed: exitCode === 0 ? 1 : 0,
      failed: exitCode === 0 ? 0 : 1,
      skipped: 0,
      seconds: seconds(),
      remark: null,
      failures: [],
    };
  const path = reportPath(suite.name);
  return readVitestReport(suite.name, existsSync(path) ? readFileSync(path, 'utf8') : undefined, exitCode, seconds());
}

/** Why a suite cannot run here, with what would bring it in; undefined when it can. */
async function obstacle(suite: Suite): Promise<string | undefined> {
  const missing = missingPackages([suite.name]);
  if (missing.length > 0) return installLine(missing);
  if (!suite.kernel) return undefined;
  return requireRooms().then(
    () => undefined,
    (error: Error) => error.message,
  );
}

function chooseSuites(): Suite[] {
  const suites = allSuites();
  const names = suites.map(({ name }) => name);
  const command = new Command('npm test --')
    .description('Runs all tests of Netyard, or the suites that are named.')
    .argument('[suites...]', names.join(', '))
    .option('--no-system-packages', 'never install Debian packages; leave out what needs them')
    .parse();
  const unknown = command.args.find((arg) => !names.includes(arg));
  if (unknown) command.error(`error: there is no suite "${unknown}"; there are ${names.join(', ')}`);
  return command.args.length > 0 ? suites.filter(({ name }) => command.args.includes(name)) : suites;
}

const outcomes: Outcome[] = [];
let kernelLeftOut = false;

/** Runs it, or says what is missing for that. */
async function outcomeOf(suite: Suite, work: (suite: Suite) => Promise<Outcome>): Promise<Outcome> {
  const reason = await obstacle(suite);
  if (reason === undefined) return work(suite);
  kernelLeftOut ||= suite.kernel || suite.name === 'vm';
  return {
    suite: suite.name,
    passed: 0,
    failed: 0,
    skipped: 1,
    seconds: 0,
    remark: `left out; this would bring it in: ${reason}`,
    failures: [],
  };
}

function heading(suite: Suite): void {
  process.stdout.write(`\n── ${suite.name} ──\n`);
}

const chosen = chooseSuites();
const inOrder = chosen.filter(({ runsBeside }) => !runsBeside);
const beside = chosen.filter(({ runsBeside }) => runsBeside);
let underWay: { suite: Suite; outcome: Promise<Outcome> }[] | undefined;
const startBeside = (): void => {
  if (!underWay) for (const { name } of beside) rmSync(logPath(name), { force: true });
  underWay ??= beside.map((suite) => ({ suite, outcome: outcomeOf(suite, runAside) }));
};
for (const suite of inOrder) {
  if (suite.kernel) startBeside();
  outcomes.push(
    await outcomeOf(suite, (one) => {
      heading(one);
      if (suite.kernel && beside.length > 0)
        process.stdout.write(`${beside.map(({ name }) => name).join(', ')}: beside it, shown at the end\n`);
      return runSuite(one);
    }),
  );
}
startBeside();
for (const { suite, outcome } of underWay ?? []) {
  heading(suite);
  outcomes.push(await outcome);
  if (existsSync(logPath(suite.name))) process.stdout.write(readFileSync(logPath(suite.name)));
}
const inCi = Boolean(process.env['CI']) && process.env['CI'] !== 'false';
if (inCi && kernelLeftOut) process.stdout.write('\nA kernel test was skipped: in CI that fails the run.\n');
process.stdout.write(`${summary(outcomes)}\n`);
process.exitCode = sum(outcomes).failed > 0 || (inCi && kernelLeftOut) ? 1 : 0;
