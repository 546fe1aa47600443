import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { briefly, patiently, TwoHostsOnWire } from '@netyard/testing';

describe('macvlan networks across hosts', () => {
  let wire: TwoHostsOnWire;
  beforeAll(async () => {
    wire = await TwoHostsOnWire.start();
  });
  afterAll(() => wire.close());

  it.each([
    { mode: 'bridge', siblings: true },
    { mode: 'private', siblings: false },
    { mode: 'vepa', siblings: false },
  ])('in mode $mode connect hosts by both versions of IP', async ({ mode, siblings }) => {
    await wire.join({ driver: 'macvlan', options: { mode } }, true);
    expect([wire.reached('21'), wire.reached('12', siblings ? patiently : briefly)]).toEqual([
      [true, true],
      [siblings, siblings],
    ]);
    for (const bytes of await wire.streamed()) expect(bytes).toBeGreaterThan(100_000);
    await wire.leave(true);
  });

  it('in mode vepa connect endpoints of one host by a switch that reflects their frames', async () => {
    const onWire = (state: 'on' | 'off') => wire.deployment.underlay.wire.run('bridge', 'link', 'set', 'dev', 'to-h1', 'hairpin', state);
    await wire.join({ driver: 'macvlan', options: { mode: 'vepa' } }, true);
    expect(wire.reached('12', briefly)).toEqual([false, false]);
    onWire('on');
    // What waits for a neighbour that was asked for in vain fails once more.
    await wire.deployment.until('they reach each other', async () => wire.reached('12', briefly).every(Boolean));
    onWire('off');
    await wire.leave(true);
  });

  it('in mode passthru have the parent of either host for themselves', async () => {
    await wire.join({ driver: 'macvlan', options: { mode: 'passthru' } }, false);
    expect(wire.reached('21')).toEqual([true, true]);
    for (const bytes of await wire.streamed()) expect(bytes).toBeGreaterThan(100_000);
    await wire.leave(false);
  });
});
