import { workerData, type MessagePort } from 'node:worker_threads';
const { operationsPort: port }: { operationsPort: MessagePort } = workerData;
port.on('message', () => undefined);
