import { defineConfig } from 'rolldown';

const root = new URL('../..', import.meta.url).pathname;

/** ipaddr.js is CommonJS, whose exports Node cannot name. */
const bundled = /^(@netyard\/|ipaddr\.js$)/;

/** What `npm run bench` runs; npm packages stay outside. */
export default defineConfig({
  cwd: root,
  input: { main: 'e2e/bench/src/main.ts' },
  platform: 'node',
  external: (id) => !/^[./]/.test(id) && !bundled.test(id),
  tsconfig: 'e2e/bench/tsconfig.json',
  output: {
    dir: 'dist/bench',
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunk-[name].js',
    cleanDir: true,
    sourcemap: true,
  },
});
