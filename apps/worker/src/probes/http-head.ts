import { request } from 'node:http';
import type { ProbeResult, ProbeSpec } from '@netyard/contracts';
import { resolveTarget } from './resolve-target';
import { rounded } from './socket-address';

const headerLimitBytes = 8 * 1024;

/** Asks for a path by HEAD; a redirect is an answer, and not followed. */
export async function httpHead({ target, port = 80, path = '/' }: ProbeSpec, servers: string[], deadline: number): Promise<ProbeResult> {
  const failed = (error: string): ProbeResult => ({ kind: 'http', statusCode: null, headers: {}, rttMs: null, error });
  let host: string;
  try {
    host = await resolveTarget(target, servers, deadline);
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
  const begin = performance.now();
  const signal = AbortSignal.timeout(Math.max(1, Math.floor(deadline - begin)));
  const authority = target.includes(':') ? `[${target}]:${port}` : `${target}:${port}`;
  return new Promise((resolve) => {
    const outgoing = request({
      host,
      port,
      path,
      method: 'HEAD',
      agent: false,
      signal,
      maxHeaderSize: headerLimitBytes,
      headers: { host: authority },
    });
    outgoing.on('response', (response) => {
      const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
      resolve({ kind: 'http', statusCode: response.statusCode ?? null, headers, rttMs: rounded(performance.now() - begin) });
      response.destroy();
    });
    outgoing.on('error', (error) => resolve(failed(signal.aborted ? 'no answer in time' : error.message)));
    outgoing.end();
  });
}
