import { defineConfig } from 'rolldown';

const root = new URL('../..', import.meta.url).pathname;

/** The worker, its two threads and the probes' program; npm packages stay outside. */
export default defineConfig({
  cwd: root,
  input: {
    main: 'apps/worker/src/main.ts',
    'operations-thread': 'apps/worker/src/operations/operations-thread.ts',
    'reaper-thread': 'apps/worker/src/reaper/reaper-thread.ts',
    probe: 'apps/worker/src/probes/probe.ts',
  },
  platform: 'node',
  external: (id) => !/^[./]/.test(id) && !id.startsWith('@netyard/'),
  tsconfig: 'apps/worker/tsconfig.json',
  output: { dir: 'dist/worker', format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'chunk-[name].js', cleanDir: true, sourcemap: true },
});
