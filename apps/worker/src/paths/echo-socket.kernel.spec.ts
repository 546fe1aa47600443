import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitForAny } from '@netyard/netlink';
import { Underlay } from '@netyard/testing';
import { EchoSocket } from './echo-socket';
import { PathMeasurer } from './path-measurer';
import type { PathResult } from './path-search';

/** Two hosts behind a router, whose link to the second one is made small, or which drops what is large. */
describe.each([
  { version: 'IPv4', addressOf: (underlay: Underlay, host: string) => underlay.host(host).address, router: /^198\.51\.100\.\d+$/ },
  { version: 'IPv6', addressOf: (underlay: Underlay, host: string) => underlay.host(host).ipv6Address, router: /^2001:db8:51:1::1$/ },
])('what a path carries, by $version', ({ addressOf, router }) => {
  let underlay: Underlay;
  beforeAll(() => {
    underlay = new Underlay(2, { routed: true });
  });
  afterAll(() => underlay.close());

  /** Measures the path from the first host to an address, until there is a result. */
  function measure(remoteAddress: string, neededBytes = 1500): PathResult {
    const localAddress = addressOf(underlay, 'h1');
    const socket = underlay.host('h1').inside(() => EchoSocket.open(localAddress));
    try {
      const measurer = new PathMeasurer(60_000, ({ remoteAddress: to }, bytes, sequence) => socket.send(to, bytes, sequence));
      measurer.want([{ host: 'h2', localAddress, remoteAddress, neededBytes }], false, performance.now());
      for (;;) {
        const dueMs = measurer.turn(performance.now());
        const [measured] = measurer.drain('');
        if (measured) return measured.result;
        waitForAny([socket.fd], Math.max(0, Math.ceil(dueMs - performance.now())));
        for (const echo of socket.receive())
          if (echo.answered) measurer.answered(echo.sequence, performance.now());
          else measurer.refused(echo.sequence, echo.refusal);
      }
    } finally {
      socket.close();
    }
  }

  const middle = (...command: string[]): string => underlay.wire.run(command[0] ?? '', ...command.slice(1));

  it('is all that is needed where the links are as large', () => {
    expect(measure(addressOf(underlay, 'h2'))).toEqual({ carriedBytes: 1500, triedBytes: 1500, refusedBy: null });
  });

  it('is found where a router says that packets are too large, with its address, whatever the kernel has learned', () => {
    middle('ip', 'link', 'set', 'to-h2', 'mtu', '1400');
    for (let round = 0; round < 2; round++)
      expect(measure(addressOf(underlay, 'h2'))).toEqual({
        carriedBytes: 1400,
        triedBytes: 1500,
        refusedBy: expect.stringMatching(router),
      });
    middle('ip', 'link', 'set', 'to-h2', 'mtu', '1500');
    // The kernel still believes what the router said, for ten minutes.
    expect(underlay.host('h1').run('ip', 'route', 'get', addressOf(underlay, 'h2'))).toContain('mtu 1400');
    expect(measure(addressOf(underlay, 'h2')).carriedBytes).toBe(1500);
  });

  it('is found where large packets vanish', () => {
    middle(
      'nft',
      'add table inet middle; add chain inet middle forward { type filter hook forward priority 0; }; add rule inet middle forward meta length > 1333 drop',
    );
    expect(measure(addressOf(underlay, 'h2'))).toEqual({ carriedBytes: 1333, triedBytes: 1500, refusedBy: null });
    middle('nft', 'flush ruleset');
  });

  it('is not known where nothing is answered', () => {
    middle('nft', 'add table inet middle; add chain inet middle forward { type filter hook forward priority 0; policy drop; }');
    expect(measure(addressOf(underlay, 'h2'))).toEqual({ carriedBytes: null, triedBytes: 1500, refusedBy: null });
    middle('nft', 'flush ruleset');
  });

  it('is less than is needed where the host’s own link is smaller', () => {
    expect(measure(addressOf(underlay, 'h2'), 1600)).toEqual({
      carriedBytes: 1500,
      triedBytes: 1600,
      refusedBy: addressOf(underlay, 'h1'),
    });
  });

  it('hears nobody who has not got the request', () => {
    const socket = underlay.host('h1').inside(() => EchoSocket.open(addressOf(underlay, 'h1')));
    underlay.host('h1').run('ping', '-c1', '-W1', addressOf(underlay, 'h2'));
    expect(socket.receive()).toEqual([]);
    socket.close();
  });

  it('cannot be asked from an address that the host does not have', () => {
    expect(() => underlay.host('h1').inside(() => EchoSocket.open(addressOf(underlay, 'h2')))).toThrow(
      /send from .*Cannot assign requested address/,
    );
  });
});
