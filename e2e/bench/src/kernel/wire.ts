import { addAddress, addBridge, addVeth, getLink, setLink } from '@netyard/netlink';
import { Host } from './host';

/** A switch in a namespace of its own, to which hosts are linked: 198.51.100.0/24 (RFC 5737). */
export class Wire {
  readonly #switch: Host;

  constructor(name: string) {
    this.#switch = Host.create(name);
    const { socket } = this.#switch;
    socket.request(addBridge({ name: 'wire', macAddress: '02:00:00:00:00:fe', mtuBytes: 1500 }));
    socket.request(setLink('wire', { up: true }));
  }

  /** Gives the host `eth0` with the address 198.51.100.<number>. */
  plug(host: Host, number: number): void {
    const { socket } = this.#switch;
    const port = `to-${number}`;
    socket.request(addVeth({ name: port, mtuBytes: 1500, peer: { name: 'eth0', namespace: host.namespace } }));
    socket.request(setLink(port, { masterIndex: getLink(socket, 'wire')?.index, up: true }));
    const index = getLink(host.socket, 'eth0')?.index ?? 0;
    host.socket.request(addAddress(index, `198.51.100.${number}/24`));
    host.socket.request(setLink(index, { up: true }));
  }

  close(): void {
    this.#switch.close();
  }
}
