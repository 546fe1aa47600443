import { defineConfig } from 'rolldown';

const root = new URL('../..', import.meta.url).pathname;

/** The API and the program that prints its OpenAPI document; npm packages stay outside. */
export default defineConfig({
  cwd: root,
  input: { main: 'apps/api/src/main.ts', openapi: 'apps/api/src/openapi.ts' },
  platform: 'node',
  external: (id) => !/^[./]/.test(id) && !id.startsWith('@netyard/') && !id.startsWith('@oxc-project/'),
  tsconfig: 'apps/api/tsconfig.json',
  output: {
    dir: 'dist/api',
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunk-[name].js',
    cleanDir: true,
    sourcemap: true,
  },
});
