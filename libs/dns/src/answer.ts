import type { ResolverRecord } from '@netyard/contracts';
import packet, { type Answer as Record, type RecordType } from 'dns-packet';
import { headerBytes, responseCodes, type Query, type ResponseCode } from './query';
import type { Finding } from './view';

/** An answer but for the question, in bytes that are ready to be sent. */
export interface PreparedAnswer {
  code: ResponseCode;
  /** The name exists, without such a record. */
  isEmpty: boolean;
  answers: Section;
  authorities: Section;
  additionals: Section;
  /** Which of the answers comes first next time: they take turns. */
  turn: number;
}

/** Records one after the other, and where each begins. */
interface Section {
  bytes: Buffer;
  starts: number[];
}

/** Seconds that it may be kept that there is nothing. */
const negativeTtlSeconds = 1;
/** What fits into a message over TCP, with room for header, question and option; answers beyond that are left out. */
const longestSectionBytes = 65_000;

const flagResponse = 0x8000;
const flagAuthoritative = 0x0400;
const flagTruncated = 0x0200;
const flagRecursionDesired = 0x0100;
const flagRecursionAvailable = 0x0080;
/** The root's name, whose place is taken by a pointer to the question's (RFC 1035 section 4.1.4). */
const rootNameBytes = 1;
const questionPointer = Buffer.from([0xc0, headerBytes]);

/** Prepares what discovery found; `nothing` is said as an unknown name. */
export function prepare(finding: Finding): PreparedAnswer {
  if (finding.found !== 'records') {
    const code = finding.found === 'no-data' ? 'NOERROR' : 'NXDOMAIN';
    return { code, isEmpty: true, answers: section([]), authorities: section([startOfAuthority]), additionals: section([]), turn: 0 };
  }
  const answers = section(finding.records.map((record) => owned(encode(record))));
  const additionals = section(finding.additional.map((record) => encoded(encode(record))));
  return { code: 'NOERROR', isEmpty: false, answers, authorities: section([]), additionals, turn: 0 };
}

function section(records: Buffer[]): Section {
  const starts: number[] = [];
  let length = 0;
  for (const record of records) {
    if (length + record.length > longestSectionBytes) break;
    starts.push(length);
    length += record.length;
  }
  return { bytes: Buffer.concat(records.slice(0, starts.length), length), starts };
}

/**
 * Writes the answer to a query into `out`, and gives its length. `limit`: bytes that the client takes; of a longer answer the additional records are left
 * out, and if that does not do, it is cut to nothing and marked truncated, so that the client asks over TCP. The question stays as it was asked, case and all.
 */
export function writeAnswer(
  out: Buffer,
  query: Buffer,
  { end, recursionDesired, edns }: Query,
  answer: PreparedAnswer,
  limit: number,
): number {
  const { answers, authorities, additionals } = answer;
  const room = Math.min(limit, out.length) - end - (edns ? emptyOption.length : 0);
  const isCut = answers.bytes.length + authorities.bytes.length > room;
  const withAdditionals = !isCut && answers.bytes.length + authorities.bytes.length + additionals.bytes.length <= room;
  query.copy(out, 0, 0, end);
  const flags =
    flagResponse |
    flagAuthoritative |
    flagRecursionAvailable |
    (recursionDesired ? flagRecursionDesired : 0) |
    (isCut ? flagTruncated : 0) |
    responseCodes[answer.code];
  out.writeUInt16BE(flags, 2);
  out.writeUInt16BE(isCut ? 0 : answers.starts.length, 6);
  out.writeUInt16BE(isCut ? 0 : authorities.starts.length, 8);
  out.writeUInt16BE((withAdditionals ? additionals.starts.length : 0) + (edns ? 1 : 0), 10);
  let length = end;
  if (!isCut) {
    length += copyRotated(out, length, answer);
    length += authorities.bytes.copy(out, length);
  }
  if (withAdditionals) length += additionals.bytes.copy(out, length);
  if (edns) length += emptyOption.copy(out, length);
  return length;
}

/** The answers from the one whose turn it is to the last, then those before it. */
function copyRotated(out: Buffer, at: number, answer: PreparedAnswer): number {
  const { bytes, starts } = answer.answers;
  if (starts.length < 2) return bytes.copy(out, at);
  const first = starts[answer.turn] ?? 0;
  answer.turn = (answer.turn + 1) % starts.length;
  const copied = bytes.copy(out, at, first);
  return copied + bytes.copy(out, at + copied, 0, first);
}

/** Writes an answer that is a code alone: the header, and the question if it could be read. Gives its length. */
export function writeRefusal(out: Buffer, query: Buffer, code: ResponseCode, question?: Query): number {
  query.copy(out, 0, 0, headerBytes);
  const asked = query.readUInt16BE(2);
  // The lower four bits of BADVERS are 0; the upper ones go into the option (RFC 6891 section 6.1.3).
  out.writeUInt16BE(flagResponse | flagRecursionAvailable | (asked & (0x7800 | flagRecursionDesired)) | (responseCodes[code] & 0x0f), 2);
  const withOption = code === 'BADVERS' || (question?.edns ?? false);
  out.writeUInt16BE(question ? 1 : 0, 4);
  out.writeUInt16BE(0, 6);
  out.writeUInt16BE(0, 8);
  out.writeUInt16BE(withOption ? 1 : 0, 10);
  let length = headerBytes;
  if (question) length += query.copy(out, headerBytes, headerBytes, question.end);
  if (!withOption) return length;
  const from = length;
  length += emptyOption.copy(out, length);
  if (code === 'BADVERS') out.writeUInt8(responseCodes.BADVERS >> 4, from + 5);
  return length;
}

/** OPT without options: 1,232 bytes are taken over UDP. Source: RFC 6891 section 6.1.2. */
const emptyOption = Buffer.from([0, 0, 41, 0x04, 0xd0, 0, 0, 0, 0, 0, 0]);

/** The record with the question's name in place of its own. */
function owned(record: Record): Buffer {
  return Buffer.concat([questionPointer, encoded({ ...record, name: '.' } as Record).subarray(rootNameBytes)]);
}

/** A record alone: what the codec makes of a message with nothing else. */
function encoded(record: Record): Buffer {
  return packet.encode({ type: 'response', answers: [record] }).subarray(headerBytes);
}

/** Says that there is nothing, and for how long that may be kept (RFC 2308 section 3). */
const startOfAuthority = owned({
  type: 'SOA',
  name: '.',
  ttl: negativeTtlSeconds,
  data: {
    mname: 'resolver.netyard.internal',
    rname: 'nobody.netyard.internal',
    serial: 1,
    refresh: negativeTtlSeconds,
    retry: negativeTtlSeconds,
    expire: negativeTtlSeconds,
    minimum: negativeTtlSeconds,
  },
});

function encode({ name, type, ttlSeconds, data }: ResolverRecord): Record {
  if (type !== 'SRV') return { name, type, ttl: ttlSeconds, data } as Record;
  const [priority, weight, port, target = ''] = data.split(' ');
  return { name, type, ttl: ttlSeconds, data: { priority: Number(priority), weight: Number(weight), port: Number(port), target } };
}

/** The name of a type by its number, as dig(1) writes it. */
export const typeName = (type: number): string => namesOfTypes.get(type) ?? `TYPE${type}`;

/** Source: IANA, Domain Name System parameters. */
const namesOfTypes = new Map<number, RecordType | 'ANY' | 'HTTPS' | 'SVCB'>([
  [1, 'A'],
  [2, 'NS'],
  [5, 'CNAME'],
  [6, 'SOA'],
  [12, 'PTR'],
  [15, 'MX'],
  [16, 'TXT'],
  [28, 'AAAA'],
  [33, 'SRV'],
  [64, 'SVCB'],
  [65, 'HTTPS'],
  [255, 'ANY'],
]);
