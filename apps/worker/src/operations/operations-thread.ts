import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { enterHome } from '../sandboxes/home';
import type { FromOperations, FromReaper, OperationsConfig, ToOperations } from './messages';
import { Operations } from './operations';

/** Thread that owns the host's namespace: desired state in by messages, reports out. */
const port = parentPort;
if (!port) throw new Error('operations run as a worker thread only');
const { config, reaperPort }: { config: OperationsConfig; reaperPort: MessagePort } = workerData;
enterHome(config.netnsPath);

const operations = new Operations(
  config,
  (message: FromOperations) => port.postMessage(message),
  (jobId, links) => reaperPort.postMessage({ type: 'reap', jobId, links }),
);
reaperPort.on('message', (message: FromReaper) => operations.handle(message));
port.on('message', (message: ToOperations) => {
  operations.handle(message);
  if (message.type === 'stop') {
    reaperPort.close();
    port.close();
  }
});
