import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import type { DriftMessage } from '../drift/messages';
import type { FromPaths } from '../paths/messages';
import type { FromResolver } from '../resolver/messages';
import { enterHome } from '../sandboxes/home';
import type { FromOperations, FromReaper, OperationsConfig, ToOperations } from './messages';
import { Operations } from './operations';

/** Thread that owns the host's namespace: desired state in by messages, reports out. */
const port = parentPort;
if (!port) throw new Error('operations run as a worker thread only');
const {
  config,
  reaperPort,
  resolverPort,
  driftPort,
  pathsPort,
}: Record<'reaperPort' | 'resolverPort' | 'driftPort' | 'pathsPort', MessagePort> & { config: OperationsConfig } = workerData;
enterHome(config.netnsPath);

const operations = new Operations(config, {
  emit: (message: FromOperations) => port.postMessage(message),
  reap: (jobId, links) => reaperPort.postMessage({ type: 'reap', jobId, links }),
  resolve: (message) => resolverPort.postMessage(message),
  measure: (message) => pathsPort.postMessage(message),
  watch: (message) => driftPort.postMessage(message),
});
resolverPort.on('message', (message: FromResolver) => operations.handle(message));
pathsPort.on('message', (message: FromPaths) => operations.handle(message));
driftPort.on('message', (message: DriftMessage) => operations.handle(message));
reaperPort.on('message', (message: FromReaper) => operations.handle(message));
port.on('message', (message: ToOperations) => {
  operations.handle(message);
  if (message.type === 'stop') {
    for (const side of [reaperPort, resolverPort, driftPort, pathsPort]) side.close();
    port.close();
  }
});
