import { createInterface } from 'node:readline';
import type { FromOperations, OperationsConfig, ToOperations } from './messages';
import { HostThreads } from './host-threads';

/**
 * The operations of a host without an API, for tests and benchmarks: the configuration as JSON in the first argument, ToOperations as lines of JSON on standard
 * input, FromOperations likewise on standard output. Ends when the input ends, and leaves the kernel as it is.
 */
const config: OperationsConfig = JSON.parse(process.argv[2] ?? '{}');
const write = (message: FromOperations): unknown => process.stdout.write(`${JSON.stringify(message)}\n`);

const threads = new HostThreads(new URL('.', import.meta.url), config, write, (thread, reason) => {
  process.stderr.write(`the ${thread} thread ended: ${reason}\n`);
  process.exit(1);
});

for await (const line of createInterface({ input: process.stdin })) threads.send(JSON.parse(line) as ToOperations);
await threads.stop();
