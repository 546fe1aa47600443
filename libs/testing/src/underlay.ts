import { addAddress, addBridge, addVeth, getLink, setLink } from '@netyard/netlink';
import { TestNamespace } from './namespace';

/** A namespace that plays a host, with `eth0` on the underlay. */
export class UnderlayHost extends TestNamespace {
  constructor(
    readonly hostName: string,
    /** Of `eth0`. */
    readonly address: string,
  ) {
    super(hostName);
  }
}

/** Hosts `h1`, `h2`, … as namespaces, linked by a bridge in a namespace of its own (documentation prefixes of RFC 5737 and RFC 3849). */
export class Underlay {
  readonly hosts: UnderlayHost[] = [];
  /** Where the wire is: its bridge `underlay` is a port of it, too. */
  readonly wire = new TestNamespace('wire');

  constructor(count: number) {
    const bridge = { name: 'underlay', macAddress: '02:00:00:00:00:fe', mtuBytes: 1500 };
    this.wire.netlink((socket) => {
      socket.request(addBridge(bridge));
      socket.request(setLink('underlay', { up: true }));
    });
    for (let number = 1; number <= count; number++) this.addHost(number);
  }

  private addHost(number: number): void {
    const host = new UnderlayHost(`h${number}`, `198.51.100.${number}`);
    this.hosts.push(host);
    this.wire.netlink((socket) => {
      const masterIndex = getLink(socket, 'underlay')?.index;
      socket.request(addVeth({ name: `to-${host.hostName}`, mtuBytes: 1500, peer: { name: 'eth0', namespace: host.namespace } }));
      socket.request(setLink(`to-${host.hostName}`, { masterIndex, up: true }));
    });
    host.netlink((socket) => {
      const index = getLink(socket, 'eth0')?.index ?? 0;
      for (const address of [`${host.address}/24`, `2001:db8:51::${number}/64`]) socket.request(addAddress(index, address));
      socket.request(setLink(index, { up: true }));
    });
  }

  /** Throws when there is no such host. */
  host(name: string): UnderlayHost {
    const host = this.hosts.find(({ hostName }) => hostName === name);
    if (!host) throw new Error(`no host ${name}`);
    return host;
  }

  close(): void {
    for (const host of this.hosts) host.close();
    this.wire.close();
  }
}
