import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DesiredKey, KeyId } from '@netyard/contracts';
import { HostKeys, type HostKeysOptions } from './host-keys';
import { KeyFile } from './key-file';
import { keyPairOf, makeKeyPair } from './key-pair';

// RFC 7748 section 6.1, Alice's.
const alice = { privateKey: 'dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo=', publicKey: 'hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=' };

describe('a pair of keys', () => {
  it('is the one of RFC 7748', () => {
    expect(keyPairOf(alice.privateKey)).toEqual(alice);
  });

  it('is another one each time, and whole', () => {
    const [one, other] = [makeKeyPair(), makeKeyPair()];
    expect(one.publicKey).not.toBe(other.publicKey);
    expect(keyPairOf(one.privateKey)).toEqual(one);
  });

  it('needs 32 bytes', () => {
    expect(() => keyPairOf('AAAA')).toThrow('a private key has 32 bytes');
  });
});

describe('the keys of a host', () => {
  let directory: string;
  let logged: string[];
  let now: Date;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'netyard-keys-'));
    logged = [];
    now = new Date('2026-01-01T00:00:00.000Z');
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const open = (over: Partial<HostKeysOptions> = {}): HostKeys =>
    new HostKeys({
      versions: ['ipv4', 'ipv6'],
      file: new KeyFile(directory, 'host'),
      port: 51820,
      lifetimeMs: 3_600_000,
      now: () => now,
      standingKey: () => '',
      log: (level, message, fields) => logged.push(`${level} ${message} ${JSON.stringify(fields)}`),
      ...over,
    });
  const order = (publicKey: string | null | undefined, use: boolean, replace: boolean): DesiredKey => ({
    kind: 'key',
    id: '' as KeyId,
    generation: 1,
    name: 'host',
    deleted: false,
    underlay: 'ipv4',
    publicKey: publicKey ?? '',
    innerAddress: '2001:db8:4::1',
    endpoint: null,
    own: { use, replace },
  });

  it('are made once, one for each version of IP, and kept where only the owner reads', () => {
    const keys = open().published();
    expect(keys.map(({ underlay, port, createdAt, nextPublicKey }) => ({ underlay, port, createdAt, nextPublicKey }))).toEqual([
      { underlay: 'ipv4', port: 51820, createdAt: now.toISOString(), nextPublicKey: null },
      { underlay: 'ipv6', port: 51821, createdAt: now.toISOString(), nextPublicKey: null },
    ]);
    expect(open().published()).toEqual(keys);
    expect(statSync(join(directory, 'host-keys.json')).mode & 0o777).toBe(0o600);
  });

  it('are none where the kernel has no WireGuard', () => {
    expect(open({ versions: [] }).published()).toEqual([]);
    expect(() => statSync(join(directory, 'host-keys.json'))).toThrow('ENOENT');
  });

  it('are replaced in two halves, and the former one is forgotten', () => {
    const keys = open();
    const former = keys.published()[0]?.publicKey;
    const formerPrivate = keys.privateKeyOf(former ?? '');
    expect(keys.obey(order(former, true, true), () => true)).toBe(true);
    const next = keys.published()[0]?.nextPublicKey;
    expect(keys.published()[0]?.publicKey).toBe(former);
    // Asked for again: it is under way.
    expect(keys.obey(order(former, true, true), () => true)).toBe(false);
    // Not before all know it, nor before the kernel uses it.
    expect(keys.obey(order(next, false, false), () => true)).toBe(false);
    expect(keys.obey(order(next, true, false), () => false)).toBe(false);
    now = new Date('2026-01-02T00:00:00.000Z');
    expect(open().obey(order(next, true, false), () => true)).toBe(true);
    const after = open();
    expect(after.published()[0]).toMatchObject({ publicKey: next, nextPublicKey: null });
    expect(() => after.privateKeyOf(former ?? '')).toThrow(`this host has no private key for ${former}`);
    expect(readFileSync(join(directory, 'host-keys.json'), 'utf8')).not.toContain(formerPrivate);
    expect(logged.join()).not.toContain(formerPrivate);
  });

  it('are replaced when they are old', () => {
    const keys = open();
    now = new Date('2026-01-01T00:59:59.999Z');
    expect(keys.beginDue()).toBe(false);
    now = new Date('2026-01-01T01:00:00.000Z');
    expect(keys.beginDue()).toBe(true);
    expect(keys.beginDue()).toBe(false);
    expect(keys.published().every(({ nextPublicKey }) => nextPublicKey !== null)).toBe(true);
  });

  it('go on with what stands in the kernel where nothing was kept', () => {
    const keys = open({ file: null, standingKey: (underlay) => (underlay === 'ipv4' ? alice.privateKey : '') });
    expect(keys.published()[0]?.publicKey).toBe(alice.publicKey);
    expect(keys.privateKeyOf(alice.publicKey)).toBe(alice.privateKey);
    expect(keys.published()[1]?.publicKey).not.toBe(alice.publicKey);
  });

  it.each([
    { name: 'that is cut off', in: `{"version":1,"keys":{"ipv4":{"current":{"privateKey":"${alice.privateKey}` },
    { name: 'of another version', in: `{"version":9,"keys":{}}` },
    { name: 'with a key that is none', in: `{"version":1,"keys":{"ipv4":{"current":{"privateKey":"AAAA","createdAt":""},"next":null}}}` },
  ])('are made anew beside a file $name, of which nothing is told', ({ in: text }) => {
    writeFileSync(join(directory, 'host-keys.json'), text);
    expect(open().published()).toHaveLength(2);
    expect(logged).toHaveLength(1);
    expect(logged[0]).toMatch(/^error the file of keys cannot be read/);
    expect(logged[0]).not.toContain(alice.privateKey);
  });

  it('begin no rotation that could not be kept', () => {
    const file = new KeyFile(directory, 'host');
    const keys = open({ file });
    rmSync(directory, { recursive: true });
    expect(keys.obey(order(keys.published()[0]?.publicKey, true, true), () => true)).toBe(false);
    expect(keys.published()[0]?.nextPublicKey).toBeNull();
    expect(logged.at(-1)).toMatch(/^error keys cannot be kept on disk/);
    directory = mkdtempSync(join(tmpdir(), 'netyard-keys-'));
  });
});
