import { defineConfig } from 'rolldown';

const root = new URL('../..', import.meta.url).pathname;

/** ipaddr.js is CommonJS, whose exports Node cannot name. */
const bundled = /^(@netyard\/|ipaddr\.js$)/;

/** What `npm start`, `npm test`, `npm run bench` and `npm run lab` run, the programs that wire the lab and ask after packages, and the one that runs a command in a virtual machine; npm packages stay outside. */
export default defineConfig({
  cwd: root,
  input: {
    start: 'apps/launcher/src/start.ts',
    test: 'apps/launcher/src/test.ts',
    bench: 'apps/launcher/src/bench.ts',
    supply: 'apps/launcher/src/supply.ts',
    lab: 'apps/launcher/src/lab.ts',
    vm: 'apps/launcher/src/vm.ts',
    'lab-wiring': 'apps/launcher/src/lab/lab-wiring.ts',
  },
  platform: 'node',
  external: (id) => !/^[./]/.test(id) && !bundled.test(id),
  tsconfig: 'apps/launcher/tsconfig.json',
  output: {
    dir: 'dist/launcher',
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunk-[name].js',
    cleanDir: true,
    sourcemap: true,
  },
});
