import { describe as suite, expect, it } from 'vitest';
import { entryJson, keyJson, parseElement, parseEntry } from './element';
import { describe, replaceElements, replaceEntries, toJson, type ElementKey, type Json, type MapEntry, type NftCommand } from './index';

const ref = { family: 'inet', table: 'netyard' } as const;

suite('keys', () => {
  it.each<{ in: ElementKey; want: Json }>([
    { in: ['192.0.2.1'], want: '192.0.2.1' },
    { in: ['192.0.2.0/24', 'ny-1'], want: { concat: [{ prefix: { addr: '192.0.2.0', len: 24 } }, 'ny-1'] } },
    { in: ['2001:db8::/48'], want: { prefix: { addr: '2001:db8::', len: 48 } } },
    { in: ['192.0.2.1-192.0.2.5'], want: { range: ['192.0.2.1', '192.0.2.5'] } },
    { in: ['ny-1-2'], want: 'ny-1-2' },
    { in: ['cafe-beef'], want: 'cafe-beef' },
  ])('$in survive a round trip', ({ in: key, want }) => {
    expect(keyJson(key)).toEqual(want);
    expect(parseElement(want)).toEqual(key);
  });

  it('are found in elements with a timeout, and refused in unknown shapes', () => {
    expect(parseElement({ elem: { val: 'ny-1', timeout: 60 } })).toEqual(['ny-1']);
    expect(parseElement({ concat: ['tcp', 80] })).toEqual(['tcp', '80']);
    expect(() => parseElement({ jump: { target: 'x' } })).toThrow(/unknown shape: .*jump/);
    expect(() => parseEntry(['only a key'])).toThrow(/unknown shape/);
  });
});

suite('entries', () => {
  it.each<{ in: MapEntry; want: Json }>([
    { in: { key: ['tcp', '80'], value: '192.0.2.2' }, want: [{ concat: ['tcp', '80'] }, '192.0.2.2'] },
    { in: { key: ['ny-1'], value: { verdict: 'goto', chain: 'a' } }, want: ['ny-1', { goto: { target: 'a' } }] },
    { in: { key: ['ny-1'], value: { verdict: 'accept' } }, want: ['ny-1', { accept: null }] },
  ])('$in survive a round trip', ({ in: entry, want }) => {
    expect(entryJson(entry)).toEqual(want);
    expect(parseEntry(want)).toEqual(entry);
  });
});

suite('a command', () => {
  it.each<{ in: NftCommand; json: Json; want: string }>([
    {
      in: {
        verb: 'add',
        in: ref,
        object: { kind: 'map', name: 'ports', keyTypes: ['inet_proto', 'inet_service'], valueType: 'ipv4_addr', interval: false },
      },
      json: {
        add: {
          map: { family: 'inet', table: 'netyard', name: 'ports', type: ['inet_proto', 'inet_service'], map: 'ipv4_addr', flags: [] },
        },
      },
      want: 'nft add map inet netyard ports { type inet_proto . inet_service : ipv4_addr; }',
    },
    {
      in: {
        verb: 'add',
        in: ref,
        object: { kind: 'entries', map: 'tenants', entries: [{ key: ['ny-1'], value: { verdict: 'jump', chain: 'a' } }] },
      },
      json: { add: { element: { family: 'inet', table: 'netyard', name: 'tenants', elem: [['ny-1', { jump: { target: 'a' } }]] } } },
      want: 'nft add element inet netyard tenants { ny-1 : jump a }',
    },
    {
      in: { verb: 'delete', in: ref, object: { kind: 'rule-handle', chain: 'forward', handle: 7 } },
      json: { delete: { rule: { family: 'inet', table: 'netyard', chain: 'forward', handle: 7 } } },
      want: 'nft delete rule inet netyard forward handle 7',
    },
    {
      in: { verb: 'flush', in: ref, object: { kind: 'chain', name: 'forward' } },
      json: { flush: { chain: { family: 'inet', table: 'netyard', name: 'forward' } } },
      want: 'nft flush chain inet netyard forward',
    },
    {
      in: { verb: 'delete', in: ref, object: { kind: 'table' } },
      json: { delete: { table: { family: 'inet', name: 'netyard' } } },
      want: 'nft delete table inet netyard',
    },
  ])('$want', ({ in: command, json, want }) => {
    expect(toJson(command)).toEqual(json);
    expect(describe(command)).toBe(want);
  });

  it('that replaces is a flush and an addition, unless nothing is to be added', () => {
    expect(replaceElements(ref, 'bridges', [['ny-1'], ['ny-2']]).map(describe)).toEqual([
      'nft flush set inet netyard bridges',
      'nft add element inet netyard bridges { ny-1, ny-2 }',
    ]);
    expect(replaceEntries(ref, 'ports', []).map(describe)).toEqual(['nft flush map inet netyard ports']);
  });
});
