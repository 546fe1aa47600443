// Builds the dashboard into dist/dashboard, a tree that runs on its own: `node dist/dashboard/apps/dashboard/server.js`.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { firstRouteScriptBytes, scriptBudgetBytes } from './script-size.mjs';

const projectRoot = import.meta.dirname;
const workspaceRoot = join(projectRoot, '../..');
const target = join(workspaceRoot, 'dist/dashboard');

const { NODE_ENV: _, ...environment } = process.env;
const build = spawnSync(process.execPath, [join(workspaceRoot, 'node_modules/next/dist/bin/next'), 'build'], {
  cwd: projectRoot,
  stdio: 'inherit',
  env: { ...environment, NEXT_TELEMETRY_DISABLED: '1' },
});
if (build.status !== 0) process.exit(build.status ?? 1);

const scriptBytes = firstRouteScriptBytes(join(projectRoot, '.next'));
console.log(`Script of the first route: ${scriptBytes} bytes after gzip, of ${scriptBudgetBytes} that it may have.`);
if (scriptBytes > scriptBudgetBytes) {
  console.error('That is too much: let what is not needed at once be loaded later (next/dynamic).');
  process.exit(1);
}

rmSync(target, { recursive: true, force: true });
cpSync(join(projectRoot, '.next/standalone'), target, { recursive: true, verbatimSymlinks: true });
// What browsers fetch is not part of the standalone tree; Next expects it to be put beside the server.
cpSync(join(projectRoot, '.next/static'), join(target, 'apps/dashboard/.next/static'), { recursive: true });
if (existsSync(join(projectRoot, 'public')))
  cpSync(join(projectRoot, 'public'), join(target, 'apps/dashboard/public'), { recursive: true });
