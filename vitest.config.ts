import { defineConfig } from 'vitest/config';

/** One vitest project for each kind of test; `npm test` runs them in this order. */
const kind = (name: string, include: string[], extra: object = {}) => ({
  extends: true as const,
  test: { name, include, ...extra },
});

const postgres = { globalSetup: ['libs/testing/src/postgres-setup.ts'] };
const patientPoll = { expect: { poll: { timeout: 60_000 } } };

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    passWithNoTests: false,
    // What is polled for comes when it comes: beside other work, or emulated, not within the second that is usual. It ends before the test does, so that it is named.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      kind('pure', ['{apps,libs}/**/*.spec.{ts,tsx}'], {
        exclude: ['**/node_modules/**', '**/*.{kernel,db,vm}.spec.ts'],
        // Properties are tried hundreds of times; beside other work that takes longer than the usual five seconds.
        testTimeout: 30_000,
      }),
      kind('db', ['{apps,libs}/**/*.db.spec.ts'], {
        ...postgres,
        ...patientPoll,
        testTimeout: 180_000,
        hookTimeout: 240_000,
        maxWorkers: 2,
      }),
      kind('kernel', ['{apps,libs}/**/*.kernel.spec.ts'], {
        ...patientPoll,
        testTimeout: 240_000,
        hookTimeout: 240_000,
        fileParallelism: false,
      }),
      kind('vm', ['{apps,libs}/**/*.vm.spec.ts', 'e2e/vm/**/*.spec.ts'], {
        ...postgres,
        expect: { poll: { timeout: 120_000 } },
        testTimeout: 480_000,
        hookTimeout: 600_000,
        fileParallelism: false,
        env: { NETYARD_TEST_EMULATED: 'yes' },
        execArgv: ['--no-write-protect-code-memory'],
      }),
      kind('http', ['e2e/http/**/*.spec.ts'], { ...postgres, ...patientPoll, testTimeout: 180_000, hookTimeout: 240_000, maxWorkers: 2 }),
      kind('e2e-kernel', ['e2e/kernel/**/*.spec.ts', 'e2e/chaos/**/*.spec.ts'], {
        ...postgres,
        ...patientPoll,
        testTimeout: 300_000,
        hookTimeout: 300_000,
        fileParallelism: false,
      }),
      kind('browser', ['e2e/browser/**/*.spec.ts'], {
        ...postgres,
        ...patientPoll,
        testTimeout: 300_000,
        hookTimeout: 400_000,
        fileParallelism: false,
      }),
    ],
  },
});
