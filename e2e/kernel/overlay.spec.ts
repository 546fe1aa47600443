import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { vxlanLinkName } from '@netyard/contracts';
import { type ApiObject, briefly, Capture, curl, Deployment, isReady, outcome, pings, Server } from '@netyard/testing';

/** Three hosts, an overlay with both versions of IP over each version of the underlay, and a sandbox with an endpoint on each. */
describe.each([
  { underlay: 'ipv4', mtuBytes: 1450, prefix: '10.30.0', ipv6: 'fd00:30', addressOf: (number: number) => `198.51.100.${number}` },
  { underlay: 'ipv6', mtuBytes: 1430, prefix: '10.31.0', ipv6: 'fd00:31', addressOf: (number: number) => `2001:db8:51::${number}` },
])('an overlay over $underlay', ({ underlay, mtuBytes, prefix, ipv6, addressOf }) => {
  let deployment: Deployment;
  let network: ApiObject;
  const sandboxes: ApiObject[] = [];

  beforeAll(async () => {
    deployment = await Deployment.start({ hosts: 3 });
    network = await deployment.create('networks', 'wide', {
      driver: 'overlay',
      subnets: [{ cidr: `${prefix}.0/24` }, { cidr: `${ipv6}::/64` }],
      options: { underlay },
    });
    for (const number of [1, 2, 3]) {
      sandboxes.push(await deployment.create('sandboxes', `s${number}`, { host: `h${number}` }));
      await deployment.create('endpoints', `e${number}`, {
        network: 'wide',
        sandbox: `s${number}`,
        addresses: [`${prefix}.1${number}`, `${ipv6}::1${number}`],
        aliases: ['all'],
      });
    }
  });
  afterAll(() => deployment.close());

  const enter = (number: number): string[] => deployment.enter(sandboxes[number - 1] as ApiObject);
  const enterHost = (number: number): string[] => ['ip', 'netns', 'exec', deployment.underlay.host(`h${number}`).name];
  const onHost = (number: number, ...command: string[]): string => outcome([...enterHost(number), ...command]);

  it.each([
    [1, 2],
    [2, 3],
    [3, 1],
  ])('connects a sandbox on host %i with one on host %i at once, by IPv4 and IPv6', (from, to) => {
    for (const target of [`${prefix}.1${to}`, `${ipv6}::1${to}`]) expect([target, pings(enter(from), target)]).toEqual([target, true]);
  });

  it('says what it is: its number, its MTU and why, and where its tunnels end', async () => {
    const { body } = await deployment.get('/v1/networks/wide');
    expect(body.status).toMatchObject({ mtuBytes, vni: expect.any(Number), endpointCount: 3 });
    expect(body.status['mtuReason']).toMatch(/^the underlay of host h\d carries 1500 bytes, of which VXLAN over IPv[46] takes (50|70)$/);
    expect(
      (body.status['hosts'] as unknown as { host: string; tunnelAddress: string }[]).map(({ host, tunnelAddress }) => [
        host,
        tunnelAddress,
      ]),
    ).toEqual([1, 2, 3].map((number) => [`h${number}`, addressOf(number)]));
  });

  it('carries packets of its full size, and refuses larger ones', () => {
    const pinged = (bytes: number): string =>
      outcome([...enter(1), 'ping', '-c1', '-W30', '-M', 'do', '-s', String(bytes), `${prefix}.12`]);
    expect(pinged(mtuBytes - 28)).toContain(' 1 received');
    expect(pinged(mtuBytes - 27)).toMatch(/message too long|failed/i);
  });

  it('is seen on the wire as VXLAN with its number', async () => {
    const { body } = await deployment.get('/v1/networks/wide');
    const link = vxlanLinkName(network.metadata.id);
    const said = `${prefix}.11 > ${prefix}.12: ICMP echo request`;
    const capture = await Capture.start(['ip', 'netns', 'exec', deployment.underlay.host('h2').name], 'eth0', 'udp port 4789', {
      // Neighbours are asked for by the same way, whenever the kernel likes.
      until: said,
      seconds: 30,
    });
    expect(pings(enter(1), `${prefix}.12`)).toBe(true);
    const packets = await capture.text;
    expect(packets).toContain(`vni ${body.status['vni']}`);
    expect(packets).toContain(said);
    expect(onHost(2, 'ip', '-d', 'link', 'show', link)).toContain(`vxlan id ${body.status['vni']}`);
  });

  it('answers for names of all hosts, and for those that several have', () => {
    expect(outcome([...enter(1), 'dig', '+short', 'e3']).trim()).toBe(`${prefix}.13`);
    expect(outcome([...enter(1), 'dig', '+short', 'AAAA', 's2.wide']).trim()).toBe(`${ipv6}::12`);
    expect(
      outcome([...enter(2), 'dig', '+short', 'all'])
        .trim()
        .split('\n')
        .sort(),
    ).toEqual([1, 2, 3].map((number) => `${prefix}.1${number}`));
  });

  it('carries iperf3 between hosts', async () => {
    const server = await Server.run([...enter(2), 'iperf3', '-s', '-1', '--forceflush'], /Server listening/);
    const result = JSON.parse(outcome([...enter(1), 'iperf3', '-c', `${prefix}.12`, '-n', '10M', '-J'])) as {
      end: { sum_received: { bytes: number } };
    };
    await server.close();
    expect(result.end.sum_received.bytes).toBeGreaterThan(1_000_000);
  });

  it('lets sandboxes out by their own host, and the host in', async () => {
    expect(pings(enter(1), '198.51.100.3')).toBe(true);
    expect(pings(enterHost(1), `${prefix}.12`)).toBe(true);
    expect(pings(enterHost(3), `${ipv6}::12`)).toBe(true);
  });

  it('publishes a port of an endpoint on its host', async () => {
    await deployment.publish('e2', { protocol: 'tcp', port: 80, hostPort: 8099, hostAddress: '0.0.0.0' });
    const server = await Server.start(enter(2), { port: 80 });
    expect(curl(enterHost(3), '198.51.100.2:8099')).toBe('198.51.100.3');
    await server.close();
  });

  it('forgets who leaves, on every host, and finds who moves', async () => {
    await deployment.request('POST', '/v1/endpoints/e3/leave', undefined, { prefer: 'wait=60' });
    await deployment.until('h1 has forgotten it', async () => outcome([...enter(1), 'dig', '+short', 'e3']).trim() === '');
    expect(pings(enter(1), `${prefix}.13`, briefly)).toBe(false);
    const link = vxlanLinkName(network.metadata.id);
    await deployment.until('h3 has no tunnel any more', async () => onHost(3, 'ip', 'link', 'show', link).startsWith('failed'));
    await deployment.until(
      'h1 sends nothing there',
      async () => !onHost(1, 'bridge', 'fdb', 'show', 'brport', link).includes(addressOf(3)),
    );
    await deployment.create('sandboxes', 's4', { host: 'h2' });
    await deployment.request('POST', '/v1/endpoints/e3/join', { sandbox: 's4' }, { prefer: 'wait=60' });
    // What waits for a neighbour that was asked for in vain fails once more.
    await deployment.until('e1 reaches it there', async () => pings(enter(1), `${prefix}.13`, briefly));
    expect(outcome([...enter(1), 'dig', '+short', 'e3']).trim()).toBe(`${prefix}.13`);
  });

  it('moves a sandbox to another host, with its addresses and its published port', async () => {
    await deployment.patch('/v1/sandboxes/s2', { spec: { host: 'h3' } });
    await deployment.until('its endpoint is there', async () => {
      const { body } = await deployment.get('/v1/endpoints/e2');
      return isReady(body) && body.status['host'] === 'h3';
    });
    expect(pings(enter(1), `${prefix}.12`)).toBe(true);
    expect(pings(enter(2), `${ipv6}::11`)).toBe(true);
    const server = await Server.start(enter(2), { port: 80 });
    expect(curl(enterHost(1), '198.51.100.3:8099')).toBe('198.51.100.1');
    expect(curl(enterHost(1), '198.51.100.2:8099', briefly)).toMatch(/^failed/);
    await server.close();
  });

  it('goes with its endpoints, and leaves nothing on any host', async () => {
    for (const name of ['e1', 'e2', 'e3']) await deployment.remove(`/v1/endpoints/${name}`);
    await deployment.remove('/v1/networks/wide');
    for (const number of [1, 2, 3]) expect(onHost(number, 'ip', '-o', 'link', 'show', 'type', 'vxlan')).toBe('');
  });
});
