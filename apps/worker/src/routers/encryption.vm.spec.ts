import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DesiredEndpoint, DesiredNetwork, HostKey } from '@netyard/contracts';
import { addAddress, addVeth, getLink, setLink } from '@netyard/netlink';
import { outcome } from '@netyard/testing';
import { encryptedOverlay, endpoint, keyOf, peerOf, router, routerId, sandbox } from '../testing/desired';
import { TestHost } from '../testing/test-host';

/** Two hosts with a wire between them, on each a router of the same tenant, and in these one encrypted network; endpoint n on host n. */
const addresses = ['198.51.100.1', '198.51.100.2'] as const;
const inner = ['fd00:db8:0:4::a', 'fd00:db8:0:4::b'] as const;
const member = (number: 1 | 2): DesiredEndpoint =>
  endpoint(number, 1, { addresses: [`198.18.1.${number + 1}/24`, `2001:db8:1::${number + 1}/64`] });

let hosts: [TestHost, TestHost];
let publicKeys: string[];

const keyOn = (host: TestHost): HostKey | undefined =>
  host.messages
    .flatMap((message) => (message.type === 'facts' ? [message.facts] : []))
    .at(-1)
    ?.keys?.find(({ underlay }) => underlay === 'ipv4');
const networkOn = (number: 1 | 2, over: Partial<DesiredNetwork> = {}): DesiredNetwork =>
  encryptedOverlay(1, number, [{ publicKey: publicKeys[number - 1] ?? '', innerAddress: inner[number - 1] ?? '' }], {
    routerId: routerId(number),
    ...over,
  });

beforeAll(async () => {
  hosts = [await TestHost.start(), await TestHost.start()];
  const [first, second] = hosts;
  first.namespace.netlink((socket) =>
    socket.request(addVeth({ name: 'eth0', mtuBytes: 1500, peer: { name: 'eth0', namespace: second.namespace.namespace } })),
  );
  for (const [index, host] of hosts.entries()) {
    host.namespace.netlink((socket) => {
      const eth0 = getLink(socket, 'eth0')?.index ?? 0;
      socket.request(addAddress(eth0, `${addresses[index]}/24`));
      socket.request(setLink(eth0, { up: true }));
    });
    host.snapshot();
    await host.until('keys are told', () => keyOn(host) !== undefined);
  }
  publicKeys = hosts.map((host) => keyOn(host)?.publicKey ?? '');
  for (const number of [1, 2] as const) {
    const host = hosts[number - 1] as TestHost;
    const other = number === 1 ? 2 : 1;
    const key = keyOf(other, {
      publicKey: publicKeys[other - 1] ?? '',
      innerAddress: inner[other - 1] ?? '',
      endpoint: { address: addresses[other - 1] ?? '', port: 51820 },
      own: null,
    });
    await host.realise(
      router(number),
      networkOn(number),
      key,
      peerOf(member(other), inner[other - 1] ?? ''),
      sandbox(number),
      member(number),
    );
  }
});
afterAll(async () => {
  for (const host of hosts) await host.close();
});

it('an encrypted overlay in routers connects endpoints by the hosts’ WireGuard links, at full size', () => {
  const [first, second] = hosts;
  expect(first.runInSandbox(1, 'ping', '-c1', '-W60', '198.18.1.3')).toContain('1 received');
  expect([first.pings(1, '2001:db8:1::3'), second.pings(2, '198.18.1.2')]).toEqual([true, true]);
  expect(first.runInSandbox(1, 'ping', '-c1', '-W60', '-M', 'do', '-s', String(1350 - 28), '198.18.1.3')).toContain('1 received');
  expect(first.namespace.run('wg', 'show', 'nyw4', 'peers').trim()).toBe(publicKeys[1]);
  expect(first.links()).toEqual(['nyr00000001', 'nyw4']);
});

it('and sends nothing when that link is gone, until it is back', async () => {
  const [first] = hosts;
  first.namespace.run('ip', 'link', 'del', 'nyw4');
  await first.until('repaired', () => first.events.some(({ reason }) => reason === 'DriftRepaired'));
  await expect.poll(() => first.pings(1, '198.18.1.3')).toBe(true);
});

it('and goes with all that it stood on', async () => {
  const [first] = hosts;
  const going = [
    ...[member(1), router(1)].map((object) => ({ ...object, generation: 2, deleted: true })),
    networkOn(1, { generation: 2, deleted: true }),
  ];
  first.upsert(...going);
  await first.gone(...going);
  await first.linksBecome([]);
  expect(outcome(['nsenter', `--net=${first.namespace.path}`, 'nft', 'list', 'set', 'inet', 'netyard', 'encrypted-vnis'])).not.toContain(
    'elements',
  );
});
