import type { DesiredEndpoint } from '@netyard/contracts';
import { addAddress, addVeth, getLink, setLink } from '@netyard/netlink';
import { TestNamespace } from '@netyard/testing';
import { endpoint } from './desired';
import { TestHost } from './test-host';

/** A host with `eth0` on a wire, at the other end of which is a router with the gateways' addresses. */
export class WireHost {
  private constructor(
    readonly host: TestHost,
    readonly router: TestNamespace,
  ) {}

  static async start(): Promise<WireHost> {
    const wired = new WireHost(await TestHost.start(), new TestNamespace('router'));
    wired.plug();
    return wired;
  }

  /** Puts the wire in (again). */
  plug(): void {
    const { host, router } = this;
    host.namespace.netlink((socket) => {
      socket.request(addVeth({ name: 'eth0', mtuBytes: 1500, peer: { name: 'lan', namespace: router.namespace } }));
      socket.request(setLink('eth0', { up: true }));
    });
    router.netlink((socket) => {
      const lan = getLink(socket, 'lan')?.index ?? 0;
      for (const address of ['198.18.1.1/24', '2001:db8:1::1/64', '203.0.113.1/32']) socket.request(addAddress(lan, address));
      socket.request(setLink(lan, { up: true }));
    });
  }

  async close(): Promise<void> {
    await this.host.close();
    this.router.close();
  }
}

/** Endpoint number n of network 1, with an address of each version of IP. */
export const dualEndpoint = (number: number, over: Partial<DesiredEndpoint> = {}): DesiredEndpoint =>
  endpoint(number, 1, { addresses: [`198.18.1.${number + 1}/24`, `2001:db8:1::${number + 1}/64`], ...over });
