import { createSocket } from 'node:dgram';
import { randomInt } from 'node:crypto';
import type { ProbeResult, ProbeSpec } from '@netyard/contracts';
import packet, { type Answer, type DecodedPacket, type RecordType } from 'dns-packet';
import { isIpv6, rounded } from './socket-address';

const retryMs = 1_000;
const answerLimit = 20;

/** Asks a server one question over UDP, again each second until the deadline. Equivalent to: `dig @TARGET -p PORT QUERY TYPE`. */
export function dnsQuery({ target, port = 53, query = '.', queryType = 'A' }: ProbeSpec, deadline: number): Promise<ProbeResult> {
  const id = randomInt(65_536);
  const question = packet.encode({
    type: 'query',
    id,
    flags: packet.RECURSION_DESIRED,
    questions: [{ type: queryType.toUpperCase() as RecordType, name: query }],
  });
  const socket = createSocket(isIpv6(target) ? 'udp6' : 'udp4');
  const begin = performance.now();
  return new Promise((resolve) => {
    const end = (result: ProbeResult): void => {
      clearInterval(again);
      clearTimeout(timer);
      socket.close();
      resolve(result);
    };
    const failed = (error: string): ProbeResult => ({
      kind: 'udp-dns',
      answered: false,
      responseCode: null,
      answers: [],
      rttMs: null,
      error,
    });
    const timer = setTimeout(() => end(failed('no answer in time')), Math.max(1, deadline - begin));
    const again = setInterval(() => socket.send(question), retryMs);
    socket.on('error', (error) => end(failed(error.message)));
    socket.on('message', (bytes) => {
      const answer = decode(bytes);
      if (!answer || answer.id !== id) return;
      const answers = (answer.answers ?? []).slice(0, answerLimit).map(describeAnswer);
      const responseCode = 'rcode' in answer ? String(answer.rcode) : null;
      end({ kind: 'udp-dns', answered: true, responseCode, answers, rttMs: rounded(performance.now() - begin) });
    });
    socket.connect(port, target, () => socket.send(question));
  });
}

function decode(bytes: Buffer): DecodedPacket | undefined {
  try {
    return packet.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Type and data as dig(1) writes them, where the codec has them in parts. */
function describeAnswer(answer: Answer): string {
  if (!('data' in answer)) return answer.type;
  switch (answer.type) {
    case 'SRV': {
      const { priority = 0, weight = 0, port, target } = answer.data;
      return `SRV ${priority} ${weight} ${port} ${target}`;
    }
    case 'MX':
      return `MX ${answer.data.preference ?? 0} ${answer.data.exchange}`;
    case 'TXT':
      return `TXT ${[answer.data]
        .flat()
        .map((part) => JSON.stringify(String(part)))
        .join(' ')}`;
    default:
      return `${answer.type} ${typeof answer.data === 'string' ? answer.data : JSON.stringify(answer.data)}`;
  }
}
