import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestNamespace } from '@netyard/testing';
import {
  addAddress,
  addBridge,
  addVxlan,
  addVeth,
  deleteForwarding,
  getLink,
  KernelError,
  listForwarding,
  replaceForwarding,
  replaceNeighbour,
  setBridgePort,
  setLink,
} from './index';

const mtuBytes = 1450;

/** Two hosts with an underlay between them, each with a bridge, a VXLAN link in it, and an address on the bridge. */
class Host {
  readonly namespace: TestNamespace;
  index = 0;
  bridgeIndex = 0;

  constructor(
    readonly number: number,
    readonly underlay: string,
    readonly vni = 4321,
  ) {
    this.namespace = new TestNamespace(`host${number}`);
  }

  get macAddress(): string {
    return `0a:00:00:00:00:0${this.number}`;
  }

  build(): void {
    this.namespace.netlink((socket) => {
      const eth0 = getLink(socket, 'eth0')?.index ?? 0;
      socket.request(addAddress(eth0, this.underlay.includes(':') ? `${this.underlay}/64` : `${this.underlay}/24`));
      socket.request(setLink(eth0, { up: true }));
      socket.request(addBridge({ name: 'br0', macAddress: this.macAddress, mtuBytes }));
      this.bridgeIndex = getLink(socket, 'br0')?.index ?? 0;
      socket.request(addVxlan({ name: 'vx0', vni: this.vni, localAddress: this.underlay, port: 4789, mtuBytes }));
      socket.request(setLink('vx0', { masterIndex: this.bridgeIndex, ipv6AutoAddress: false }));
      socket.request(setBridgePort('vx0', { isolated: false, hairpin: false, tunnel: true }));
      for (const link of ['vx0', 'br0']) socket.request(setLink(link, { up: true }));
      socket.request(addAddress(this.bridgeIndex, `192.0.2.${this.number}/24`));
      this.index = getLink(socket, 'vx0')?.index ?? 0;
    });
  }

  /** Tells this host where another one is. */
  meet(other: Host): void {
    this.namespace.netlink((socket) => {
      const requests = [
        ...replaceForwarding(this.index, other.macAddress, other.underlay),
        replaceNeighbour({ linkIndex: this.bridgeIndex, address: `192.0.2.${other.number}`, macAddress: other.macAddress }),
      ];
      expect(socket.batch(requests)).toEqual(requests.map(() => undefined));
    });
  }

  /** Where nobody is to answer, a second will do. */
  reaches(address: string, seconds = 30): boolean {
    try {
      this.namespace.run('ping', '-c1', '-i0.2', `-w${seconds}`, address);
      return true;
    } catch {
      return false;
    }
  }
}

describe.each([
  { version: 'IPv4', one: '198.51.100.1', two: '198.51.100.2' },
  { version: 'IPv6', one: '2001:db8:51::1', two: '2001:db8:51::2' },
])('a VXLAN over $version in the kernel', ({ one, two }) => {
  let hosts: [Host, Host];

  beforeEach(() => {
    hosts = [new Host(1, one), new Host(2, two)];
    hosts[0].namespace.netlink((socket) =>
      socket.request(addVeth({ name: 'eth0', mtuBytes: 1500, peer: { name: 'eth0', namespace: hosts[1].namespace.namespace } })),
    );
    for (const host of hosts) host.build();
  });
  afterEach(() => {
    for (const { namespace } of hosts) namespace.close();
  });

  it('carries what it has been told of, and nothing else', () => {
    const [first, second] = hosts;
    expect(first.reaches('192.0.2.2', 1)).toBe(false);
    first.meet(second);
    second.meet(first);
    expect(first.reaches('192.0.2.2')).toBe(true);
    first.namespace.netlink((socket) => {
      expect(listForwarding(socket, first.index)).toEqual([
        { macAddress: second.macAddress, destination: two, onBridge: true, isExternal: false },
      ]);
      expect(socket.batch(deleteForwarding(first.index, second.macAddress))).toEqual([undefined, undefined]);
      expect(listForwarding(socket, first.index)).toEqual([]);
      expect(socket.batch(deleteForwarding(first.index, second.macAddress)).map((error) => error?.errnoName)).toEqual(['ENOENT', 'ENOENT']);
    });
    expect(first.reaches('192.0.2.2', 1)).toBe(false);
  });

  it('takes another destination in place of the first', () => {
    const [first, second] = hosts;
    const elsewhere = two.replace(/2$/, '9');
    first.namespace.netlink((socket) => {
      socket.batch(replaceForwarding(first.index, second.macAddress, elsewhere));
      expect(socket.batch(replaceForwarding(first.index, second.macAddress, two))).toEqual([undefined, undefined]);
      expect(listForwarding(socket, first.index)).toEqual([
        { macAddress: second.macAddress, destination: two, onBridge: true, isExternal: false },
      ]);
    });
  });

  it('shows itself as `ip` and `bridge` do', () => {
    const [{ namespace }] = hosts;
    namespace.netlink((socket) => {
      const link = getLink(socket, 'vx0');
      expect(link?.vxlan).toEqual({ vni: 4321, localAddress: one, port: 4789 });
      expect(link?.port).toEqual({ isolated: false, hairpin: false, tunnel: true });
    });
    const [shown] = namespace.ip<{ linkinfo: { info_data: Record<string, unknown> } }[]>('-d', 'link', 'show', 'vx0');
    expect(shown?.linkinfo.info_data).toMatchObject({ id: 4321, port: 4789, learning: false });
    const port = JSON.parse(namespace.run('bridge', '-j', '-d', 'link', 'show', 'dev', 'vx0')) as Record<string, unknown>[];
    expect(port[0]).toMatchObject({ learning: false, flood: false, mcast_flood: false, bcast_flood: false, neigh_suppress: true });
  });

  it('says that number and port are another link’s', () => {
    const [{ namespace }] = hosts;
    const again = addVxlan({ name: 'vx1', vni: 4321, localAddress: one, port: 4789, mtuBytes });
    namespace.netlink((socket) => {
      const [error] = socket.batch([again]);
      expect(error).toBeInstanceOf(KernelError);
      expect(error?.errnoName).toBe('EEXIST');
      expect(error?.message).toContain('vxlan id 4321');
    });
  });
});
