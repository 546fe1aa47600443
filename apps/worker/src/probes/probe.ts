import { isIP } from 'node:net';
import { Namespace } from '@netyard/netlink';
import type { ProbeResult, ProbeSpec } from '@netyard/contracts';
import { dnsQuery } from './dns-query';
import { httpHead } from './http-head';
import { openPingSocket, ping } from './ping';
import { dropPrivileges, limitResources } from './privileges';
import type { ProbeAnswer, ProbeRequest } from './probe-request';
import { resolveTarget } from './resolve-target';
import { tcpConnect } from './tcp-connect';
import { trace } from './trace';

/**
 * One probe: reads a ProbeRequest from standard input, enters the sandbox, opens what needs privileges, gives all of them up, and only then sends a packet.
 * Writes a ProbeAnswer to standard output. Whoever started it ends it when it takes too long.
 */
async function main(): Promise<ProbeAnswer> {
  const { namespacePath, servers, timeoutMs, spec }: ProbeRequest = JSON.parse(await readInput());
  const deadline = performance.now() + timeoutMs;
  try {
    if (namespacePath !== null) Namespace.open(namespacePath).enter();
    const pingSockets = spec.kind === 'ping' ? openPingSockets(spec.target) : noSockets;
    limitResources();
    dropPrivileges();
    return { result: await run(spec, servers, pingSockets, deadline), error: null };
  } catch (error) {
    return { result: null, error: error instanceof Error ? error.message : String(error) };
  }
}

/** Of the family of the target; of both where that is a name. */
type PingSockets = Record<4 | 6, number>;
const noSockets: PingSockets = { 4: -1, 6: -1 };

function openPingSockets(target: string): PingSockets {
  const family = isIP(target);
  return { 4: family === 6 ? -1 : openPingSocket(4), 6: family === 4 ? -1 : openPingSocket(6) };
}

async function run(spec: ProbeSpec, servers: string[], pingSockets: PingSockets, deadline: number): Promise<ProbeResult> {
  let { target } = spec;
  switch (spec.kind) {
    case 'ping':
      target = await resolveTarget(spec.target, servers, deadline);
      return ping(pingSockets[isIP(target) === 6 ? 6 : 4], { ...spec, target }, deadline);
    case 'tcp':
      return tcpConnect(spec, servers, deadline);
    case 'udp-dns':
      return dnsQuery(spec, deadline);
    case 'http':
      return httpHead(spec, servers, deadline);
    case 'trace':
      return trace({ ...spec, target: await resolveTarget(spec.target, servers, deadline) }, deadline);
  }
}

async function readInput(): Promise<string> {
  let text = '';
  for await (const part of process.stdin.setEncoding('utf8')) text += part;
  return text;
}

const answer = await main();
process.stdout.write(JSON.stringify(answer), () => process.exit(0));
