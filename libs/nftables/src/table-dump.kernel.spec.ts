import { RouteSocket } from '@netyard/netlink';
import { TestNamespace } from '@netyard/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fingerprintTable, listCounters } from './table-dump';

const table = { family: 'inet', table: 't' } as const;

describe('a table as the kernel tells it', () => {
  let host: TestNamespace;
  let socket: RouteSocket;

  beforeEach(() => {
    host = new TestNamespace('dump');
    host.run(
      'nft',
      `table inet t {
        counter one { packets 7 bytes 700 }
        counter two { }
        quota three { 10 mbytes }
        set links { type ifname; }
        map verdicts { type ifname : verdict; }
        chain other { counter name one; }
        chain input { type filter hook input priority 0; policy accept; iifname @links drop; iifname vmap @verdicts; meta l4proto vmap { tcp : goto other }; }
      }
      table bridge t { counter elsewhere { }
      }
      table inet t2 { counter elsewhere { }
        chain other { accept; }
      }`,
    );
    socket = RouteSocket.openNetfilter(host.namespace);
  });
  afterEach(() => {
    socket.close();
    host.close();
  });

  test('has the counters that nft lists', () => {
    expect(listCounters(socket, table).sort((one, other) => (one.name < other.name ? -1 : 1))).toEqual([
      { name: 'one', packets: 7, bytes: 700 },
      { name: 'two', packets: 0, bytes: 0 },
    ]);
    expect(listCounters(socket, { family: 'inet', table: 'none' })).toEqual([]);
  });

  test.each([
    ['add element inet t links { "ny-1" }; add element inet t verdicts { "ny-1" : goto other }', 'same'],
    ['reset counters', 'same'],
    ['add rule inet t2 other drop; add table inet t3', 'same'],
    ['add rule inet t other drop', 'other'],
    ['flush chain inet t other', 'other'],
    ['add chain inet t more', 'other'],
    ['chain inet t input { policy drop; }', 'other'],
    ['add set inet t more { type ifname; }', 'other'],
    ['delete counter inet t two', 'other'],
    ['flush ruleset', 'other'],
  ])('after `nft %s` has the %s fingerprint', (change, which) => {
    const before = fingerprintTable(socket, table);
    expect(fingerprintTable(socket, table)).toBe(before);
    host.run('nft', change);
    expect(fingerprintTable(socket, table) === before).toBe(which === 'same');
  });
});
