import {
  type ApiClient,
  type ApiObject,
  Deployment,
  ethernet,
  ipv4,
  outcome,
  patiently,
  protocols,
  sendFrames,
  udp,
} from '@netyard/testing';

/** An endpoint as somebody on the wire would know it. */
export interface Station {
  name: string;
  sandbox: ApiObject;
  host: string;
  mac: string;
  linkLocal: string;
  ipv4: string;
  ipv6: string;
}

/** A network with its gateway; numbers of the lab's networks are in their prefixes: 10.n.0.0/24 and fd00:n::/64. */
export interface LabNetwork {
  object: ApiObject;
  number: number;
  /** Whose it is. */
  client: ApiClient;
  gateway: { mac: string; linkLocal: string; ipv4: string; ipv6: string };
  first: Station;
}

/** To this port all forged packets go. */
export const forgedPort = 6_666;
/** An address that nobody has. */
export const forgedMac = '02:66:66:66:66:66';
const markerPort = 7_777;

/**
 * Hosts with networks, as a sandbox's root sees them who means harm. What arrives somewhere is counted on the link where it does: `forged` is what has the made-up MAC address or goes to the forged port,
 * `said` what else the attacker has sent, `markers` what is sent after it, so that there is something to wait for.
 */
export class Lab {
  private constructor(readonly deployment: Deployment) {}

  /** Of the hosts, the last has no worker: a stranger on the underlay. */
  static async start(hosts: number): Promise<Lab> {
    return new Lab(await Deployment.start({ hosts, outsiders: 1 }));
  }

  /** A network with its first endpoint, .9, in whose neighbours the gateway is. */
  async network(name: string, number: number, spec: Record<string, unknown>, host: string, client: ApiClient): Promise<LabNetwork> {
    const subnets = [{ cidr: `10.${number}.0.0/24` }, { cidr: `fd00:${number}::/64` }];
    const object = await client.create('networks', name, { subnets, ...spec });
    const first = await this.station(`${name}-first`, { object, number, client }, host, 9);
    const [ipv4, ipv6] = [`10.${number}.0.1`, `fd00:${number}::1`];
    this.in(first, 'ping', '-c1', `-W${patiently}`, ipv4);
    const mac = /lladdr (\S+)/.exec(this.in(first, 'ip', 'neigh', 'show', ipv4))?.[1] ?? '';
    return { object, number, client, gateway: { mac, linkLocal: linkLocalOf(mac), ipv4, ipv6 }, first };
  }

  /** A sandbox with an endpoint of the network; `last`: of its addresses. */
  async station(
    name: string,
    { object, number, client }: Pick<LabNetwork, 'object' | 'number' | 'client'>,
    host: string,
    last: number,
  ): Promise<Station> {
    const sandbox = await client.create('sandboxes', name, { host });
    const [ipv4, ipv6] = [`10.${number}.0.${last}`, `fd00:${number}::${last}`];
    const spec = { network: object.metadata.name, sandbox: name, addresses: [ipv4, ipv6] };
    const endpoint = await client.create('endpoints', name, spec);
    const mac = String(endpoint.status['macAddress']);
    return { name, sandbox, host, mac, linkLocal: linkLocalOf(mac), ipv4, ipv6 };
  }

  in({ sandbox }: Station, ...command: string[]): string {
    return outcome([...this.deployment.enter(sandbox), ...command]);
  }

  onHost(host: string, ...command: string[]): string {
    return outcome(['ip', 'netns', 'exec', this.deployment.underlay.host(host).name, ...command]);
  }

  /** Whether one of the echo requests that are sent until then is answered. */
  pings(from: Station, target: string): boolean {
    return this.in(from, 'ping', '-c1', '-i0.2', '-w30', target).includes('bytes from');
  }

  send({ sandbox }: Station, frames: Buffer[]): void {
    sendFrames(`/run/netns/${this.deployment.enter(sandbox).at(-1)}`, 'eth0', frames);
  }

  /** Counts from now on what comes in at a station, but for what the attacker's own kernel has to say now and then. */
  watch(station: Station, { mac, ipv4: own, ipv6, linkLocal }: Station): void {
    this.in(
      station,
      'nft',
      `table netdev watch {
        counter markers { }
        counter said { }
        counter forged { }
        chain in {
          type filter hook ingress device "eth0" priority 0; policy accept;
          udp dport ${markerPort} counter name markers accept
          ether saddr ${forgedMac} counter name forged accept
          udp dport ${forgedPort} counter name forged accept
          ether saddr != ${mac} accept
          arp saddr ether ${mac} arp saddr ip ${own} accept
          icmpv6 type { mld2-listener-report, nd-router-solicit } accept
          icmpv6 type nd-neighbor-solicit ip6 saddr { ${ipv6}, ${linkLocal} } accept
          counter name said
        }
      }`,
    );
  }

  count(station: Station, counter: 'markers' | 'said' | 'forged'): number {
    return Number(/packets (\d+)/.exec(this.in(station, 'nft', 'list', 'counter', 'netdev', 'watch', counter))?.[1]);
  }

  /** How many of the frames arrive: what is sent after them has arrived by then. */
  async arrivals(from: Station, to: Station, frames: Buffer[]): Promise<number> {
    const arrived = (): number => this.count(to, 'said') + this.count(to, 'forged');
    const [markers, before] = [this.count(to, 'markers'), arrived()];
    const marker = ethernet(from.mac, to.mac, 'ipv4', ipv4(from.ipv4, to.ipv4, protocols.udp, udp(1_000, markerPort)));
    this.send(from, frames);
    await this.deployment.until(`a marker reaches ${to.name}`, async () => {
      // Behind very many frames the kernel's queue may be full, and it is lost.
      this.send(from, [marker]);
      return this.count(to, 'markers') > markers;
    });
    return arrived() - before;
  }

  /** Waits until one of the frames has arrived. */
  async arrives(what: string, from: Station, to: Station, frames: Buffer[]): Promise<void> {
    const arrived = (): number => this.count(to, 'said') + this.count(to, 'forged');
    const before = arrived();
    this.send(from, frames);
    await this.deployment.until(`${what} arrives`, async () => arrived() > before);
  }

  /** Which of the HTTP URLs answer, asked all at once. `seconds`: the patience with each. */
  reached(enter: string[], urls: string[], seconds = 1): string[] {
    const script = `
      const { get } = require('node:http');
      for (const url of ${JSON.stringify(urls)})
        get(url, { timeout: ${seconds * 1_000} }, (answer) => console.log(url, answer.resume().statusCode))
          .on('timeout', function () { this.destroy(); })
          .on('error', () => undefined);`;
    const answered = outcome([...enter, process.execPath, '-e', script]).split('\n');
    return urls.filter((url) => answered.includes(`${url} 200`));
  }

  close(): Promise<void> {
    return this.deployment.close();
  }
}

/** RFC 4291, appendix A. */
function linkLocalOf(mac: string): string {
  const [first = 0, ...rest] = mac.split(':').map((byte) => parseInt(byte, 16));
  const bytes = [first ^ 2, ...rest.slice(0, 2), 0xff, 0xfe, ...rest.slice(2)];
  const groups = [0, 2, 4, 6].map((at) => (((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)).toString(16));
  return `fe80::${groups.join(':')}`;
}
