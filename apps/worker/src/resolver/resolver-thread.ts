import { workerData, type MessagePort } from 'node:worker_threads';
import type { OperationsConfig } from '../operations/messages';
import { enterHome } from '../sandboxes/home';
import type { FromResolver, ToResolver } from './messages';
import { Resolver } from './resolver';

/** Thread that answers names for all sandboxes of the host. It depends on neither the API nor the database. */
const { config, operationsPort: port }: { config: OperationsConfig; operationsPort: MessagePort } = workerData;
enterHome(config.netnsPath);

const resolver = new Resolver(config, (message: FromResolver) => port.postMessage(message));
port.on('message', (message: ToResolver) => resolver.handle(message));
