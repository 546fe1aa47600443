import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ApiObject } from './api-client';
import { Deployment } from './deployment';
import { patiently } from './reach';
import { outcome, Server } from './server';

const run = promisify(execFile);

/** A way to be on the wire, and whether endpoints of one host reach each other in it, where no switch reflects their frames. */
export interface WireMode {
  driver: 'macvlan' | 'ipvlan';
  options: Record<string, string>;
  siblings: boolean;
}

/** Of an endpoint, by the number of its host and its own on it. */
const addressesOf = (host: number, number: number): [string, string] => [`10.55.${host}.1${number}`, `fd00:55::${host}:1${number}`];

/**
 * Two hosts on one wire: networks of any mode are made there one after the other, each with an endpoint on either host, and another on the first host unless the mode has room for one
 * alone.
 */
export class TwoHostsOnWire {
  readonly #sandboxes = new Map<string, ApiObject>();

  private constructor(readonly deployment: Deployment) {}

  static async start(): Promise<TwoHostsOnWire> {
    const wire = new TwoHostsOnWire(await Deployment.start({ hosts: 2 }));
    for (const name of ['s11', 's12', 's21'])
      wire.#sandboxes.set(name, await wire.deployment.create('sandboxes', name, { host: `h${name.slice(1, 2)}` }));
    return wire;
  }

  /** Makes a network of the mode with its endpoints, which are Ready. */
  async join({ driver, options }: Pick<WireMode, 'driver' | 'options'>, hasSiblings: boolean): Promise<void> {
    await this.deployment.create('networks', 'lan', {
      driver,
      subnets: [{ cidr: '10.55.0.0/16' }, { cidr: 'fd00:55::/64' }],
      options: { parent: 'eth0', ...options },
    });
    for (const [host, number] of hasSiblings ? [[1, 1] as const, [1, 2] as const, [2, 1] as const] : [[1, 1] as const, [2, 1] as const])
      await this.deployment.create('endpoints', `e${host}${number}`, {
        network: 'lan',
        sandbox: `s${host}${number}`,
        addresses: addressesOf(host, number),
      });
  }

  /** Takes all of it away, and waits until it is gone. */
  async leave(hasSiblings: boolean): Promise<void> {
    for (const name of hasSiblings ? ['e11', 'e12', 'e21'] : ['e11', 'e21']) await this.deployment.remove(`/v1/endpoints/${name}`);
    await this.deployment.remove('/v1/networks/lan');
  }

  /** Routes to the endpoints on the other host by that host, as routers have them for mode l3, which knows no ARP. */
  routeByHosts(): void {
    for (const [here, there] of [[1, 2] as const, [2, 1] as const]) {
      const other = this.deployment.underlay.host(`h${there}`);
      const [ipv4, ipv6] = addressesOf(there, 1);
      const host = this.deployment.underlay.host(`h${here}`);
      host.run('ip', 'route', 'replace', ipv4, 'via', other.address);
      host.run('ip', '-6', 'route', 'replace', ipv6, 'via', other.ipv6Address);
    }
  }

  /** Which addresses of an endpoint, `21` or `12`, answer to the first one on host 1: of IPv4 and IPv6. `seconds`: how long the last answer is waited for. */
  reached(endpoint: '12' | '21', seconds = patiently): [boolean, boolean] {
    const answers = (address: string): boolean =>
      outcome([...this.#enter('s11'), 'ping', '-c2', '-i0.3', `-W${seconds}`, address]).includes(' 0% packet loss');
    const [ipv4, ipv6] = addressesOf(Number(endpoint[0]), Number(endpoint[1]));
    return [answers(ipv4), answers(ipv6)];
  }

  /** Bytes that iperf3 brought from host 1 to host 2, by IPv4 and by IPv6. */
  async streamed(): Promise<[number, number]> {
    const bytes: number[] = [];
    for (const address of addressesOf(2, 1)) {
      const server = await Server.run([...this.#enter('s21'), 'iperf3', '--server', '--one-off', '--forceflush'], /listening/);
      const [command = '', ...args] = [...this.#enter('s11'), 'iperf3', '--client', address, '--bytes', '1M', '--window', '128K', '--json'];
      const { stdout } = await run(command, args);
      await server.close();
      bytes.push((JSON.parse(stdout) as { end: { sum_received: { bytes: number } } }).end.sum_received.bytes);
    }
    return [bytes[0] ?? 0, bytes[1] ?? 0];
  }

  close(): Promise<void> {
    return this.deployment.close();
  }

  #enter(name: string): string[] {
    return this.deployment.enter(this.#sandboxes.get(name) as ApiObject);
  }
}
