import { bridgeLinkName, vxlanLinkName } from '@netyard/contracts';
import { Deployment, isReady, type ApiObject } from '@netyard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const hosts = ['h1', 'h2', 'h3', 'h4', 'h5'];
const sandboxesOnHost = 200;
const inBulk = 500;

/** Each host shares one network with the host before it, and one with the host after it. */
const networks = hosts.map((host, index) => ({
  name: `between-${index + 1}`,
  cidr: `10.${60 + index}.0.0/22`,
  gateway: `10.${60 + index}.0.1`,
  hosts: [host, hosts[(index + 1) % hosts.length] ?? ''],
}));

/** Lines that can be compared; what each host is to know of others. */
type Knowledge = Map<string, string[]>;

interface Endpoint extends ApiObject {
  spec: { network: string };
  status: ApiObject['status'] & { host: never; macAddress: never; addresses: never };
}

/** 2,000 endpoints on five hosts, each of which takes part in two of five overlay networks. */
describe('2,000 endpoints of several networks over five hosts', () => {
  let deployment: Deployment;
  const linkNames = new Map<string, { bridge: string; tunnel: string }>();

  beforeAll(async () => {
    deployment = await Deployment.start({ hosts: hosts.length });
    for (const { name, cidr, gateway } of networks) {
      const { metadata } = await deployment.create('networks', name, { driver: 'overlay', subnets: [{ cidr, gateway }] });
      linkNames.set(name, { bridge: bridgeLinkName(metadata.id), tunnel: vxlanLinkName(metadata.id) });
    }
    const places = hosts.flatMap((host) => Array.from({ length: sandboxesOnHost }, (_, index) => ({ host, name: `${host}-${index}` })));
    await bulk(
      'sandboxes',
      places.map(({ host, name }) => ({ metadata: { name }, spec: { host } })),
    );
    await bulk(
      'endpoints',
      places.flatMap(({ host, name }) =>
        networks
          .filter((network) => network.hosts.includes(host))
          .map((network) => ({ metadata: { name: `${name}-${network.name}` }, spec: { network: network.name, sandbox: name } })),
      ),
    );
  });
  afterAll(() => deployment.close());

  async function bulk(kind: string, items: object[]): Promise<void> {
    for (let start = 0; start < items.length; start += inBulk) {
      const part = items.slice(start, start + inBulk);
      const { status, body } = await deployment.request<{ items: ApiObject[] }>(
        'POST',
        `/v1/${kind}/bulk`,
        { items: part },
        { prefer: 'wait=60' },
      );
      expect([kind, status, body.items.filter(isReady).length]).toEqual([kind, 201, part.length]);
    }
  }

  async function endpoints(): Promise<Endpoint[]> {
    const all: Endpoint[] = [];
    for (const { name } of networks) {
      const { body } = await deployment.get<{ items: Endpoint[] }>(`/v1/endpoints?network=${name}&limit=500`);
      all.push(...body.items);
    }
    return all;
  }

  const addressOf = (host: string): string => deployment.underlay.host(host).address;

  /** What the database says that each host needs: of the networks that it takes part in, every endpoint and every host elsewhere. */
  function needed(all: Endpoint[]): Knowledge {
    return new Map(
      hosts.map((host) => {
        const known = networks
          .filter((network) => network.hosts.includes(host))
          .flatMap(({ name, gateway, hosts: takingPart }) => {
            const { bridge, tunnel } = linkNames.get(name) ?? { bridge: '', tunnel: '' };
            const others = takingPart.filter((other) => other !== host);
            const ofEndpoints = all
              .filter(({ spec, status }) => spec.network === name && others.includes(status.host))
              .map(({ status }) => ({ mac: status.macAddress, addresses: status.addresses as string[], host: status.host as string }));
            const ofHosts = others.map((other) => ({ ...onBridge(other, bridge, gateway), host: other }));
            return [...ofEndpoints, ...ofHosts].flatMap(({ mac, addresses, host: at }) => [
              `${tunnel} ${mac} to ${addressOf(at)}`,
              `${tunnel} ${mac} on the bridge`,
              ...addresses.map((address) => `${bridge} ${address.replace(/\/.*/, '')} is ${mac}`),
            ]);
          });
        return [host, known.sort()];
      }),
    );
  }

  /** A host's own MAC address and addresses in a network. */
  function onBridge(host: string, bridge: string, gateway: string): { mac: string; addresses: string[] } {
    const [link] = deployment.underlay
      .host(host)
      .ip<{ address: string; addr_info: { local: string; family: string }[] }[]>('addr', 'show', 'dev', bridge);
    const addresses = (link?.addr_info ?? []).filter(({ family }) => family === 'inet').map(({ local }) => local);
    return { mac: link?.address ?? '', addresses: addresses.filter((address) => address !== gateway) };
  }

  /** What the kernel of each host knows, on all of its links together. */
  function standing(): Knowledge {
    return new Map(
      hosts.map((host) => {
        const namespace = deployment.underlay.host(host);
        const forwarding = JSON.parse(namespace.run('bridge', '-j', 'fdb', 'show')) as {
          mac: string;
          ifname: string;
          dst?: string;
          master?: string;
          state?: string;
        }[];
        const neighbours = namespace.ip<{ dst: string; dev: string; lladdr: string }[]>('neigh', 'show', 'nud', 'permanent');
        return [
          host,
          [
            ...forwarding.flatMap(({ mac, ifname, dst }) => (dst === undefined ? [] : [`${ifname} ${mac} to ${dst}`])),
            ...forwarding.flatMap(({ mac, ifname, master, state }) =>
              master !== undefined && state === 'static' && ifname.startsWith('nyx') ? [`${ifname} ${mac} on the bridge`] : [],
            ),
            ...neighbours.map(({ dst, dev, lladdr }) => `${dev} ${dst} is ${lladdr}`),
          ].sort(),
        ];
      }),
    );
  }

  it('stand, with the entries that each host needs for its own networks, and none besides', async () => {
    const all = await endpoints();
    expect(all).toHaveLength(hosts.length * 2 * sandboxesOnHost);
    const want = needed(all);
    // Three for each endpoint and each host at the other end of a network.
    expect([...want.values()].map(({ length }) => length)).toEqual(hosts.map(() => 2 * 3 * (sandboxesOnHost + 1)));
    await deployment.until('every entry is there', async () => [...standing().values()].flat().length >= [...want.values()].flat().length);
    expect(standing()).toEqual(want);
  });

  it('keep tunnels of their own networks alone', () => {
    for (const host of hosts) {
      const tunnels = deployment.underlay.host(host).ip<{ ifname: string }[]>('link', 'show', 'type', 'vxlan');
      const own = networks.filter((network) => network.hosts.includes(host)).map(({ name }) => linkNames.get(name)?.tunnel);
      expect([host, tunnels.map(({ ifname }) => ifname).sort()]).toEqual([host, own.sort()]);
    }
  });

  it('lose the entries of one that leaves, wherever they are, and no others', async () => {
    const name = 'h2-7-between-1';
    const [before, all] = [standing(), await endpoints()];
    const going = all.find(({ metadata }) => metadata.name === name);
    const mac = String(going?.status.macAddress);
    const ofIt = (knowledge: Knowledge): string[] =>
      [...knowledge].flatMap(([host, lines]) => lines.filter((line) => line.includes(mac)).map(() => host));
    expect(ofIt(before)).toEqual(['h1', 'h1', 'h1']);
    const { status } = await deployment.request('POST', `/v1/endpoints/${name}/leave`, undefined, { prefer: 'wait=60' });
    expect(status).toBe(200);
    await deployment.until('nobody knows it any more', async () => ofIt(standing()).length === 0);
    const others = new Map([...before].map(([host, lines]) => [host, lines.filter((line) => !line.includes(mac))]));
    expect(standing()).toEqual(others);
  });
});
