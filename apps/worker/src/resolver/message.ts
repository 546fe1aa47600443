import { headerBytes, largestUdpBytes } from '@netyard/dns';

/** As much of an upstream's answer as caching and handing on need. Source: RFC 1035 section 4.1. */
export interface UpstreamAnswer {
  /** The message without an option (RFC 6891) of its own at the end. */
  bytes: Buffer;
  code: number;
  truncated: boolean;
  /** Where the question ends. */
  questionEnd: number;
  /** Where times to live stand. */
  ttlOffsets: number[];
  /** Seconds that it may be kept; 0: not at all. */
  ttlSeconds: number;
}

const typeSoa = 6;
const typeOpt = 41;
/** Seconds beyond which nothing is kept, whatever an upstream says. */
const longestTtlSeconds = 3_600;
const longestNegativeTtlSeconds = 300;

/** The question of a query, asked of an upstream: with recursion, an id of our own, and an option (RFC 6891) if wanted. */
export function upstreamQuery(question: Buffer, id: number, withOption: boolean): Buffer {
  const header = Buffer.alloc(headerBytes);
  header.writeUInt16BE(id, 0);
  header.writeUInt16BE(0x0100, 2);
  header.writeUInt16BE(1, 4);
  if (!withOption) return Buffer.concat([header, question]);
  header.writeUInt16BE(1, 10);
  const option = Buffer.from([0, 0, typeOpt, largestUdpBytes >> 8, largestUdpBytes & 0xff, 0, 0, 0, 0, 0, 0]);
  return Buffer.concat([header, question, option]);
}

/** Reads an upstream's answer to a question; undefined when it is none, or not to this question. Never throws, whatever the bytes. */
export function readAnswer(message: Buffer, question: Buffer, id: number): UpstreamAnswer | undefined {
  const questionEnd = headerBytes + question.length;
  if (message.length < questionEnd || message.readUInt16BE(0) !== id) return undefined;
  const flags = message.readUInt16BE(2);
  const asked = message.subarray(headerBytes, questionEnd);
  if ((flags & 0x8000) === 0 || message.readUInt16BE(4) !== 1) return undefined;
  if (asked.toString('latin1').toLowerCase() !== question.toString('latin1').toLowerCase()) return undefined;
  const answer: UpstreamAnswer = {
    bytes: message,
    code: flags & 0x0f,
    truncated: (flags & 0x0200) !== 0,
    questionEnd,
    ttlOffsets: [],
    ttlSeconds: 0,
  };
  return readRecords(answer) ? answer : undefined;
}

function readRecords(answer: UpstreamAnswer): boolean {
  const { bytes } = answer;
  const answers = bytes.readUInt16BE(6);
  const authorities = bytes.readUInt16BE(8);
  const total = answers + authorities + bytes.readUInt16BE(10);
  let at = answer.questionEnd;
  let positive = longestTtlSeconds;
  let negative = 0;
  for (let index = 0; index < total; index++) {
    const nameEnd = skipName(bytes, at);
    if (nameEnd < 0 || nameEnd + 10 > bytes.length) return false;
    const type = bytes.readUInt16BE(nameEnd);
    const ttl = bytes.readUInt32BE(nameEnd + 4);
    const end = nameEnd + 10 + bytes.readUInt16BE(nameEnd + 8);
    if (end > bytes.length) return false;
    if (type === typeOpt) {
      if (index === total - 1) removeOption(answer, at);
    } else {
      answer.ttlOffsets.push(nameEnd + 4);
      if (index < answers) positive = Math.min(positive, ttl);
      // The last four bytes of an SOA are how long it may be kept that there is nothing (RFC 2308 section 4).
      else if (type === typeSoa && index < answers + authorities && end - nameEnd >= 32)
        negative = Math.min(ttl, bytes.readUInt32BE(end - 4));
    }
    at = end;
  }
  answer.ttlSeconds = answers > 0 ? positive : Math.min(negative, longestNegativeTtlSeconds);
  return true;
}

/** The option is between neighbours: it is not handed on. */
function removeOption(answer: UpstreamAnswer, at: number): void {
  answer.bytes = Buffer.from(answer.bytes.subarray(0, at));
  answer.bytes.writeUInt16BE(answer.bytes.readUInt16BE(10) - 1, 10);
}

/** The end of a name, which may end in a pointer; -1 if it runs out of the message. */
function skipName(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length) {
    const label = bytes[at] ?? 0;
    if (label === 0) return at + 1;
    if (label >= 0xc0) return at + 2;
    at += label + 1;
  }
  return -1;
}
