import { addAddress, addBridge, addRoute, addVeth, getLink, setLink, writeSysctl } from '@netyard/netlink';
import { TestNamespace } from './namespace';

/** A namespace that plays a host, with `eth0` on the underlay. */
export class UnderlayHost extends TestNamespace {
  constructor(
    readonly hostName: string,
    /** Of `eth0`. */
    readonly address: string,
    readonly ipv6Address: string,
  ) {
    super(hostName);
  }
}

export interface UnderlayOptions {
  /** A router links the hosts, each in a prefix of its own; otherwise a bridge in one prefix. */
  routed?: boolean;
}

/**
 * Hosts `h1`, `h2`, … as namespaces, linked by a bridge or a router in a namespace of its own, where `to-h1`, `to-h2`, … lead to them (documentation prefixes of RFC 5737 and
 * RFC 3849).
 */
export class Underlay {
  readonly hosts: UnderlayHost[] = [];
  /** Where the wire is: its bridge `underlay` is a port of it, too. */
  readonly wire = new TestNamespace('wire');

  constructor(count: number, { routed = false }: UnderlayOptions = {}) {
    if (routed) this.wire.inside(() => ['ipv4/ip_forward', 'ipv6/conf/all/forwarding'].forEach((key) => writeSysctl(`net/${key}`, '1')));
    else this.addBridge();
    for (let number = 1; number <= count; number++) {
      if (routed) this.addRoutedHost(number);
      else this.addHost(number);
    }
  }

  private addBridge(): void {
    this.wire.netlink((socket) => {
      socket.request(addBridge({ name: 'underlay', macAddress: '02:00:00:00:00:fe', mtuBytes: 1500 }));
      socket.request(setLink('underlay', { up: true }));
    });
  }

  /** Puts one more host on the wire that a bridge is, `h` with its number. */
  addHost(number: number): UnderlayHost {
    const host = this.plug(new UnderlayHost(`h${number}`, `198.51.100.${number}`, `2001:db8:51::${number}`));
    this.wire.netlink((socket) => socket.request(setLink(`to-${host.hostName}`, { masterIndex: getLink(socket, 'underlay')?.index })));
    giveAddresses(host, 'eth0', [`${host.address}/24`, `${host.ipv6Address}/64`]);
    return host;
  }

  private addRoutedHost(number: number): void {
    const first = number * 4;
    const host = this.plug(new UnderlayHost(`h${number}`, `198.51.100.${first + 2}`, `2001:db8:51:${number}::2`));
    const router = [`198.51.100.${first + 1}`, `2001:db8:51:${number}::1`] as const;
    giveAddresses(this.wire, `to-${host.hostName}`, [`${router[0]}/30`, `${router[1]}/64`]);
    giveAddresses(host, 'eth0', [`${host.address}/30`, `${host.ipv6Address}/64`]);
    host.netlink((socket) => {
      for (const [destination, via] of [['0.0.0.0/0', router[0]] as const, ['::/0', router[1]] as const])
        socket.request(addRoute({ destination, via }));
    });
  }

  /** Lays the cable from a host to the wire. */
  private plug(host: UnderlayHost): UnderlayHost {
    this.hosts.push(host);
    this.wire.netlink((socket) => {
      socket.request(addVeth({ name: `to-${host.hostName}`, mtuBytes: 1500, peer: { name: 'eth0', namespace: host.namespace } }));
      socket.request(setLink(`to-${host.hostName}`, { up: true }));
    });
    return host;
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

function giveAddresses(namespace: TestNamespace, link: string, addresses: string[]): void {
  namespace.netlink((socket) => {
    const index = getLink(socket, link)?.index ?? 0;
    for (const address of addresses) socket.request(addAddress(index, address));
    socket.request(setLink(index, { up: true }));
  });
}
