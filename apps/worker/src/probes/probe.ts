import { Namespace } from '@netyard/netlink';
import type { ProbeResult, ProbeSpec } from '@netyard/contracts';
import { dnsQuery } from './dns-query';
import { httpHead } from './http-head';
import { openPingSocket, ping } from './ping';
import { dropPrivileges, limitResources } from './privileges';
import type { ProbeAnswer, ProbeRequest } from './probe-request';
import { tcpConnect } from './tcp-connect';
import { trace } from './trace';

/**
 * One probe: reads a ProbeRequest from standard input, enters the sandbox, opens what needs privileges, gives all of them up, and only then sends a packet.
 * Writes a ProbeAnswer to standard output. Whoever started it ends it when it takes too long.
 */
async function main(): Promise<ProbeAnswer> {
  const { namespacePath, timeoutMs, spec }: ProbeRequest = JSON.parse(await readInput());
  const deadline = performance.now() + timeoutMs;
  try {
    if (namespacePath !== null) Namespace.open(namespacePath).enter();
    const pingSocket = spec.kind === 'ping' ? openPingSocket(spec.target) : -1;
    limitResources();
    dropPrivileges();
    return { result: await run(spec, pingSocket, deadline), error: null };
  } catch (error) {
    return { result: null, error: error instanceof Error ? error.message : String(error) };
  }
}

function run(spec: ProbeSpec, pingSocket: number, deadline: number): ProbeResult | Promise<ProbeResult> {
  switch (spec.kind) {
    case 'ping':
      return ping(pingSocket, spec, deadline);
    case 'tcp':
      return tcpConnect(spec, deadline);
    case 'udp-dns':
      return dnsQuery(spec, deadline);
    case 'http':
      return httpHead(spec, deadline);
    case 'trace':
      return trace(spec, deadline);
  }
}

async function readInput(): Promise<string> {
  let text = '';
  for await (const part of process.stdin.setEncoding('utf8')) text += part;
  return text;
}

const answer = await main();
process.stdout.write(JSON.stringify(answer), () => process.exit(0));
