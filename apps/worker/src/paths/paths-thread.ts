import { workerData, type MessagePort } from 'node:worker_threads';
import { waitForAny } from '@netyard/netlink';
import type { OperationsConfig } from '../operations/messages';
import { enterHome } from '../sandboxes/home';
import { EchoSocket } from './echo-socket';
import type { FromPaths, ToPaths, WantedPath } from './messages';
import { PathMeasurer } from './path-measurer';

/** As long as answers are waited for at a time, so that messages are not kept waiting. */
const sliceMs = 50;

/** Thread that measures what the underlay carries between this host and those that it shares overlay networks with. Nothing waits for it. */
const { config, operationsPort: port }: { config: OperationsConfig; operationsPort: MessagePort } = workerData;
enterHome(config.netnsPath);

const sockets = new Map<string, EchoSocket>();
/** Why there is none, by address, as was told. */
const complaints = new Map<string, string>();
const measurer = new PathMeasurer(config.pathIntervalMs, send);
let next: NodeJS.Immediate | NodeJS.Timeout | undefined;

port.on('message', ({ wanted, anew }: ToPaths) => {
  const locals = new Set(wanted.map(({ localAddress }) => localAddress));
  for (const [address, socket] of sockets)
    if (!locals.has(address)) {
      socket.close();
      sockets.delete(address);
    }
  for (const address of complaints.keys()) if (!locals.has(address)) complaints.delete(address);
  measurer.want(wanted, anew, performance.now());
  work();
});

function send({ localAddress, remoteAddress }: WantedPath, bytes: number, sequence: number): void {
  socketOf(localAddress)?.send(remoteAddress, bytes, sequence);
}

/** Undefined: it cannot be opened now. That is told once, and tried again with the next packet; the path is silent meanwhile. */
function socketOf(localAddress: string): EchoSocket | undefined {
  const known = sockets.get(localAddress);
  if (known) return known;
  try {
    const socket = EchoSocket.open(localAddress);
    sockets.set(localAddress, socket);
    complaints.delete(localAddress);
    return socket;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (complaints.get(localAddress) !== reason) tell({ type: 'unmeasurable', reason });
    complaints.set(localAddress, reason);
    return undefined;
  }
}

function work(): void {
  clearTimeout(next as NodeJS.Timeout);
  clearImmediate(next as NodeJS.Immediate);
  hear();
  const dueMs = measurer.turn(performance.now());
  const paths = measurer.drain(new Date().toISOString());
  if (paths.length > 0) tell({ type: 'measured', paths });
  if (measurer.searching > 0) {
    waitForAny(
      [...sockets.values()].map(({ fd }) => fd),
      Math.max(0, Math.ceil(Math.min(sliceMs, dueMs - performance.now()))),
    );
    next = setImmediate(work);
  } else if (dueMs < Infinity) {
    next = setTimeout(work, Math.max(1, dueMs - performance.now()));
  }
}

function hear(): void {
  for (const socket of sockets.values())
    for (const echo of socket.receive())
      if (echo.answered) measurer.answered(echo.sequence, performance.now());
      else measurer.refused(echo.sequence, echo.refusal);
}

function tell(message: FromPaths): void {
  port.postMessage(message);
}
