#!/usr/bin/env node
import { existsSync } from 'node:fs';

const program = new URL('../../../dist/worker/main.js', import.meta.url);
if (!existsSync(program)) {
  console.error('netyard-worker is not built yet: run `npm ci && npm run build` in the repository first');
  process.exit(1);
}
await import(program.href);
