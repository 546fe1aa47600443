import fc from 'fast-check';
import packet, { type Packet } from 'dns-packet';
import { describe, expect, it } from 'vitest';
import { AnswerCache } from './answer-cache';
import { readAnswer, upstreamQuery, type UpstreamAnswer } from './message';

const headerBytes = 12;
const questions = [{ name: 'far.example', type: 'A' as const }];
const question = packet.encode({ type: 'query', questions }).subarray(headerBytes);
const soa = { mname: 'ns.example', rname: 'host.example', serial: 1, refresh: 1, retry: 1, expire: 1, minimum: 30 };
const option = { type: 'OPT', name: '.', udpPayloadSize: 4096, flags: 0, options: [] } as never;

const address = { type: 'A' as const, name: 'far.example', data: '192.0.2.7' };
const answered = (over: Packet = {}): Buffer => packet.encode({ type: 'response', id: 7, questions, ...over });
const read = (message: Buffer): UpstreamAnswer => {
  const answer = readAnswer(message, question, 7);
  if (!answer) throw new Error('it was not taken');
  return answer;
};

describe('what is asked of an upstream', () => {
  it('has an option if wanted', () => {
    expect(packet.decode(upstreamQuery(question, 9, true))).toMatchObject({
      id: 9,
      flag_rd: true,
      questions,
      additionals: [{ type: 'OPT' }],
    });
    expect(packet.decode(upstreamQuery(question, 9, false))).toMatchObject({ id: 9, additionals: [] });
  });
});

describe('what an upstream says', () => {
  it.each([
    { what: 'the shortest time to live of the answers', over: { answers: [60, 20].map((ttl) => ({ ...address, ttl })) }, ttlSeconds: 20 },
    { what: 'an hour at most', over: { answers: [{ ...address, ttl: 86_400 }] }, ttlSeconds: 3_600 },
    {
      what: 'nothing at all for the minimum of the SOA',
      over: { authorities: [{ type: 'SOA', name: 'example', ttl: 900, data: soa }] },
      ttlSeconds: 30,
    },
    { what: 'nothing at all, without a word for how long: not', over: {}, ttlSeconds: 0 },
  ] as { what: string; over: Packet; ttlSeconds: number }[])('may be kept: $what', ({ over, ttlSeconds }) => {
    expect(read(answered(over)).ttlSeconds).toBe(ttlSeconds);
  });

  it('is taken without its option', () => {
    const { bytes } = read(answered({ answers: [{ ...address, ttl: 5 }], additionals: [option] }));
    expect(packet.decode(bytes)).toMatchObject({ answers: [{ data: '192.0.2.7' }], additionals: [] });
  });

  it.each([
    ['with another id', packet.encode({ type: 'response', id: 8, questions })],
    ['to another question', packet.encode({ type: 'response', id: 7, questions: [{ name: 'far.exampel', type: 'A' }] })],
    ['of another type', packet.encode({ type: 'response', id: 7, questions: [{ name: 'far.example', type: 'AAAA' }] })],
    ['that is a query', packet.encode({ type: 'query', id: 7, questions })],
    ['that ends too early', answered({ answers: [{ ...address, ttl: 5 }] }).subarray(0, -1)],
  ])('is not taken %s', (_, message) => {
    expect(readAnswer(message, question, 7)).toBeUndefined();
  });

  it('never makes it throw', () => {
    const sound = answered({
      answers: [{ ...address, ttl: 5 }],
      authorities: [{ type: 'SOA', name: 'example', ttl: 9, data: soa }],
      additionals: [option],
    });
    const changes = fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { maxLength: 8 });
    fc.assert(
      fc.property(changes, fc.nat(sound.length), (list, end) => {
        const message = Buffer.from(sound);
        for (const [at, value] of list) message[at] = value;
        const answer = readAnswer(message.subarray(0, end), question, 7);
        for (const offset of answer?.ttlOffsets ?? []) expect(offset + 4).toBeLessThanOrEqual(answer?.bytes.length ?? 0);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('the cache', () => {
  const first = read(answered({ answers: [{ ...address, ttl: 20 }] }));
  const cache = (limit = { entries: 2, bytes: 10_000 }): { cache: AnswerCache; clock: { ms: number } } => {
    const clock = { ms: 0 };
    return { cache: new AnswerCache(limit, () => clock.ms), clock };
  };
  const ttl = (answer: UpstreamAnswer | undefined): unknown =>
    answer && packet.decode(answer.bytes).answers?.map((one) => 'ttl' in one && one.ttl);

  it('counts times to live down and forgets what is over', () => {
    const { cache: one, clock } = cache();
    one.put('a', first);
    clock.ms = 7_900;
    expect(ttl(one.get('a'))).toEqual([13]);
    clock.ms = 19_999;
    expect(ttl(one.get('a'))).toEqual([1]);
    clock.ms = 20_000;
    expect(one.get('a')).toBeUndefined();
    clock.ms = 0;
    expect(one.get('a')).toBeUndefined();
  });

  it('lets go first what was not used for longest', () => {
    const { cache: one } = cache();
    one.put('a', first);
    one.put('b', first);
    one.get('a');
    one.put('c', first);
    expect(['a', 'b', 'c'].map((key) => one.get(key) !== undefined)).toEqual([true, false, true]);
  });

  it('holds no more bytes than it may', () => {
    const { cache: one } = cache({ entries: 10_000, bytes: 2_000 });
    for (let number = 0; number < 100; number++) one.put(`k${number}`, first);
    expect(Array.from({ length: 100 }, (_, number) => one.get(`k${number}`)).filter(Boolean)).toHaveLength(3);
  });
});
