import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inWorkspace, workspaceRoot } from './workspace';

const run = promisify(execFile);
const environment = { ...process.env, NX_DAEMON: 'false', NX_NO_CLOUD: 'true' };

/** Where a file with the import is put, and whether the rule must refuse it. */
const cases: { name: string; folder: string; file?: string; statement: string; want: string | null }[] = [
  { name: 'contracts import nothing', folder: 'libs/contracts/src', statement: `import '@netyard/ipam';`, want: 'layer:contracts' },
  { name: 'the domain knows no kernel', folder: 'libs/ipam/src', statement: `import '@netyard/netlink';`, want: 'layer:domain' },
  { name: 'the kernel knows no domain', folder: 'libs/netlink/src', statement: `import '@netyard/drivers';`, want: 'layer:kernel' },
  {
    name: 'the client knows contracts alone',
    folder: 'libs/api-client/src',
    statement: `import '@netyard/drivers';`,
    want: 'layer:client',
  },
  { name: 'the API reaches no kernel', folder: 'apps/api/src', statement: `import '@netyard/netlink';`, want: 'runs:server' },
  { name: 'the worker does not know the API', folder: 'apps/worker/src', statement: `import '../../api/src/config';`, want: 'relative' },
  { name: 'NestJS does not reach the worker', folder: 'apps/worker/src', statement: `import '@nestjs/common';`, want: '@nestjs/common' },
  { name: 'TypeORM does not reach the worker', folder: 'apps/worker/src', statement: `import 'typeorm';`, want: 'typeorm' },
  {
    name: 'what is built does not import the test library',
    folder: 'apps/worker/src',
    statement: `import '@netyard/testing';`,
    want: 'layer:app',
  },
  { name: 'a spec may', folder: 'apps/worker/src', file: 'scratch.spec.ts', statement: `import '@netyard/testing';`, want: null },
  { name: 'the worker may use the kernel', folder: 'apps/worker/src', statement: `import '@netyard/netlink';`, want: null },
];

const scratch: string[] = [];

/** In a folder of its own, so that runs at the same time do not meet. */
function writeScratch({ folder, file = 'scratch.ts', statement }: (typeof cases)[number]): string {
  const own = mkdtempSync(inWorkspace(`${folder}/boundaries-`));
  scratch.push(own);
  const path = join(own, file);
  writeFileSync(path, `${statement.replace('../../api', '../../../api')}\n`);
  return path;
}

async function lint(paths: string[]): Promise<Map<string, string>> {
  const args = [inWorkspace('node_modules/eslint/bin/eslint.js'), '--format', 'json', ...paths];
  // ESLint ends with 1 when it finds something, which is what is wanted here.
  const output = await run(process.execPath, args, { cwd: workspaceRoot, env: environment, maxBuffer: 2 ** 26 }).catch(
    (error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }),
  );
  const results = JSON.parse(output.stdout) as { filePath: string; messages: { ruleId: string | null; message: string }[] }[];
  return new Map(
    results.map(({ filePath, messages }) => [
      filePath,
      messages
        .filter(({ ruleId }) => ruleId === '@nx/enforce-module-boundaries')
        .map(({ message }) => message)
        .join('\n'),
    ]),
  );
}

const paths = new Map<string, string>();
let found: Map<string, string>;

beforeAll(async () => {
  // The rule says nothing at all while no project graph is cached; this makes one.
  await run(inWorkspace('node_modules/.bin/nx'), ['show', 'projects'], { cwd: workspaceRoot, env: environment });
  for (const entry of cases) paths.set(entry.name, writeScratch(entry));
  found = await lint([...paths.values()]);
}, 120_000);

afterAll(() => {
  for (const folder of scratch) rmSync(folder, { recursive: true, force: true });
});

it.each(cases)('$name', ({ name, want }) => {
  const messages = found.get(paths.get(name) ?? '');
  if (want === null) expect(messages).toBe('');
  else expect(messages).toContain(want);
});
