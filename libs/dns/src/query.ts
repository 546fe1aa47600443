/** Codes of messages. Source: RFC 1035 section 4.1.1, RFC 6895 section 2.3, RFC 6891 section 9. */
export const responseCodes = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5, BADVERS: 16 } as const;
export type ResponseCode = keyof typeof responseCodes;

export const headerBytes = 12;
/** The least that every client takes over UDP (RFC 1035 section 2.3.4), and the most that is sent, which no path fragments (RFC 9715). */
export const smallestUdpBytes = 512;
export const largestUdpBytes = 1232;

const typeOpt = 41;
const classIn = 1;

/** A query as far as answering needs it. */
export interface Query {
  /** Where the question ends. */
  end: number;
  type: number;
  /** The name in wire form and lower case, one character for each byte, and the type: what answers are found by. */
  key: string;
  recursionDesired: boolean;
  edns: boolean;
  /** How much the client takes over UDP. */
  udpBytes: number;
}

/** What is to be said to a message that is no query which can be answered. */
export type Refusal = ResponseCode | 'drop';

/**
 * Reads a query of one question in place. Says `drop` for what is no query at all, a response code for what is wrong with one. Never throws, whatever the bytes.
 * Source: RFC 1035 section 4, RFC 6891 section 6.1.
 */
export function readQuery(bytes: Buffer, length: number): Query | Refusal {
  if (length < headerBytes) return 'drop';
  const flags = bytes.readUInt16BE(2);
  if ((flags & 0x8000) !== 0) return 'drop';
  if ((flags & 0x7800) !== 0) return 'NOTIMP';
  if (bytes.readUInt16BE(4) !== 1 || bytes.readUInt16BE(6) !== 0 || bytes.readUInt16BE(8) !== 0) return 'FORMERR';
  const nameEnd = skipName(bytes, headerBytes, length);
  const end = nameEnd + 4;
  if (nameEnd < 0 || end > length) return 'FORMERR';
  if (bytes.readUInt16BE(nameEnd + 2) !== classIn) return 'REFUSED';
  const type = bytes.readUInt16BE(nameEnd);
  const key = bytes.toString('latin1', headerBytes, nameEnd).toLowerCase() + String.fromCharCode(type);
  const query: Query = { end, type, key, recursionDesired: (flags & 0x0100) !== 0, edns: false, udpBytes: smallestUdpBytes };
  const additional = bytes.readUInt16BE(10);
  return additional === 0 ? query : readAdditional(bytes, length, query, additional);
}

/** The end of a name without compression; -1 if it is none. A question's name cannot point anywhere but forward. */
function skipName(bytes: Buffer, from: number, length: number): number {
  let at = from;
  while (at < length) {
    const label = bytes[at] ?? 0;
    if (label === 0) return at + 1 - from <= 255 ? at + 1 : -1;
    if (label > 63) return -1;
    at += label + 1;
  }
  return -1;
}

function readAdditional(bytes: Buffer, length: number, query: Query, count: number): Query | Refusal {
  let at = query.end;
  for (let index = 0; index < count; index++) {
    const nameEnd = (bytes[at] ?? 0) >= 0xc0 ? at + 2 : skipName(bytes, at, length);
    if (nameEnd < 0 || nameEnd + 10 > length) return 'FORMERR';
    const dataEnd = nameEnd + 10 + bytes.readUInt16BE(nameEnd + 8);
    if (dataEnd > length) return 'FORMERR';
    if (bytes.readUInt16BE(nameEnd) === typeOpt) {
      if (query.edns || nameEnd !== at + 1) return 'FORMERR';
      query.edns = true;
      query.udpBytes = Math.min(largestUdpBytes, Math.max(smallestUdpBytes, bytes.readUInt16BE(nameEnd + 2)));
      if (bytes[nameEnd + 5] !== 0) return 'BADVERS';
    }
    at = dataEnd;
  }
  return query;
}

/** The name of a key as text, in lower case, without the final dot. */
export function nameOfKey(key: string): string {
  const labels: string[] = [];
  for (let at = 0; at < key.length - 2;) {
    const length = key.charCodeAt(at);
    labels.push(key.slice(at + 1, at + 1 + length));
    at += length + 1;
  }
  return labels.join('.');
}
