import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { briefly, patiently, TwoHostsOnWire, type WireMode } from '@netyard/testing';

const flags = ['bridge', 'private', 'vepa'];
const ipvlan: WireMode[] = ['l2', 'l3', 'l3s'].flatMap((mode) =>
  flags.map((flag): WireMode => ({ driver: 'ipvlan', options: { mode, flag }, siblings: flag === 'bridge' })),
);
const onVlan: WireMode[] = [
  { driver: 'macvlan', options: { parent: 'eth0.50', mode: 'bridge' }, siblings: true },
  { driver: 'ipvlan', options: { parent: 'eth0.51', mode: 'l2', flag: 'bridge' }, siblings: true },
];

/** What this machine's own kernel lacks: ipvlan, and VLANs made on demand. */
describe('networks on the wire, across hosts', () => {
  let wire: TwoHostsOnWire;
  beforeAll(async () => {
    wire = await TwoHostsOnWire.start();
  });
  afterAll(() => wire.close());

  it.each([...ipvlan, ...onVlan])('$driver $options connects hosts by both versions of IP', async ({ driver, options, siblings }) => {
    await wire.join({ driver, options }, true);
    if (options['mode'] !== 'l2' && driver === 'ipvlan') wire.routeByHosts();
    expect([wire.reached('21'), wire.reached('12', siblings ? patiently : briefly)]).toEqual([
      [true, true],
      [siblings, siblings],
    ]);
    for (const bytes of await wire.streamed()) expect(bytes).toBeGreaterThan(100_000);
    await wire.leave(true);
    const host = wire.deployment.underlay.host('h1');
    for (const kind of ['macvlan', 'ipvlan', 'vlan']) expect(host.run('ip', '-o', 'link', 'show', 'type', kind)).toBe('');
  });
});
