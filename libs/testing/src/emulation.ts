/** The vitest project `vm` tells its tests by this that all runs in a machine that may be emulated, and so takes many times as long. */
const isEmulated = process.env['NETYARD_TEST_EMULATED'] === 'yes';

/**
 * What Node is started with. V8 protects the pages of its machine code and lifts that for each piece that it adds; an emulator throws away its translation of a page
 * every time. Measured: an API process loads in 14 s without it, in 22 s with it.
 */
export const nodeFlags: readonly string[] = isEmulated ? ['--no-write-protect-code-memory'] : [];

/** By how much longer than on a real machine something is waited for before it counts as failed. */
export const patience = isEmulated ? 6 : 1;
