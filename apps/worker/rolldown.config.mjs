import { defineConfig } from 'rolldown';

const root = new URL('../..', import.meta.url).pathname;

/** ipaddr.js is CommonJS, whose exports Node cannot name. */
const bundled = /^(@netyard\/|ipaddr\.js$)/;

/** The worker, its threads and the probes' program; the other npm packages stay outside. */
export default defineConfig({
  cwd: root,
  input: {
    main: 'apps/worker/src/main.ts',
    'operations-thread': 'apps/worker/src/operations/operations-thread.ts',
    'reaper-thread': 'apps/worker/src/reaper/reaper-thread.ts',
    'resolver-thread': 'apps/worker/src/resolver/resolver-thread.ts',
    'drift-thread': 'apps/worker/src/drift/drift-thread.ts',
    'paths-thread': 'apps/worker/src/paths/paths-thread.ts',
    'operations-process': 'apps/worker/src/operations/operations-process.ts',
    probe: 'apps/worker/src/probes/probe.ts',
  },
  platform: 'node',
  external: (id) => !/^[./]/.test(id) && !bundled.test(id),
  tsconfig: 'apps/worker/tsconfig.json',
  output: {
    dir: 'dist/worker',
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunk-[name].js',
    cleanDir: true,
    sourcemap: true,
  },
});
