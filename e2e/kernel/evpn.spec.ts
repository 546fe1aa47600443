import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bridgeLinkName, vxlanLinkName } from '@netyard/contracts';
import { decodeEntryName, EventSocket } from '@netyard/netlink';
import { type ApiObject, briefly, Deployment, outcome, pings, Server, type UnderlayHost } from '@netyard/testing';
import { ForeignVtep } from './foreign-vtep';
import { Frr } from './frr';

const vni = 6000;
const as = 64512;
const machine = ['10.60.0.200', 'fd00:60::200'] as const;
const sandboxOf = (number: number): readonly [string, string] => [`10.60.0.1${number}`, `fd00:60::1${number}`];

/** The switch reflects what one host tells to the others, as those of a fabric do. */
const switchConfig = `
router bgp ${as}
 bgp router-id 198.51.100.9
 no bgp default ipv4-unicast
 neighbor hosts peer-group
 neighbor hosts remote-as ${as}
 bgp listen range 198.51.100.0/24 peer-group hosts
 address-family l2vpn evpn
  neighbor hosts activate
  neighbor hosts route-reflector-client
  advertise-all-vni
`;

const hostConfig = (address: string): string => `
router bgp ${as}
 bgp router-id ${address}
 no bgp default ipv4-unicast
 neighbor 198.51.100.9 remote-as ${as}
 neighbor 198.51.100.9 timers connect 1
 address-family l2vpn evpn
  neighbor 198.51.100.9 activate
  advertise-all-vni
`;

/**
 * An overlay of two hosts, and beside them a tunnel endpoint that Netyard does not know, with a machine in the same network. FRRouting on all three distributes what Netyard does not
 * (RFC 7432, RFC 8365); docs/adr/0022 says what that shows.
 */
describe('an overlay with a stranger in it, by BGP EVPN', () => {
  let deployment: Deployment;
  let network: ApiObject;
  let foreign: ForeignVtep;
  const speakers: Frr[] = [];
  const sandboxes: ApiObject[] = [];
  const host = (number: number): UnderlayHost => deployment.underlay.host(`h${number}`);

  beforeAll(async () => {
    deployment = await Deployment.start({ hosts: 2 });
    network = await deployment.create('networks', 'wide', {
      driver: 'overlay',
      subnets: [
        { cidr: '10.60.0.0/24', ipRange: '10.60.0.0/25' },
        { cidr: 'fd00:60::/64', ipRange: 'fd00:60::/120' },
      ],
      options: { vni },
    });
    for (const number of [1, 2]) {
      sandboxes.push(await deployment.create('sandboxes', `s${number}`, { host: `h${number}` }));
      await deployment.create('endpoints', `e${number}`, { network: 'wide', sandbox: `s${number}`, addresses: sandboxOf(number) });
    }
    foreign = new ForeignVtep(deployment.underlay.addHost(9), {
      vni,
      own: ['10.60.0.201/24', 'fd00:60::201/64'],
      machine: [`${machine[0]}/24`, `${machine[1]}/64`],
    });
    speakers.push(await Frr.start(foreign.host, switchConfig));
    for (const number of [1, 2]) speakers.push(await Frr.start(host(number), hostConfig(host(number).address)));
  });
  afterAll(async () => {
    for (const speaker of speakers) await speaker.close();
    foreign?.close();
    await deployment.close();
  });

  const enterSandbox = (number: number): string[] => deployment.enter(sandboxes[number - 1] as ApiObject);
  const enterMachine = (): string[] => ['ip', 'netns', 'exec', foreign.machine.name];
  const forwarding = (number: number): string => host(number).run('bridge', 'fdb', 'show', 'brport', vxlanLinkName(network.metadata.id));
  const neighbours = (number: number): string => host(number).run('ip', 'neigh', 'show', 'dev', bridgeLinkName(network.metadata.id));
  const toldForeign = (): string => foreign.host.run('bridge', 'fdb', 'show', 'brport', 'vx0');
  const macOf = async (endpoint: string): Promise<string> =>
    (await deployment.get<ApiObject & { status: { macAddress: string } }>(`/v1/endpoints/${endpoint}`)).body.status.macAddress;

  it('tells the stranger where each sandbox is, without a word from Netyard', async () => {
    for (const number of [1, 2]) {
      const entry = `${await macOf(`e${number}`)} dst 198.51.100.${number} self extern_learn`;
      await deployment.until(`the switch knows e${number}`, async () => toldForeign().includes(entry));
      await deployment.until(`the switch floods to h${number}`, async () =>
        toldForeign().includes(`00:00:00:00:00:00 dst 198.51.100.${number} `),
      );
    }
  });

  it('tells the hosts of the stranger’s machine, as soon as its switch has heard of it', async () => {
    foreign.introduce();
    for (const number of [1, 2]) {
      await deployment.until(`h${number} knows where`, async () =>
        forwarding(number).includes(`${foreign.macAddress} dst 198.51.100.9 self extern_learn`),
      );
      for (const address of machine)
        await deployment.until(`h${number} knows ${address}`, async () =>
          neighbours(number).includes(`${address} lladdr ${foreign.macAddress} extern_learn`),
        );
    }
  });

  it.each([1, 2])('connects the sandbox on host %i with it, both ways and by both versions of IP', async (number) => {
    for (const address of machine) expect([address, pings(enterSandbox(number), address)]).toEqual([address, true]);
    for (const address of sandboxOf(number)) expect([address, pings(enterMachine(), address)]).toEqual([address, true]);
    const server = await Server.run([...enterMachine(), 'iperf3', '-s', '-1', '--forceflush'], /Server listening/);
    const result = JSON.parse(outcome([...enterSandbox(number), 'iperf3', '-c', machine[0], '-n', '10M', '-J'])) as {
      end: { sum_received: { bytes: number } };
    };
    await server.close();
    expect(result.end.sum_received.bytes).toBeGreaterThan(1_000_000);
  });

  it('still floods nothing to it from the hosts', () => {
    expect(pings(enterSandbox(1), '10.60.0.77', briefly)).toBe(false);
    // What comes out of the tunnel after it.
    expect(pings(enterSandbox(1), machine[0])).toBe(true);
    expect(foreign.received('sent')).toBeGreaterThan(0);
    expect(foreign.received('flooded')).toBe(0);
  });

  it('tells of who joins, and withdraws who leaves', async () => {
    await deployment.create('sandboxes', 'later', { host: 'h2' });
    await deployment.create('endpoints', 'later', { network: 'wide', sandbox: 'later', addresses: ['10.60.0.30'] });
    const macAddress = await macOf('later');
    await deployment.until('the switch knows it', async () => toldForeign().includes(`${macAddress} dst 198.51.100.2`));
    expect(pings(enterMachine(), '10.60.0.30')).toBe(true);
    await deployment.remove('/v1/endpoints/later');
    await deployment.until('the switch has forgotten it', async () => !toldForeign().includes(macAddress));
  });

  it('and Netyard leave each other’s entries alone', async () => {
    // By now FRR has told host 1 of the addresses on host 2 too, which Netyard has written already.
    expect(pings(enterSandbox(2), '10.60.0.1')).toBe(true);
    await deployment.until(
      'FRR tells of addresses',
      async () => speakers[1]?.ask('show bgp l2vpn evpn').includes('[32]:[10.60.0.12]') ?? false,
    );
    const link = vxlanLinkName(network.metadata.id);
    const own = await macOf('e2');
    const gone = host(1).inside(() => EventSocket.open(0, [3], { isHere: true, messageType: 29 }));
    const names: (string | undefined)[] = [];
    try {
      host(1).run('bridge', 'fdb', 'add', '02:00:00:00:00:99', 'dev', link, 'dst', '198.51.100.9', 'self', 'static');
      host(1).run('bridge', 'fdb', 'del', own, 'dev', link, 'self');
      await deployment.until('Netyard repairs its own', async () => forwarding(1).includes(`${own} dst 198.51.100.2 self static`));
      await deployment.until('Netyard removes what nobody wants', async () => !forwarding(1).includes('02:00:00:00:00:99'));
      while (gone.receive(({ messages }) => names.push(...messages.map((message) => decodeEntryName(message)?.name))) === 'some');
    } finally {
      gone.close();
    }
    expect(names).toContain('02:00:00:00:00:99');
    for (const name of [foreign.macAddress, ...machine, ...sandboxOf(2)]) expect(names).not.toContain(name);
    for (const address of [...machine, ...sandboxOf(2)]) expect([address, pings(enterSandbox(1), address)]).toEqual([address, true]);
  });

  it('take all away with the network', async () => {
    for (const name of ['e1', 'e2']) await deployment.remove(`/v1/endpoints/${name}`);
    await deployment.remove('/v1/networks/wide');
    for (const number of [1, 2]) expect(host(number).run('ip', '-o', 'link', 'show', 'type', 'vxlan')).toBe('');
    await deployment.until('the switch has forgotten the hosts', async () => !toldForeign().includes('198.51.100.1 '));
  });
});
