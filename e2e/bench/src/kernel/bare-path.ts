import {
  addAddress,
  addBridge,
  addVeth,
  addVxlan,
  createNamespace,
  deleteNamespace,
  getLink,
  Namespace,
  replaceForwarding,
  replaceNeighbour,
  RouteSocket,
  setLink,
} from '@netyard/netlink';
import { Cleanup } from '../cleanup';
import type { Sides } from '../peers/iperf';
import { Host, namespacePath } from './host';
import { Wire } from './wire';

const bridgeMac = (number: number): string => `0a:00:00:00:00:0${number}`;
const mac = (number: number): string => `02:00:00:00:00:0${number}`;

/** Of the prefixes for benchmarks (RFC 2544, RFC 5180). */
const addressOf = { IPv4: (number: number) => `198.18.0.${number}`, IPv6: (number: number) => `2001:2::${number}` };

/** What the kernel does by itself: sandboxes made by hand, as links of a bridge or of two that a VXLAN joins. */
export class BarePath {
  readonly #cleanup = new Cleanup();

  private constructor() {
    // Made by the functions below.
  }

  /** Two sandboxes, `bare-1` and `bare-2` with the addresses 198.18.0.1 and .2, and 2001:2::1 and ::2, on one bridge. */
  static bridge(): BarePath {
    const path = new BarePath();
    const host = path.#host('bare-host');
    path.#switch(host, 1500);
    for (const number of [1, 2]) path.#sandbox(host, number, 1500);
    return path;
  }

  /** The same on two hosts, each with a bridge, and a VXLAN between them that is told where the sandboxes are. */
  static vxlan(): BarePath {
    const path = new BarePath();
    const wire = new Wire('bare-wire');
    path.#cleanup.add(() => wire.close());
    const mtuBytes = 1450;
    for (const number of [1, 2]) {
      const host = path.#host(`bare-host-${number}`);
      wire.plug(host, number);
      path.#switch(host, mtuBytes, number);
      path.#sandbox(host, number, mtuBytes);
      const { socket } = host;
      socket.request(addVxlan({ name: 'vx0', vni: 42, localAddress: `198.51.100.${number}`, port: 4789, mtuBytes }));
      socket.request(setLink('vx0', { masterIndex: getLink(socket, 'br0')?.index }));
      socket.request(setLink('vx0', { up: true }));
      const other = `198.51.100.${3 - number}`;
      const index = getLink(socket, 'vx0')?.index ?? 0;
      socket.batch(replaceForwarding(index, mac(3 - number), other));
    }
    return path;
  }

  /** From the first sandbox to the second. */
  sides(version: keyof typeof addressOf, logPath: string): Sides {
    const enter = (number: number): string[] => ['ip', 'netns', 'exec', `bare-${number}`];
    return { enterClient: enter(1), enterServer: enter(2), address: addressOf[version](2), logPath };
  }

  close(): Promise<void> {
    return this.#cleanup.run();
  }

  #host(name: string): Host {
    const host = Host.create(name);
    this.#cleanup.add(() => host.close());
    return host;
  }

  #switch({ socket }: Host, mtuBytes: number, number = 1): void {
    socket.request(addBridge({ name: 'br0', macAddress: bridgeMac(number), mtuBytes }));
    socket.request(setLink('br0', { up: true }));
  }

  #sandbox({ socket }: Host, number: number, mtuBytes: number): void {
    const path = namespacePath(`bare-${number}`);
    createNamespace(path);
    const namespace = Namespace.open(path);
    this.#cleanup.add(() => {
      namespace.close();
      deleteNamespace(path);
    });
    socket.request(addVeth({ name: `v${number}`, mtuBytes, peer: { name: 'eth0', macAddress: mac(number), namespace } }));
    socket.request(setLink(`v${number}`, { masterIndex: getLink(socket, 'br0')?.index, up: true }));
    const inside = RouteSocket.open(namespace);
    const index = getLink(inside, 'eth0')?.index ?? 0;
    inside.request(addAddress(index, `${addressOf.IPv4(number)}/24`));
    inside.request(addAddress(index, `${addressOf.IPv6(number)}/64`));
    for (const link of [getLink(inside, 'lo')?.index ?? 0, index]) inside.request(setLink(link, { up: true }));
    // Nobody floods: each is told of the other.
    for (const address of Object.values(addressOf).map((of) => of(3 - number)))
      inside.request(replaceNeighbour({ linkIndex: index, address, macAddress: mac(3 - number) }));
    inside.close();
  }
}
