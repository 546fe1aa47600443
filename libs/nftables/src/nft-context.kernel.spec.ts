import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addVeth } from '@netyard/netlink';
import { TestNamespace } from '@netyard/testing';
import { NftContext, NftError, replaceElements, replaceEntries, type Json, type MapEntry, type NftCommand } from './index';

const table = { family: 'inet', table: 'netyard' } as const;
const build: NftCommand[] = [
  { verb: 'add', in: table, object: { kind: 'table' } },
  { verb: 'add', in: table, object: { kind: 'set', name: 'bridges', keyTypes: ['ifname'], interval: false } },
  { verb: 'add', in: table, object: { kind: 'set', name: 'masquerade4', keyTypes: ['ipv4_addr', 'ifname'], interval: true } },
  { verb: 'add', in: table, object: { kind: 'chain', name: 'forward', type: 'filter', hook: 'forward', priority: 0, policy: 'accept' } },
  {
    verb: 'add',
    in: table,
    object: {
      kind: 'rule',
      chain: 'forward',
      comment: 'between networks',
      statements: [{ match: { op: '==', left: { meta: { key: 'iifname' } }, right: '@bridges' } }, { drop: null }],
    },
  },
];

describe('a transaction in the kernel', () => {
  let host: TestNamespace;
  let nft: NftContext;

  beforeEach(() => {
    host = new TestNamespace('nft');
    nft = NftContext.open(host.namespace);
    nft.apply(build);
  });
  afterEach(() => {
    nft.close();
    host.close();
  });

  const elements = (verb: 'add' | 'delete', set: string, ...keys: string[][]): NftCommand => ({
    verb,
    in: table,
    object: { kind: 'elements', set, keys },
  });

  it('shows as `nft` prints it', () => {
    nft.apply([elements('add', 'bridges', ['ny-1'], ['ny-2']), elements('add', 'masquerade4', ['192.0.2.0/24', 'ny-1'])]);
    const text = host.run('nft', 'list', 'table', 'inet', 'netyard');
    expect(text).toContain('iifname @bridges drop comment "between networks"');
    expect(text).toContain('192.0.2.0/24 . "ny-1"');
    expect(nft.listElements(table, 'masquerade4')).toEqual([['192.0.2.0/24', 'ny-1']]);
    expect(nft.listElements(table, 'bridges')?.flat().sort()).toEqual(['ny-1', 'ny-2']);
    nft.apply([elements('delete', 'bridges', ['ny-1'])]);
    expect(nft.listElements(table, 'bridges')).toEqual([['ny-2']]);
  });

  it('is all or nothing, and says what was wrong', () => {
    expect(() => nft.apply([elements('add', 'bridges', ['ny-3']), elements('delete', 'bridges', ['absent'])])).toThrow(NftError);
    expect(nft.listElements(table, 'bridges')).toEqual([]);
  });

  it('tells what is absent from what is empty', () => {
    expect(nft.listElements(table, 'nothing')).toBeUndefined();
    expect(nft.listTable({ family: 'inet', table: 'other' })).toBeUndefined();
    expect(nft.listTable(table)?.some((entry) => 'rule' in entry)).toBe(true);
  });

  it('takes 1,000 elements at once', () => {
    const keys = Array.from({ length: 1000 }, (_, index) => [`ny-${index}`]);
    nft.apply([elements('add', 'bridges', ...keys)]);
    expect(nft.listElements(table, 'bridges')).toHaveLength(1000);
  });

  it('replaces the elements of a set at once', () => {
    nft.apply([elements('add', 'bridges', ['ny-1'], ['ny-2'])]);
    nft.apply(replaceElements(table, 'bridges', [['ny-2'], ['ny-3']]));
    expect(nft.listElements(table, 'bridges')?.flat().sort()).toEqual(['ny-2', 'ny-3']);
    nft.apply(replaceElements(table, 'bridges', []));
    expect(nft.listElements(table, 'bridges')).toEqual([]);
  });

  it('reads ranges that somebody else has put into a set, and deletes them', () => {
    host.run('nft', 'add', 'element', 'inet', 'netyard', 'masquerade4', '{ 192.0.2.1-192.0.2.5 . "ny-1" }');
    expect(nft.listElements(table, 'masquerade4')).toEqual([['192.0.2.1-192.0.2.5', 'ny-1']]);
    nft.apply([elements('delete', 'masquerade4', ['192.0.2.1-192.0.2.5', 'ny-1'])]);
    expect(nft.listElements(table, 'masquerade4')).toEqual([]);
  });

  it('keeps ports in maps', () => {
    const entries = (map: string, ...list: MapEntry[]): NftCommand => ({
      verb: 'add',
      in: table,
      object: { kind: 'entries', map, entries: list },
    });
    const key: Json = { concat: [{ meta: { key: 'l4proto' } }, { payload: { protocol: 'th', field: 'dport' } }] };
    nft.apply([
      {
        verb: 'add',
        in: table,
        object: { kind: 'map', name: 'to-address', keyTypes: ['inet_proto', 'inet_service'], valueType: 'ipv4_addr', interval: false },
      },
      {
        verb: 'add',
        in: table,
        object: { kind: 'map', name: 'to-port', keyTypes: ['inet_proto', 'inet_service'], valueType: 'inet_service', interval: false },
      },
      {
        verb: 'add',
        in: table,
        object: { kind: 'chain', name: 'ports', type: 'nat', hook: 'prerouting', priority: -100, policy: 'accept' },
      },
      {
        verb: 'add',
        in: table,
        object: {
          kind: 'rule',
          chain: 'ports',
          comment: 'published',
          statements: [{ dnat: { family: 'ip', addr: { map: { key, data: '@to-address' } }, port: { map: { key, data: '@to-port' } } } }],
        },
      },
      entries('to-address', { key: ['tcp', '80'], value: '192.0.2.2' }),
      entries('to-port', { key: ['tcp', '80'], value: '8080' }),
    ]);
    const text = host.run('nft', 'list', 'table', 'inet', 'netyard');
    expect(text).toContain('elements = { tcp . 80 : 192.0.2.2 }');
    expect(text).toContain('dnat ip to meta l4proto . th dport map @to-address:meta l4proto . th dport map @to-port comment "published"');
    expect(nft.listEntries(table, 'to-port')).toEqual([{ key: ['tcp', '80'], value: '8080' }]);

    expect(() => nft.apply([entries('to-port', { key: ['tcp', '80'], value: '9090' })])).toThrow(/File exists/);
    nft.apply([elements('delete', 'to-port', ['tcp', '80']), entries('to-port', { key: ['tcp', '80'], value: '9090' })]);
    expect(nft.listEntries(table, 'to-port')).toEqual([{ key: ['tcp', '80'], value: '9090' }]);
    nft.apply(replaceEntries(table, 'to-port', [{ key: ['udp', '53'], value: '5353' }]));
    expect(nft.listEntries(table, 'to-port')).toEqual([{ key: ['udp', '53'], value: '5353' }]);
    expect(nft.listEntries(table, 'nothing')).toBeUndefined();
  });

  it('leads to chains by verdict maps, and takes everything away again by name', () => {
    nft.apply([
      { verb: 'add', in: table, object: { kind: 'plain-chain', name: 'tenant-a' } },
      { verb: 'add', in: table, object: { kind: 'map', name: 'tenants', keyTypes: ['ifname'], valueType: 'verdict', interval: false } },
      {
        verb: 'add',
        in: table,
        object: {
          kind: 'entries',
          map: 'tenants',
          entries: [
            { key: ['ny-1'], value: { verdict: 'jump', chain: 'tenant-a' } },
            { key: ['ny-2'], value: { verdict: 'drop' } },
          ],
        },
      },
    ]);
    expect(host.run('nft', 'list', 'map', 'inet', 'netyard', 'tenants')).toContain('"ny-1" : jump tenant-a');
    expect(nft.listEntries(table, 'tenants')).toEqual(
      expect.arrayContaining([
        { key: ['ny-1'], value: { verdict: 'jump', chain: 'tenant-a' } },
        { key: ['ny-2'], value: { verdict: 'drop' } },
      ]),
    );
    const rule = nft
      .listTable(table)
      ?.map((entry) => entry['rule'] as { handle: number } | undefined)
      .find(Boolean);
    nft.apply([
      { verb: 'delete', in: table, object: { kind: 'map', name: 'tenants' } },
      { verb: 'delete', in: table, object: { kind: 'chain', name: 'tenant-a' } },
      { verb: 'delete', in: table, object: { kind: 'rule-handle', chain: 'forward', handle: rule?.handle ?? 0 } },
      { verb: 'flush', in: table, object: { kind: 'chain', name: 'forward' } },
      { verb: 'delete', in: table, object: { kind: 'set', name: 'bridges' } },
    ]);
    const names = (nft.listTable(table) ?? []).flatMap((entry) => Object.values(entry)).map((object) => (object as { name?: string }).name);
    expect(names.filter(Boolean)).toEqual(['netyard', 'masquerade4', 'forward']);
  });

  it('finds the links of its own namespace, wherever the thread is', () => {
    host.netlink((socket) => socket.request(addVeth({ name: 'v0', mtuBytes: 1500, peer: { name: 'v1', namespace: host.namespace } })));
    const index = host.ip<{ ifindex: number }[]>('link', 'show', 'v0')[0]?.ifindex;
    nft.apply([
      {
        verb: 'add',
        in: table,
        object: {
          kind: 'rule',
          chain: 'forward',
          comment: 'by index',
          statements: [{ match: { op: '==', left: { meta: { key: 'iif' } }, right: 'v0' } }, { drop: null }],
        },
      },
    ]);
    expect(index).toBeGreaterThan(1);
    expect(host.run('nft', 'list', 'chain', 'inet', 'netyard', 'forward')).toContain('iif "v0" drop comment "by index"');
  });
});
