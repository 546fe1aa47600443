import { addAddress, addBridge, addVeth, addVxlan, getLink, setLink } from '@netyard/netlink';
import { TestNamespace, type UnderlayHost } from '@netyard/testing';

const mtuBytes = 1450;

/**
 * What stands for a switch, or for a host of somebody else's cluster: a tunnel endpoint of a network that Netyard knows nothing of, with an address in the network by which its own
 * machines are known, and one machine behind it.
 */
export class ForeignVtep {
  readonly machine = new TestNamespace('machine');

  constructor(
    readonly host: UnderlayHost,
    private readonly network: { vni: number; own: string[]; machine: string[] },
  ) {
    host.netlink((socket) => {
      socket.request(addBridge({ name: 'br0', macAddress: '02:00:00:00:09:01', mtuBytes }));
      socket.request(addVxlan({ name: 'vx0', vni: network.vni, localAddress: host.address, port: 4789, mtuBytes }));
      socket.request(addVeth({ name: 'port1', mtuBytes, peer: { name: 'eth0', namespace: this.machine.namespace } }));
      const bridge = getLink(socket, 'br0')?.index ?? 0;
      for (const link of ['vx0', 'port1']) socket.request(setLink(link, { masterIndex: bridge, up: true }));
      for (const address of network.own) socket.request(addAddress(bridge, address));
      socket.request(setLink('br0', { up: true }));
    });
    host.run('bridge', 'link', 'set', 'dev', 'vx0', 'learning', 'off', 'neigh_suppress', 'on');
    // Frames to a group of stations, and those to one.
    host.run(
      'nft',
      `table netdev watch {
        counter flooded { }
        counter sent { }
        chain in { type filter hook ingress device "vx0" priority 0; ether daddr & 01:00:00:00:00:00 == 01:00:00:00:00:00 counter name flooded accept; counter name sent; }
      }`,
    );
    this.machine.netlink((socket) => {
      const eth0 = getLink(socket, 'eth0')?.index ?? 0;
      for (const address of network.machine) socket.request(addAddress(eth0, address));
      socket.request(setLink(eth0, { up: true }));
    });
  }

  get macAddress(): string {
    return this.machine.ip<{ address: string }[]>('link', 'show', 'eth0')[0]?.address ?? '';
  }

  /** The machine speaks to the switch: until then this knows nothing of its addresses. */
  introduce(): void {
    for (const address of this.network.own) this.machine.run('ping', '-c1', '-W30', address.slice(0, address.indexOf('/')));
  }

  /** How many frames have come out of the tunnel that were flooded, or sent to a station of its own. */
  received(how: 'flooded' | 'sent'): number {
    return Number(/packets (\d+)/.exec(this.host.run('nft', 'list', 'counter', 'netdev', 'watch', how))?.[1]);
  }

  close(): void {
    this.machine.close();
  }
}
