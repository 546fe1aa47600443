import { existsSync, readdirSync } from 'node:fs';
import { privateRoom } from '../lab/rooms';
import { tied } from '../process/part';
import { inWorkspace } from '../workspace';

/** One line of the table that `npm test` ends with. */
export interface Suite {
  name: string;
  /** What it needs of the machine: whether it makes network namespaces. */
  kernel: boolean;
  /** Commands that must succeed one after the other, or the vitest project that tells what passed. */
  commands: string[][];
  reportsTests: boolean;
  /** Whether it runs beside those that come after the first that touches this machine's kernel: these wait for events more than they compute. */
  runsBeside: boolean;
}

const binary = (name: string): string => inWorkspace(`node_modules/.bin/${name}`);
const nx = (target: string): string[] => [binary('nx'), 'run-many', '-t', target, '--output-style=static'];

/** What a suite says that runs beside others, until it is its turn to be shown. */
export const logPath = (suite: string): string => inWorkspace(`.netyard/test-reports/${suite}.log`);

/** Where a suite's own report goes. */
export const reportPath = (suite: string): string => inWorkspace(`.netyard/test-reports/${suite}.json`);

function vitest(name: string): string[] {
  return [
    process.execPath,
    inWorkspace('node_modules/vitest/vitest.mjs'),
    'run',
    '--project',
    name,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportPath(name)}`,
  ];
}

/** Suites that touch the kernel get a network namespace of their own: the machine's is out of their reach, and nothing of them can stay behind. */
function inOwnRoom(command: string[]): string[] {
  return privateRoom({ network: true }, ...tied('KILL', ...command));
}

/** Under Debian's kernel, which has what this machine's may lack. The report comes out of the guest by its own way. */
const inMachine = (name: string, command: string[]): string[] => [
  process.execPath,
  inWorkspace('dist/launcher/vm.js'),
  '--output',
  reportPath(name),
  '--timeout',
  '1800',
  '--',
  ...command,
];

/** Folders of tests that are no Nx project are linted apart; `nx lint` before it has cached the project graph that the rule of boundaries needs. */
const looseLint = (): string[] => [binary('eslint'), 'e2e'];

function looseTypechecks(): string[][] {
  return readdirSync(inWorkspace('e2e'))
    .map((folder) => `e2e/${folder}`)
    .filter((folder) => existsSync(inWorkspace(`${folder}/tsconfig.json`)) && !existsSync(inWorkspace(`${folder}/project.json`)))
    .map((folder) => [binary('tsc'), '-p', folder]);
}

const vitestSuite = (name: string, kernel: boolean): Suite => ({
  name,
  kernel,
  commands: [kernel ? inOwnRoom(vitest(name)) : vitest(name)],
  reportsTests: true,
  runsBeside: false,
});

/** All suites, in the order in which they run: what fails fastest comes first. */
export function allSuites(): Suite[] {
  return [
    { name: 'typecheck', kernel: false, commands: [nx('typecheck'), ...looseTypechecks()], reportsTests: false, runsBeside: false },
    { name: 'lint', kernel: false, commands: [nx('lint'), looseLint()], reportsTests: false, runsBeside: false },
    {
      name: 'supply',
      kernel: false,
      commands: [[process.execPath, inWorkspace('dist/launcher/supply.js')]],
      reportsTests: false,
      runsBeside: false,
    },
    vitestSuite('pure', false),
    vitestSuite('db', false),
    vitestSuite('http', false),
    vitestSuite('kernel', true),
    vitestSuite('e2e-kernel', true),
    { name: 'vm', kernel: false, commands: [inMachine('vm', vitest('vm'))], reportsTests: true, runsBeside: true },
    vitestSuite('browser', true),
  ];
}
