import { workerData, type MessagePort } from 'node:worker_threads';
import type { FromReaper, OperationsConfig, ToReaper } from '../operations/messages';
import { enterHome } from '../sandboxes/home';
import { Reaper } from './reaper';

/** Thread that deletes links, so that joins go on meanwhile. What arrives while one deletion waits for the kernel becomes the next. */
const { config, operationsPort: port }: { config: OperationsConfig; operationsPort: MessagePort } = workerData;
enterHome(config.netnsPath);
const reaper = new Reaper();
let waiting: ToReaper[] = [];

port.on('message', (message: ToReaper) => {
  if (waiting.push(message) === 1) setImmediate(reapWaiting);
});

function reapWaiting(): void {
  const jobs = waiting;
  waiting = [];
  const failures = new Map(reaper.reap(jobs.flatMap(({ links }) => links)).map((failure) => [failure.link, failure]));
  for (const { jobId, links } of jobs) {
    const answer: FromReaper = { type: 'reaped', jobId, failures: links.flatMap(({ name }) => failures.get(name) ?? []) };
    port.postMessage(answer);
  }
}
