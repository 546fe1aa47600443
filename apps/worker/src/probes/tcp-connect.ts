import { connect } from 'node:net';
import type { ProbeResult, ProbeSpec } from '@netyard/contracts';
import { resolveTarget } from './resolve-target';
import { rounded } from './socket-address';

/** Connects and hangs up at once. */
export async function tcpConnect({ target, port }: ProbeSpec, servers: string[], deadline: number): Promise<ProbeResult> {
  if (port === undefined) throw new Error('a tcp probe needs a port');
  const failed = (error: string): ProbeResult => ({ kind: 'tcp', connected: false, connectMs: null, error });
  let host: string;
  try {
    host = await resolveTarget(target, servers, deadline);
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
  const begin = performance.now();
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (result: ProbeResult): void => {
      socket.destroy();
      clearTimeout(timer);
      resolve(result);
    };
    const timer = setTimeout(() => end(failed('no answer in time')), Math.max(1, deadline - begin));
    socket.on('connect', () => end({ kind: 'tcp', connected: true, connectMs: rounded(performance.now() - begin) }));
    socket.on('error', (error) => end(failed(error.message)));
  });
}
