import { join } from 'node:path';
import { sandboxNamespaceName } from '@netyard/contracts';
import type { Endpoint, Sandbox } from '@netyard/api-client';
import type { Bench } from '../bench';
import type { Deployment } from '../deployment/deployment';
import { Cleanup } from '../cleanup';
import { assertReady } from '../deployment/objects';
import { BarePath } from '../kernel/bare-path';
import type { Figure, Measurement, Reading } from '../measurement';
import type { Docker } from '../peers/docker';
import { iperfRate, requestRate, type Sides } from '../peers/iperf';
import { median, quantile } from '../statistics';

/** Short ones, taken in turn, so that what the machine does meanwhile meets all; every other round goes the other way about. */
const rounds = 11;
const waitSeconds = 20;

type RateOf = (sides: Sides) => Promise<number>;

/** Each is taken of Netyard's pair, of the one made by hand, and of docker's where it has one. */
const paths = [
  {
    name: 'bridge',
    bare: 'bare bridge',
    hasDocker: true,
    meaning: 'one TCP connection between sandboxes on a bridge network',
    atLeast: 0.98,
  },
  { name: 'bridge.ipv6', bare: 'bare bridge', hasDocker: false, meaning: 'the same over IPv6', atLeast: 0.98 },
  {
    name: 'overlay',
    bare: 'bare VXLAN',
    hasDocker: false,
    meaning: 'one TCP connection between sandboxes on two hosts, on an overlay network',
    atLeast: 0.97,
  },
  {
    name: 'overlay.requests',
    bare: 'bare VXLAN',
    hasDocker: false,
    meaning: 'requests of one byte, one after the other, between two hosts',
    atLeast: 0.97,
  },
] as const;
type PathName = (typeof paths)[number]['name'];

/** What networks carry, beside links that were made by hand. */
export const throughput: Measurement = {
  name: 'throughput',
  figures: paths.flatMap(({ name, bare, hasDocker, meaning, atLeast }): Figure[] => [
    {
      name: `throughput.${name}`,
      unit: name.endsWith('requests') ? '/s' : 'Gbit/s',
      meaning: `${meaning}, median`,
      peer: bare,
    },
    ...(hasDocker ? [{ name: `throughput.${name}.docker`, unit: 'Gbit/s', meaning: 'the same', peer: 'docker’s bridge' } as const] : []),
    { name: `throughput.${name}.ratio`, unit: '×', meaning: 'against what was made by hand, median of the rounds', target: { atLeast } },
    { name: `throughput.${name}.spread`, unit: '×', meaning: 'within how much of it the middle half of the rounds lies' },
  ]),
  async run(bench) {
    const docker = await bench.docker();
    const deployment = await bench.deployment('throughput', { wired: true });
    const cleanup = new Cleanup();
    try {
      return await measure(bench, deployment, cleanup, docker);
    } finally {
      await cleanup.run();
      await deployment.close();
    }
  },
};

async function measure(bench: Bench, deployment: Deployment, cleanup: Cleanup, docker: Docker | undefined): Promise<Reading[]> {
  const logPath = join(bench.logFolder, 'throughput.log');
  const here = deployment.host.name;
  const there = (await deployment.addHost()).name;
  const bridge = await pair(deployment, 'bridge', ['10.70.0.0/24', 'fd70::/64'], [here, here], logPath);
  const overlay = await pair(deployment, 'overlay', ['10.71.0.0/24'], [here, there], logPath);
  const dockers = docker && (await dockerPair(docker, cleanup, logPath));
  const readings: Reading[] = [];
  const take = async (name: PathName, rateOf: RateOf, own: Sides, bare: Sides, other?: Sides): Promise<void> => {
    const all = [own, bare, ...present(other)];
    const rates: number[][] = all.map(() => []);
    for (let round = 0; round < rounds; round++) {
      bench.progress(`${name}: round ${round + 1} of ${rounds}`);
      const order = [...all.entries()];
      for (const [index, sides] of round % 2 === 0 ? order : order.reverse()) rates[index]?.push(await rateOf(sides));
    }
    readings.push(...readingsOf(name, rates));
  };
  await withPath(BarePath.bridge(), async (bare) => {
    await take('bridge', iperfRate, bridge.ipv4, bare.sides('IPv4', logPath), dockers);
    await take('bridge.ipv6', iperfRate, bridge.ipv6, bare.sides('IPv6', logPath));
  });
  await withPath(BarePath.vxlan(), async (bare) => {
    await take('overlay', iperfRate, overlay.ipv4, bare.sides('IPv4', logPath));
    await take('overlay.requests', requestRate, overlay.ipv4, bare.sides('IPv4', logPath));
  });
  return readings;
}

function readingsOf(name: PathName, [own = [], bare = [], docker]: number[][]): Reading[] {
  const ratios = own.map((value, round) => value / (bare[round] ?? NaN));
  const hasDocker = paths.some((path) => path.name === name && path.hasDocker);
  return [
    { figure: `throughput.${name}`, value: median(own), peerValue: median(bare) },
    ...(hasDocker
      ? [{ figure: `throughput.${name}.docker`, value: median(own), ...(docker === undefined ? {} : { peerValue: median(docker) }) }]
      : []),
    { figure: `throughput.${name}.ratio`, value: median(ratios) },
    { figure: `throughput.${name}.spread`, value: quantile(ratios, 0.75) - quantile(ratios, 0.25) },
  ];
}

async function withPath(bare: BarePath, work: (bare: BarePath) => Promise<void>): Promise<void> {
  try {
    await work(bare);
  } finally {
    await bare.close();
  }
}

const present = <T>(value: T | undefined): T[] => (value === undefined ? [] : [value]);

/** Two containers on docker's default bridge. */
async function dockerPair(docker: Docker, cleanup: Cleanup, logPath: string): Promise<Sides> {
  const ids = [await docker.runContainer('throughput-client'), await docker.runContainer('throughput-server')] as const;
  cleanup.add(() => docker.removeContainers([...ids]));
  const enter = async (id: string): Promise<string[]> => ['nsenter', `--net=/proc/${await docker.pidOf(id)}/ns/net`];
  return { enterClient: await enter(ids[0]), enterServer: await enter(ids[1]), address: await docker.addressOf(ids[1]), logPath };
}

/** Two sandboxes with an endpoint each on a new network, ready. */
async function pair({ client }: Deployment, driver: string, cidrs: string[], hosts: string[], logPath: string) {
  const subnets = cidrs.map((cidr) => ({ cidr }));
  await client.post('/v1/networks', { metadata: { name: driver }, spec: { driver, subnets } });
  const enters: string[][] = [];
  let addresses: string[] = [];
  for (const [index, host] of hosts.entries()) {
    const name = `${driver}-${index}`;
    const sandbox = await client.post<Sandbox>('/v1/sandboxes', { metadata: { name }, spec: { host } }, { waitSeconds });
    const endpoint = await client.post<Endpoint>(
      '/v1/endpoints',
      { metadata: { name }, spec: { network: driver, sandbox: name } },
      { waitSeconds },
    );
    assertReady([endpoint], 1);
    enters.push(['ip', 'netns', 'exec', sandboxNamespaceName(sandbox.metadata.id)]);
    addresses = endpoint.status.addresses.map((address) => address.split('/')[0] ?? '');
  }
  const sides = (isIpv6: boolean): Sides => ({
    enterClient: enters[0] ?? [],
    enterServer: enters[1] ?? [],
    address: addresses.find((address) => address.includes(':') === isIpv6) ?? '',
    logPath,
  });
  return { ipv4: sides(false), ipv6: sides(true) };
}
