import type { Step, WireguardObject, WireguardPeerObject } from '@netyard/drivers';
import { KernelError, type WireguardPeerChange, type WireguardSocket } from '@netyard/netlink';
import { writeIfThere } from '../sandboxes/marked-namespace';

/** Gives WireGuard links their keys, ports and peers. */
export class WireguardSettings {
  constructor(
    private readonly socket: WireguardSocket,
    /** Throws for a key that is not this host's. */
    private readonly privateKeyOf: (publicKey: string) => string,
  ) {}

  /** The link is there, and may be up. Throws PortTakenError, UnknownKeyError, KernelError. */
  configure({ name, publicKey, port }: WireguardObject): void {
    // Inner addresses are of IPv6, whatever the host does with that elsewhere.
    writeIfThere(`net/ipv6/conf/${name}/disable_ipv6`, '0');
    try {
      this.socket.set(name, { privateKey: this.privateKeyOf(publicKey), port });
    } catch (error) {
      throw error instanceof KernelError ? explainPort(error, port) : error;
    }
  }

  /** All peers of all links in few messages. Throws KernelError. */
  change(steps: Step[]): void {
    const byLink = new Map<string, WireguardPeerChange[]>();
    for (const { verb, object } of steps) {
      if (object.kind !== 'wireguard-peer') continue;
      byLink.set(object.link, [...(byLink.get(object.link) ?? []), changeOf(verb, object)]);
    }
    for (const [link, peers] of byLink) this.#set(link, peers);
  }

  /** Peers go with their link. */
  #set(link: string, peers: WireguardPeerChange[]): void {
    try {
      this.socket.set(link, { peers });
    } catch (error) {
      const isGone = error instanceof KernelError && ['ENODEV', 'ENOENT'].includes(error.errnoName);
      if (!isGone || peers.some(({ remove }) => !remove)) throw error;
    }
  }
}

const changeOf = (verb: Step['verb'], { publicKey, innerAddress, endpoint }: WireguardPeerObject): WireguardPeerChange =>
  verb === 'remove' ? { publicKey, remove: true } : { publicKey, endpoint, allowedIps: [innerAddress] };

/** The kernel says no more than that something is in use. */
export const explainPort = (error: KernelError, port: number): Error =>
  error.errnoName === 'EADDRINUSE'
    ? Object.assign(
        new Error(
          `another process of the host has UDP port ${port}, which WireGuard is to receive on (--wireguard-port of the worker): ${error.message}`,
          {
            cause: error,
          },
        ),
        { name: 'PortTaken' },
      )
    : error;
