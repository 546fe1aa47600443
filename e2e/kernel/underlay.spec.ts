import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ApiObject, briefly, Deployment, isReady, outcome, patiently } from '@netyard/testing';

interface Path {
  host: string;
  remoteAddress: string;
  neededBytes: number;
  state: string;
  carriedBytes: number | null;
  refusedBy: string | null;
}

interface Tunnels {
  items: {
    network: string;
    mtuBytes: number;
    ingress: { packets: number; bytes: number };
    egress: { packets: number; bytes: number };
    remotes: { host: string; endpointCount: number; path: Path; measuredAt: string | null }[];
  }[];
}

/** Three hosts behind a router, an overlay on all of them, and workers that look at the underlay each second. */
describe.each([
  { underlay: 'ipv4', overhead: 50, prefix: '10.60.0' },
  { underlay: 'ipv6', overhead: 70, prefix: '10.61.0' },
])('what the underlay carries, over $underlay', ({ underlay, overhead, prefix }) => {
  const mtuBytes = 1500 - overhead;
  let deployment: Deployment;
  const sandboxes: ApiObject[] = [];

  beforeAll(async () => {
    deployment = await Deployment.start({ hosts: 3, routed: true, workerArguments: ['--path-interval', '1'] });
    await deployment.create('networks', 'wide', { driver: 'overlay', subnets: [{ cidr: `${prefix}.0/24` }], options: { underlay } });
    for (const number of [1, 2, 3]) {
      sandboxes.push(await deployment.create('sandboxes', `s${number}`, { host: `h${number}` }));
      await deployment.create('endpoints', `e${number}`, { network: 'wide', sandbox: `s${number}`, addresses: [`${prefix}.1${number}`] });
    }
  });
  afterAll(() => deployment.close());
  afterEach(async () => {
    middle('nft', 'flush', 'ruleset');
    middle('ip', 'link', 'set', 'to-h3', 'mtu', '1500');
    await conditionBecomes('True');
  });

  const middle = (...command: string[]): string => outcome(['ip', 'netns', 'exec', deployment.underlay.wire.name, ...command]);
  /** The router drops what it is to forward and the match names. */
  const drop = (match: string): string =>
    middle(
      'nft',
      `add table inet middle; add chain inet middle forward { type filter hook forward priority 0; }; add rule inet middle forward ${match} drop`,
    );
  const network = async (): Promise<ApiObject> => (await deployment.get('/v1/networks/wide')).body;
  const condition = async () => (await network()).status.conditions?.find(({ type }) => type === 'UnderlayCarries');
  const conditionBecomes = (status: string, reason = ''): Promise<void> =>
    deployment.until(`UnderlayCarries is ${status} ${reason}`, async () => {
      const found = await condition();
      return found?.status === status && found.reason.includes(reason);
    });
  const addressOf = (host: string): string => {
    const { address, ipv6Address } = deployment.underlay.host(host);
    return underlay === 'ipv4' ? address : ipv6Address;
  };
  const pathsOf = async (host: string): Promise<Path[]> =>
    (await deployment.get(`/v1/hosts/${host}`)).body.status['paths'] as unknown as Path[];
  const pathBecomes = (host: string, to: string, wanted: Partial<Path>): Promise<void> =>
    deployment.until(`the path from ${host} to ${to} is ${JSON.stringify(wanted)}`, async () =>
      (await pathsOf(host)).some(
        (path) => path.host === to && Object.entries(wanted).every(([key, value]) => path[key as keyof Path] === value),
      ),
    );
  /** A ping of the first sandbox to that of another host, as one packet of so many bytes. */
  const ping = (to: number, bytes: number, seconds = patiently): string =>
    outcome([
      ...deployment.enter(sandboxes[0] as ApiObject),
      'ping',
      '-c1',
      `-W${seconds}`,
      '-M',
      'do',
      '-s',
      String(bytes - 28),
      `${prefix}.1${to}`,
    ]);

  it('is all that the network needs, on every path, soon after the hosts have come', async () => {
    await conditionBecomes('True', 'Measured');
    for (const [host, others] of [
      ['h1', ['h2', 'h3']],
      ['h2', ['h1', 'h3']],
      ['h3', ['h1', 'h2']],
    ] as const)
      for (const to of others)
        await pathBecomes(host, to, { state: 'carries', carriedBytes: 1500, neededBytes: 1500, remoteAddress: addressOf(to) });
    expect(ping(2, mtuBytes)).toContain(' 1 received');
  });

  // On a path that no other test sends large packets on: sandboxes remember for ten minutes what they were told of it.
  it('is noticed where a router refuses large packets, named, and cleared when the router is mended', async () => {
    middle('ip', 'link', 'set', 'to-h3', 'mtu', '1400');
    await conditionBecomes('False');
    const refusedBy = underlay === 'ipv4' ? '198.51.100.5' : '2001:db8:51:1::1';
    await pathBecomes('h1', 'h3', { state: 'drops', carriedBytes: 1400, refusedBy });
    await deployment.until('the network names both hosts', async () =>
      ((await condition())?.message ?? '').includes(
        `from host h1 to host h3 (${addressOf('h3')}) packets of 1400 bytes, as ${refusedBy} says`,
      ),
    );
    const { message } = (await condition()) ?? { message: '' };
    expect(message).toContain(`network wide needs 1500 (MTU ${mtuBytes} and ${overhead} for the tunnel)`);
    expect(message).not.toMatch(/h1 to host h2|h2 to host h1/);
    expect(isReady(await network())).toBe(true);
    middle('ip', 'link', 'set', 'to-h3', 'mtu', '1500');
    await conditionBecomes('True');
    await pathBecomes('h1', 'h3', { state: 'carries', carriedBytes: 1500, refusedBy: null });
    const events = await deployment.get<{ items: { reason: string; message: string; regarding?: unknown }[] }>('/v1/events?limit=100');
    const reasons = events.body.items.map(({ reason }) => reason);
    expect(reasons).toContain('UnderlayDrops');
    expect(reasons).toContain('UnderlayCarries');
  });

  it('is noticed where large packets vanish, and what the condition advises helps', async () => {
    drop('meta length > 1403');
    await conditionBecomes('False', 'DroppedSilently');
    await pathBecomes('h1', 'h2', { state: 'drops', carriedBytes: 1403, refusedBy: null });
    expect(ping(2, mtuBytes, briefly)).toContain(' 0 received');
    const advised = 1403 - overhead;
    await deployment.until(`the condition advises ${advised}`, async () =>
      ((await condition())?.message ?? '').includes(`set option mtuBytes of network wide to ${advised}`),
    );
    await deployment.patch('/v1/networks/wide', { spec: { options: { mtuBytes: advised } } });
    await conditionBecomes('True');
    expect(ping(2, advised)).toContain(' 1 received');
    await pathBecomes('h1', 'h2', { state: 'carries', neededBytes: 1403 });
    await deployment.patch('/v1/networks/wide', { spec: { options: { mtuBytes } } });
    await conditionBecomes('False', 'DroppedSilently');
  });

  it('alarms nobody where echo requests are dropped: it is not known then', async () => {
    drop(underlay === 'ipv4' ? 'icmp type echo-request' : 'icmpv6 type echo-request');
    await conditionBecomes('Unknown', 'NoAnswer');
    expect((await condition())?.message).toMatch(/what the underlay carries from host h\d to host h\d .* is not known/);
    expect(isReady(await network())).toBe(true);
    expect(ping(2, mtuBytes)).toContain(' 1 received');
  });

  it('is told with the tunnels, and what these have carried', async () => {
    const tunnel = async () => (await deployment.get<Tunnels>('/v1/hosts/h1/tunnels')).body.items[0];
    for (const host of ['h2', 'h3']) await pathBecomes('h1', host, { state: 'carries', carriedBytes: 1500, refusedBy: null });
    const before = await tunnel();
    expect(before).toMatchObject({ network: 'wide', mtuBytes, localAddress: addressOf('h1'), port: 4789 });
    expect(before?.remotes).toEqual(
      ['h2', 'h3'].map((host) => ({
        host,
        address: addressOf(host),
        endpointCount: 1,
        path: { neededBytes: 1500, state: 'carries', carriedBytes: 1500, refusedBy: null },
        measuredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      })),
    );
    for (let count = 0; count < 5; count++) expect(ping(3, 1000)).toContain(' 1 received');
    const after = await tunnel();
    for (const way of ['ingress', 'egress'] as const) {
      expect((after?.[way].packets ?? 0) - (before?.[way].packets ?? 0)).toBeGreaterThanOrEqual(5);
      expect((after?.[way].bytes ?? 0) - (before?.[way].bytes ?? 0)).toBeGreaterThanOrEqual(5000);
    }
  });
});
