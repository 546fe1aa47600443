import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { inWorkspace } from './workspace';

const program = inWorkspace('dist/bench/main.js');
if (!existsSync(program)) {
  process.stderr.write(`netyard: ${program} is missing: npm run build\n`);
  process.exit(1);
}
process.argv[1] = program;
await import(pathToFileURL(program).href);
