import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestNamespace } from '@netyard/testing';
import { NftContext, NftError, type NftCommand } from './index';

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

  const elements = (verb: 'add' | 'delete', set: string, ...keys: string[][]): NftCommand => ({ verb, in: table, object: { kind: 'elements', set, keys } });

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
});
