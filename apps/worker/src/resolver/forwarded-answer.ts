import { headerBytes, largestUdpBytes, type Query } from '@netyard/dns';
import type { UpstreamAnswer } from './message';

const emptyOption = Buffer.from([0, 0, 41, largestUdpBytes >> 8, largestUdpBytes & 0xff, 0, 0, 0, 0, 0, 0]);

/** An upstream's answer as the client is to get it: with its id, its question letter for letter, an option if it sent one, and cut if it takes less. */
export function forwardedAnswer(
  head: Buffer,
  { end, edns, recursionDesired }: Query,
  { bytes, code }: UpstreamAnswer,
  limit: number,
): Buffer {
  const optionBytes = edns ? emptyOption.length : 0;
  const isCut = bytes.length + optionBytes > limit;
  const body = isCut ? head.subarray(0, end) : bytes;
  const answer = Buffer.alloc(body.length + optionBytes);
  body.copy(answer);
  head.copy(answer, headerBytes, headerBytes, end);
  answer.writeUInt16BE(head.readUInt16BE(0), 0);
  // Response, truncated, recursion desired and available; not authoritative.
  answer.writeUInt16BE(0x8000 | (isCut ? 0x0200 : 0) | (recursionDesired ? 0x0100 : 0) | 0x0080 | code, 2);
  if (isCut) answer.fill(0, 6, headerBytes);
  if (!edns) return answer;
  answer.writeUInt16BE(answer.readUInt16BE(10) + 1, 10);
  emptyOption.copy(answer, body.length);
  return answer;
}
