import { vethLinkName } from '@netyard/contracts';
import { hex, internetChecksum, ipv4Bytes, ipv6Bytes, sendFrame } from '@netyard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dualStackNetwork, endpoint, endpointId, port, sandbox, sandboxId } from '../testing/desired';
import { TestHost } from '../testing/test-host';

/** A destination that nobody has: the bridge floods it, and no other traffic looks like it. */
const nobody = '02:de:ad:00:00:01';
const own = { mac: '02:00:00:00:00:01', ipv4: '198.18.1.2', ipv6: '2001:db8:1:0:0:0:0:2', linkLocal: 'fe80:0:0:0:0:ff:fe00:1' };
const other = { mac: '02:00:00:00:00:02', ipv4: '198.18.1.3', ipv6: '2001:db8:1:0:0:0:0:3', linkLocal: 'fe80:0:0:0:0:ff:fe00:2' };
const unspecified = { ipv4: '0.0.0.0', ipv6: '0:0:0:0:0:0:0:0' };

const udp = '0035 0035 0008 0000';
/** Answers of DHCP servers, by their ports. */
const offer = { ipv4: '0043 0044 0008 0000', ipv6: '0223 0222 0008 0000' };
const frame = (sourceMac: string, ...rest: string[]): Buffer => hex(nobody, sourceMac, ...rest);
const ipv4 = (source: string, payload = udp, fragment = '0000'): string => {
  const header = (checksum: string): string => `4500 001c 0000 ${fragment} 4011 ${checksum} ${ipv4Bytes(source)} ${ipv4Bytes(other.ipv4)}`;
  return `0800 ${header(internetChecksum(hex(header('0000'))))} ${payload}`;
};
const arp = (mac: string, source: string, hardware = '0001'): string =>
  `0806 ${hardware} 0800 06 04 0001 ${mac} ${ipv4Bytes(source)} 000000000000 ${ipv4Bytes(other.ipv4)}`;
const ipv6 = (source: string, length: number, next: string, payload: string): string =>
  `86dd 6000 0000 ${length.toString(16).padStart(4, '0')} ${next} ff ${ipv6Bytes(source)} ${ipv6Bytes(other.ipv6)} ${payload}`;
const neighbour = (type: '87' | '88', target: string): string => `${type} 00 0000 00000000 ${ipv6Bytes(target)}`;
const advertisement = '86 00 0000 40 00 0708 00000000 00000000';
const redirect = `89 00 0000 00000000 ${ipv6Bytes(own.linkLocal)} ${ipv6Bytes('2001:db8:9:0:0:0:0:9')}`;
/** Destination options that say nothing (RFC 8200 section 4.6), before ICMPv6. */
const options = '3a 00 0104 00000000';
/** A fragment's header (RFC 8200 section 4.5), at so many bytes; more are to come, but after the last. */
const fragment = (next: string, atByte: number, isLast: boolean): string =>
  `${next} 00 ${(atByte | (isLast ? 0 : 1)).toString(16).padStart(4, '0')} 00000007`;

describe('a guarded endpoint', () => {
  let host: TestHost;
  const inside = (number: number): string => host.sandboxPath(sandboxId(number));
  const count = (table: string, counter: string): number =>
    Number(/packets (\d+)/.exec(host.namespace.run('nft', 'list', 'counter', 'bridge', table, counter))?.[1]);
  const spoofed = (): number => count('netyard', 'spoofed');
  const passed = (): number => count('seen', 'passed');
  const first = endpoint(1, 1, { addresses: ['198.18.1.2/24', '2001:db8:1::2/64'] });

  beforeAll(async () => {
    host = await TestHost.start();
    await host.realise(
      dualStackNetwork(1),
      sandbox(1),
      sandbox(2),
      first,
      endpoint(2, 1, { addresses: ['198.18.1.3/24', '2001:db8:1::3/64'] }),
    );
    host.namespace.run(
      'nft',
      `table bridge seen {
        counter entered { }
        counter passed { }
        chain in { type filter hook prerouting priority -299; iifname "${vethLinkName(endpointId(1))}" ether daddr ${nobody} counter name entered; }
        chain out { type filter hook postrouting priority 0; oifname "${vethLinkName(endpointId(2))}" ether daddr ${nobody} counter name passed; }
      }`,
    );
  });
  afterAll(() => host.close());

  it.each([
    ['IPv4', frame(own.mac, ipv4(own.ipv4))],
    ['ARP', frame(own.mac, arp(own.mac, own.ipv4))],
    ['ARP probes (RFC 5227)', frame(own.mac, arp(own.mac, unspecified.ipv4))],
    ['IPv6', frame(own.mac, ipv6(own.ipv6, 8, '11', udp))],
    ['IPv6 of its link-local address', frame(own.mac, ipv6(own.linkLocal, 8, '11', udp))],
    ['duplicate address detection', frame(own.mac, ipv6(unspecified.ipv6, 24, '3a', neighbour('87', own.ipv6)))],
    ['advertisements of its own address', frame(own.mac, ipv6(own.ipv6, 24, '3a', neighbour('88', own.ipv6)))],
    ['advertisements of its link-local address', frame(own.mac, ipv6(own.linkLocal, 24, '3a', neighbour('88', own.linkLocal)))],
    ['solicitations', frame(own.mac, ipv6(own.ipv6, 24, '3a', neighbour('87', other.ipv6)))],
  ])('sends its own %s', async (_, bytes) => {
    const [passedBefore, spoofedBefore] = [passed(), spoofed()];
    sendFrame(inside(1), 'eth0', bytes);
    await expect.poll(passed, { interval: 5 }).toBe(passedBefore + 1);
    expect(spoofed()).toBe(spoofedBefore);
  });

  /** The rest of the kernel may keep them until it has the first. */
  it.each([
    ['IPv4', frame(own.mac, ipv4(own.ipv4, offer.ipv4, '0003'))],
    ['UDP over IPv6', frame(own.mac, ipv6(own.ipv6, 16, '2c', `${fragment('11', 8, true)} ${offer.ipv6}`))],
    ['ICMPv6', frame(own.mac, ipv6(own.ipv6, 24, '2c', `${fragment('3a', 8, true)} ${advertisement}`))],
  ])('sends its own later fragments of %s', async (_, bytes) => {
    const [enteredBefore, spoofedBefore] = [count('seen', 'entered'), spoofed()];
    sendFrame(inside(1), 'eth0', bytes);
    await expect.poll(() => count('seen', 'entered'), { interval: 5 }).toBe(enteredBefore + 1);
    expect(spoofed()).toBe(spoofedBefore);
  });

  it.each([
    ['another MAC address', frame(other.mac, ipv4(own.ipv4))],
    ['another IPv4 address', frame(own.mac, ipv4(other.ipv4))],
    ['no IPv4 address', frame(own.mac, ipv4(unspecified.ipv4))],
    ['another MAC address in ARP', frame(own.mac, arp(other.mac, own.ipv4))],
    ['another IPv4 address in ARP', frame(own.mac, arp(own.mac, other.ipv4))],
    ['another IPv6 address', frame(own.mac, ipv6(other.ipv6, 8, '11', udp))],
    ['another link-local address', frame(own.mac, ipv6(other.linkLocal, 8, '11', udp))],
    ['an advertisement of another address', frame(own.mac, ipv6(own.ipv6, 24, '3a', neighbour('88', other.ipv6)))],
    ['one behind another header', frame(own.mac, ipv6(own.ipv6, 32, '3c', `${options} ${neighbour('88', other.ipv6)}`))],
    ['one without a source', frame(own.mac, ipv6(unspecified.ipv6, 24, '3a', neighbour('88', other.ipv6)))],
    [
      'a solicitation for an address that another has, as if it were to have it',
      frame(own.mac, ipv6(unspecified.ipv6, 24, '3a', neighbour('87', other.ipv6))),
    ],
    ['another IPv4 address in ARP of other hardware (RFC 1042)', frame(own.mac, arp(own.mac, other.ipv4, '0006'))],
    ['a router advertisement', frame(own.mac, ipv6(own.linkLocal, 16, '3a', advertisement))],
    ['a router advertisement behind another header', frame(own.mac, ipv6(own.linkLocal, 24, '3c', `${options} ${advertisement}`))],
    [
      'a router advertisement in a first fragment',
      frame(own.mac, ipv6(own.linkLocal, 24, '2c', `${fragment('3a', 0, false)} ${advertisement}`)),
    ],
    ['a first fragment that does not say of what', frame(own.mac, ipv6(own.linkLocal, 16, '2c', `${fragment('3c', 0, false)} ${options}`))],
    ['a later fragment of what was not said', frame(own.mac, ipv6(own.linkLocal, 24, '2c', `${fragment('3c', 8, true)} ${advertisement}`))],
    ['a redirect', frame(own.mac, ipv6(own.linkLocal, 40, '3a', redirect))],
    ['an answer of a DHCP server', frame(own.mac, ipv4(own.ipv4, offer.ipv4))],
    ['an answer of a DHCPv6 server', frame(own.mac, ipv6(own.linkLocal, 8, '11', offer.ipv6))],
    ['another protocol', frame(own.mac, '88b5 0000')],
    ['a frame without a protocol (IEEE 802.3)', frame(own.mac, '0026 424203 0000000000')],
    ['another IPv4 address behind a tag that receivers ignore', frame(own.mac, '8100 0000', ipv4(other.ipv4))],
    ['another IPv4 address behind a VLAN tag', frame(own.mac, '8100 0005', ipv4(other.ipv4))],
    ['another IPv6 address behind a service tag', frame(own.mac, '88a8 0000', ipv6(other.ipv6, 8, '11', udp))],
  ])('does not send %s', async (_, bytes) => {
    const [passedBefore, spoofedBefore] = [passed(), spoofed()];
    sendFrame(inside(1), 'eth0', bytes);
    await expect.poll(() => passed() + spoofed(), { interval: 5 }).toBeGreaterThan(passedBefore + spoofedBefore);
    expect([passed(), spoofed()]).toEqual([passedBefore, spoofedBefore + 1]);
  });

  it('does not hear its own broadcasts, though its port sends frames back for what it has published', async () => {
    const published = port(1, 1);
    await host.realise(published);
    const [shown] = JSON.parse(host.namespace.run('bridge', '-j', '-d', 'link', 'show', 'dev', vethLinkName(endpointId(1))));
    expect(shown.hairpin).toBe(true);
    const watch = (destination: string): string =>
      `table bridge back { counter came { }; chain out { type filter hook postrouting priority 0; oifname "${vethLinkName(endpointId(1))}" ether daddr ${destination} counter name came; }; }`;
    for (const [destination, wanted] of [
      [nobody, 1],
      ['ff:ff:ff:ff:ff:ff', 0],
    ] as const) {
      host.namespace.run('nft', watch(destination));
      const before = passed();
      sendFrame(inside(1), 'eth0', hex(destination, own.mac, ipv4(own.ipv4)));
      if (destination !== nobody) sendFrame(inside(1), 'eth0', frame(own.mac, ipv4(own.ipv4)));
      await expect.poll(passed, { interval: 5 }).toBe(before + 1);
      expect(count('back', 'came')).toBe(wanted);
      host.namespace.run('nft', 'delete table bridge back');
    }
  });

  it('reaches nobody past the guard, by frames that bridges do not pass on (IEEE 802.1D)', async () => {
    const link = vethLinkName(endpointId(1));
    host.namespace.run(
      'nft',
      `table inet past {
        counter came { }
        counter heard { }
        chain first { type filter hook prerouting priority -310; iifname "${link}" counter name came; }
        chain input { type filter hook input priority -10; iifname "${link}" counter name heard; }
      }`,
    );
    const count = (counter: string): number =>
      Number(/packets (\d+)/.exec(host.namespace.run('nft', 'list', 'counter', 'inet', 'past', counter))?.[1]);
    const groups = Array.from({ length: 16 }, (_, last) => `01:80:c2:00:00:0${last.toString(16)}`);
    for (const group of groups)
      for (const packet of [ipv4(other.ipv4), arp(other.mac, '198.18.1.99'), ipv6(own.ipv6, 24, '3a', neighbour('88', other.ipv6))]) {
        const toHost = packet.replaceAll(ipv4Bytes(other.ipv4), ipv4Bytes('198.18.1.1'));
        sendFrame(inside(1), 'eth0', hex(group, other.mac, toHost));
      }
    const before = passed();
    sendFrame(inside(1), 'eth0', frame(own.mac, ipv4(own.ipv4)));
    await expect.poll(passed, { interval: 5 }).toBe(before + 1);
    expect(count('came')).toBeGreaterThan(0);
    expect(count('heard')).toBe(0);
    expect(host.namespace.run('ip', 'neigh', 'show', 'dev', link)).toBe('');
    host.namespace.run('nft', 'delete', 'table', 'inet', 'past');
  });

  it('reaches nobody with an address or MAC address that it has given itself, unless its guard is off', async () => {
    const pings = (...options: string[]): boolean => {
      try {
        host.runInSandbox(1, 'ping', '-c2', '-i0.2', '-W1', ...options, '198.18.1.3');
        return true;
      } catch {
        return false;
      }
    };
    expect(pings()).toBe(true);
    // The worker puts strange addresses right: it is not to come before the answers.
    host.pause();
    host.runInSandbox(1, 'ip', 'addr', 'add', '198.18.1.77/24', 'dev', 'eth0');
    expect(pings('-I', '198.18.1.77')).toBe(false);
    host.resume();
    await host.realise({ ...first, generation: 2, spoofingGuard: false });
    host.pause();
    host.runInSandbox(1, 'ip', 'addr', 'replace', '198.18.1.77/24', 'dev', 'eth0');
    expect(pings('-I', '198.18.1.77')).toBe(true);
    host.runInSandbox(1, 'ip', 'link', 'set', 'eth0', 'address', '02:00:00:00:00:77');
    // The other end asks anew whose address it is.
    host.runInSandbox(2, 'ip', 'neigh', 'flush', 'dev', 'eth0');
    expect(pings()).toBe(true);
    host.resume();
    await host.realise({ ...first, generation: 3 });
    expect(pings()).toBe(true);
    host.pause();
    host.runInSandbox(1, 'ip', 'link', 'set', 'eth0', 'address', '02:00:00:00:00:77');
    expect(pings()).toBe(false);
    host.resume();
  });
});
