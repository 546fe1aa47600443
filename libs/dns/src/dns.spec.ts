import type { EndpointId, NetworkId } from '@netyard/contracts';
import fc from 'fast-check';
import packet, { type Packet, type RecordType } from 'dns-packet';
import { describe, expect, it } from 'vitest';
import {
  nameOfKey,
  parsePointerName,
  pointerName,
  prepare,
  readQuery,
  typeName,
  View,
  writeAnswer,
  writeRefusal,
  Zone,
  type ZoneEndpoint,
} from '.';

const endpoint = (number: number, over: Partial<ZoneEndpoint> = {}): ZoneEndpoint => ({
  id: `e${number}` as EndpointId,
  networkId: 'n1' as NetworkId,
  names: [`e${number}`, 'www', `s${number}`],
  addresses: [`192.0.2.${number}`, ...(number === 1 ? ['2001:db8::1'] : [])],
  services: [{ service: 'http', protocol: 'tcp', port: 80 }],
  ...over,
});

function aView(): View {
  const web = new Zone({ id: 'n1' as NetworkId, name: 'web', domain: 'lab.example' });
  web.put(endpoint(1));
  web.put(endpoint(2));
  const back = new Zone({ id: 'n2' as NetworkId, name: 'back', domain: null });
  back.put(endpoint(3, { networkId: 'n2' as NetworkId, names: ['db', 's1'], services: [] }));
  return new View([web, back], [{ name: 'Printer', address: '198.51.100.9' }]);
}

const ask = (name: string, type: string): string => {
  const finding = aView().find(name, type);
  return finding.found === 'records' ? finding.records.map(({ data }) => data).join(', ') : finding.found;
};

describe('a view finds', () => {
  it.each([
    ['e1', 'A', '192.0.2.1'],
    ['e1', 'AAAA', '2001:db8::1'],
    ['e2', 'AAAA', 'no-data'],
    ['e2', 'MX', 'no-data'],
    ['www', 'A', '192.0.2.1, 192.0.2.2'],
    ['www.web', 'A', '192.0.2.1, 192.0.2.2'],
    ['www.lab.example', 'A', '192.0.2.1, 192.0.2.2'],
    ['s1', 'A', '192.0.2.1, 192.0.2.3'],
    ['s1.back', 'A', '192.0.2.3'],
    ['db.lab.example', 'A', 'no-name'],
    ['lab.example', 'A', 'no-data'],
    ['other.web', 'A', 'nothing'],
    ['nobody', 'A', 'nothing'],
    ['far.example', 'A', 'nothing'],
    ['printer', 'A', '198.51.100.9'],
    ['printer', 'AAAA', 'no-data'],
    ['1.2.0.192.in-addr.arpa', 'PTR', 'e1.web'],
    ['1.2.0.192.in-addr.arpa', 'A', 'no-data'],
    ['9.2.0.192.in-addr.arpa', 'PTR', 'nothing'],
    [pointerName('2001:db8::1'), 'PTR', 'e1.web'],
    ['_http._tcp.e1', 'SRV', '0 0 80 e1.web'],
    ['_80._tcp.www.lab.example', 'SRV', '0 0 80 e1.web, 0 0 80 e2.web'],
    ['_http._tcp.e1', 'A', 'no-data'],
    ['_http._udp.e1', 'SRV', 'no-name'],
    ['_http._tcp.db', 'SRV', 'no-name'],
  ])('%s %s: %s', (name, type, want) => {
    expect(ask(name, type)).toBe(want);
  });

  it('nothing of an endpoint that has been taken away', () => {
    const zone = new Zone({ id: 'n1' as NetworkId, name: 'web', domain: null });
    zone.put(endpoint(1));
    zone.put(endpoint(1, { names: ['new'] }));
    expect(zone.named('e1')).toEqual([]);
    expect(zone.remove('e1' as EndpointId)).toBe(true);
    expect(new View([zone], []).find('new', 'A')).toEqual({ found: 'nothing' });
    expect(zone.at('192.0.2.1')).toBeUndefined();
  });

  it('lists what it would answer', () => {
    const { records, count } = aView().records(3);
    expect(records).toHaveLength(3);
    expect(count).toBe(aView().records(1_000).records.length);
    expect(aView().records(1_000).records).toContainEqual({ name: 'www.lab.example', type: 'A', ttlSeconds: 5, data: '192.0.2.2' });
  });
});

/** What comes back for a query, decoded by the codec. */
function exchange(query: Packet, limit?: number): Packet & { rcode?: string } {
  const bytes = packet.encode({ type: 'query', id: 7, ...query });
  const parsed = readQuery(bytes, bytes.length);
  const out = Buffer.alloc(4096);
  if (parsed === 'drop') throw new Error('dropped');
  if (typeof parsed === 'string') return packet.decode(out.subarray(0, writeRefusal(out, bytes, parsed)));
  const type = typeName(parsed.key.charCodeAt(parsed.key.length - 1));
  const answer = prepare(aView().find(nameOfKey(parsed.key), type));
  return packet.decode(out.subarray(0, writeAnswer(out, bytes, parsed, answer, limit ?? parsed.udpBytes)));
}

const question = (name: string, type: RecordType = 'A'): Packet => ({ questions: [{ name, type }], flags: packet.RECURSION_DESIRED });

describe('an answer', () => {
  it('repeats id, question with its case, and the wish for recursion', () => {
    const answer = exchange(question('WwW'));
    expect(answer).toMatchObject({
      id: 7,
      flag_qr: true,
      flag_aa: true,
      flag_rd: true,
      flag_ra: true,
      rcode: 'NOERROR',
      questions: [{ name: 'WwW' }],
    });
    expect(answer.answers).toMatchObject([
      { name: 'WwW', type: 'A', ttl: 5, data: '192.0.2.1' },
      { name: 'WwW', type: 'A', ttl: 5, data: '192.0.2.2' },
    ]);
  });

  it('takes turns in the order of several addresses', () => {
    const bytes = packet.encode({ type: 'query', id: 7, ...question('www') });
    const query = readQuery(bytes, bytes.length);
    if (typeof query === 'string') throw new Error(query);
    const prepared = prepare(aView().find('www', 'A'));
    const out = Buffer.alloc(512);
    const first = (): unknown => packet.decode(out.subarray(0, writeAnswer(out, bytes, query, prepared, 512))).answers?.[0];
    expect([first(), first(), first()]).toMatchObject([{ data: '192.0.2.1' }, { data: '192.0.2.2' }, { data: '192.0.2.1' }]);
  });

  it('says by an SOA record that there is nothing, of the type or at all', () => {
    expect(exchange(question('e2', 'AAAA'))).toMatchObject({ rcode: 'NOERROR', answers: [], authorities: [{ type: 'SOA', ttl: 1 }] });
    expect(exchange(question('x.lab.example'))).toMatchObject({ rcode: 'NXDOMAIN', answers: [], authorities: [{ type: 'SOA' }] });
  });

  it('brings the addresses of a service along', () => {
    const answer = exchange(question('_http._tcp.e1', 'SRV'));
    expect(answer.answers).toMatchObject([{ data: { port: 80, target: 'e1.web' } }]);
    expect(answer.additionals).toMatchObject([
      { name: 'e1.web', data: '192.0.2.1' },
      { name: 'e1.web', data: '2001:db8::1' },
    ]);
  });

  it('has an option when the query has one, and refuses a version that it does not know', () => {
    const opt = { type: 'OPT', name: '.', udpPayloadSize: 4096, flags: 0, options: [] } as never;
    expect(exchange({ ...question('e1'), additionals: [opt] }).additionals).toMatchObject([{ type: 'OPT', udpPayloadSize: 1232 }]);
    const later = exchange({ ...question('e1'), additionals: [{ ...(opt as object), ednsVersion: 1 } as never] });
    expect(later.additionals).toMatchObject([{ type: 'OPT', extendedRcode: 1 }]);
  });

  it('is cut, and says so, when the client takes less', () => {
    expect(exchange(question('www'), 40)).toMatchObject({ flag_tc: true, answers: [] });
  });

  it('leaves additional records out before it is cut', () => {
    const answer = exchange(question('_http._tcp.e1', 'SRV'), 70);
    expect(answer).toMatchObject({ flag_tc: false, answers: [{ data: { port: 80 } }], additionals: [] });
  });

  it('holds as many of thousands of records as a message over TCP has room for', () => {
    const zone = new Zone({ id: 'n1' as NetworkId, name: 'web', domain: null });
    for (let number = 0; number < 5_000; number++)
      zone.put(endpoint(2, { id: `e${number}` as EndpointId, addresses: [`10.0.${number >> 8}.${number & 255}`] }));
    const bytes = packet.encode({ type: 'query', id: 7, ...question('www') });
    const query = readQuery(bytes, bytes.length);
    if (typeof query === 'string') throw new Error(query);
    const prepared = prepare(new View([zone], []).find('www', 'A'));
    const out = Buffer.alloc(65_535);
    prepared.turn = 4_000;
    const answer = packet.decode(out.subarray(0, writeAnswer(out, bytes, query, prepared, out.length)));
    expect(answer.answers).toHaveLength(Math.floor(65_000 / 16));
    expect(answer.answers?.[0]).toMatchObject({ data: '10.0.15.160' });
    expect(answer).toMatchObject({ flag_tc: false });
  });

  it.each([
    [
      'two questions',
      {
        questions: [
          { name: 'a', type: 'A' },
          { name: 'b', type: 'A' },
        ],
      },
      'FORMERR',
    ],
    ['another class', { questions: [{ name: 'a', type: 'A', class: 'CH' }] }, 'REFUSED'],
    ['another operation', { ...question('a'), opcode: 'NOTIFY', flags: 4 << 11 }, 'NOTIMP'],
  ] as [string, Packet, string][])('is a code alone for %s', (_, query, code) => {
    expect(exchange(query)).toMatchObject({ rcode: code, answers: [] });
  });
});

describe('whatever the bytes', () => {
  const respond = (bytes: Buffer): void => {
    const parsed = readQuery(bytes, bytes.length);
    const out = Buffer.alloc(4096);
    if (parsed === 'drop') return;
    const length =
      typeof parsed === 'string'
        ? writeRefusal(out, bytes, parsed)
        : writeAnswer(out, bytes, parsed, prepare(aView().find(nameOfKey(parsed.key), 'A')), parsed.udpBytes);
    expect(length).toBeLessThanOrEqual(1232);
    expect(out.readUInt16BE(0)).toBe(bytes.readUInt16BE(0));
  };

  it('of noise, nothing is thrown', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (noise) => respond(Buffer.from(noise))),
      { numRuns: 2_000 },
    );
  });

  it('of queries with changed bytes, nothing is thrown', () => {
    const sound = packet.encode({ type: 'query', id: 7, ...question('www.lab.example') });
    const changes = fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { maxLength: 6 });
    fc.assert(
      fc.property(changes, fc.nat(sound.length), (list, cut) => {
        const bytes = Buffer.from(sound);
        for (const [at, value] of list) bytes[at] = value;
        respond(bytes.subarray(0, sound.length - (cut % 8)));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the name of an address', () => {
  it('leads back to it', () => {
    for (const address of ['192.0.2.1', '2001:db8::1', '::', '255.255.255.255'])
      expect(parsePointerName(pointerName(address))).toBe(address);
    expect(parsePointerName('1.2.0.in-addr.arpa')).toBeUndefined();
    expect(parsePointerName('999.2.0.192.in-addr.arpa')).toBeUndefined();
  });
});
