import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { sandboxNamespaceName } from '@netyard/contracts';
import { addAddress, addVeth, getLink, setLink } from '@netyard/netlink';
import type { Bench } from '../bench';
import type { Deployment } from '../deployment/deployment';
import { assertReady, createEndpoints, createNetwork, createSandboxes, endpointBody } from '../deployment/objects';
import { Host } from '../kernel/host';
import type { Measurement } from '../measurement';
import { partsOf, upTo } from '../numbers';
import { connectionRate } from '../peers/connections';
import type { Docker } from '../peers/docker';
import { median } from '../statistics';
import { perSecond, timed } from '../timing';

const endpointCount = 10;
const steps = [0, 1_000, 10_000];
const samples = 21;
const firstPort = 10_000;
const bulkLimit = 1_000;
const waitSeconds = 60;
/** As many as dockerd publishes in reasonable time. */
const dockerPorts = 200;

/** Published ports: what one more costs beside many, what all of them cost, and connections through one; beside dockerd with its proxies. */
export const ports: Measurement = {
  name: 'ports',
  figures: [
    {
      name: 'ports.first.p50',
      unit: 'ms',
      meaning: 'a port published, from the request to Ready in the kernel, when there is none; median',
    },
    { name: 'ports.at1000.p50', unit: 'ms', meaning: 'the same beside 1,000' },
    { name: 'ports.at10000.p50', unit: 'ms', meaning: 'the same beside 10,000' },
    { name: 'ports.at1000.ratio', unit: '×', meaning: 'beside 1,000 against the first', target: { atMost: 1.2 } },
    { name: 'ports.at10000.ratio', unit: '×', meaning: 'beside 10,000 against the first', target: { atMost: 1.2 } },
    { name: 'ports.bulk.rate', unit: '/s', meaning: 'ports published by bulk requests', peer: `dockerd, ${dockerPorts} of a container` },
    { name: 'ports.rules', unit: 'rules', meaning: 'rules in the kernel with 10,000 ports', peer: `dockerd with ${dockerPorts}` },
    { name: 'ports.memory', unit: 'MiB', meaning: 'what 10,000 ports add to the worker', peer: `dockerd’s proxies with ${dockerPorts}` },
    {
      name: 'ports.connections',
      unit: '/s',
      meaning: 'connections through a port beside 10,000 others, 16 at once, from another host',
      peer: 'dockerd',
    },
  ],
  async run(bench) {
    const docker = await bench.docker();
    const peer = docker && (await measureDocker(bench, docker));
    const deployment = await bench.deployment('ports');
    try {
      const own = await measureOwn(bench, deployment);
      return [
        { figure: 'ports.first.p50', value: own.times[0] ?? 0 },
        { figure: 'ports.at1000.p50', value: own.times[1] ?? 0 },
        { figure: 'ports.at10000.p50', value: own.times[2] ?? 0 },
        { figure: 'ports.at1000.ratio', value: (own.times[1] ?? 0) / (own.times[0] ?? 1) },
        { figure: 'ports.at10000.ratio', value: (own.times[2] ?? 0) / (own.times[0] ?? 1) },
        { figure: 'ports.bulk.rate', value: own.rate, peerValue: peer?.rate },
        { figure: 'ports.rules', value: own.rules, peerValue: peer?.rules },
        { figure: 'ports.memory', value: own.memoryMiB, peerValue: peer?.memoryMiB },
        { figure: 'ports.connections', value: own.connections, peerValue: peer?.connections },
      ];
    } finally {
      await deployment.close();
    }
  },
};

const portBody = (hostPort: number) => ({ protocol: 'tcp', port: 80, hostPort, hostAddress: '0.0.0.0' });

async function measureOwn(bench: Bench, deployment: Deployment) {
  const { client, host, worker } = deployment;
  const wire = connect(host);
  try {
    await createNetwork(client, 'ports', '10.13.0.0/24');
    const sandboxes = await createSandboxes(deployment, 'ports', endpointCount);
    const names = sandboxes.map(({ metadata }) => metadata.name);
    await createEndpoints(
      client,
      names.map((name) => endpointBody(name, 'ports', name)),
    );
    const memoryBefore = worker.residentMiB;
    const times: number[] = [];
    const bulk: number[] = [];
    let count = 0;
    for (const step of steps) {
      bench.progress(`publishing ${step} ports`);
      for (const part of partsOf(
        upTo(step - count).map((number) => count + number),
        bulkLimit,
      )) {
        const endpoint = names[Math.floor((part[0] ?? 0) / bulkLimit) % endpointCount] ?? '';
        const items = part.map((number) => portBody(firstPort + number));
        const made = await timed(bulk, () =>
          client.post<{ items: Parameters<typeof assertReady>[0] }>(`/v1/endpoints/${endpoint}/ports/bulk`, { items }, { waitSeconds }),
        );
        assertReady(made.items, items.length);
      }
      count = step;
      times.push(await timeOne(deployment, names[0] ?? ''));
    }
    const [sandbox] = sandboxes;
    assertPorts(host, steps.at(-1) ?? 0);
    const rules = countRules(host.name);
    const memoryMiB = worker.residentMiB - memoryBefore;
    bench.progress('connecting through a port');
    const connections = await connectionRate({
      enterServer: ['ip', 'netns', 'exec', sandboxNamespaceName(sandbox?.metadata.id ?? '')],
      serverPort: 80,
      enterClient: ['ip', 'netns', 'exec', wire.name],
      address: hostAddress,
      port: firstPort,
      logPath: join(bench.logFolder, 'ports-server.log'),
    });
    const total = bulk.reduce((sum, one) => sum + one, 0);
    return { times, rate: perSecond(steps.at(-1) ?? 0, total), rules, memoryMiB, connections };
  } finally {
    wire.close();
  }
}

/** Publishes one port and closes it again, some times over; the median of publishing. */
async function timeOne({ client }: Deployment, endpoint: string): Promise<number> {
  const times: number[] = [];
  for (let sample = 0; sample < samples; sample++) {
    const port = await timed(times, () =>
      client.post<Parameters<typeof assertReady>[0][number] & { metadata: { id: string } }>(
        `/v1/endpoints/${endpoint}/ports`,
        portBody(9_000 + sample),
        { waitSeconds },
      ),
    );
    assertReady([port], 1);
    await client.delete(`/v1/endpoints/${endpoint}/ports/${port.metadata.id}`);
  }
  return median(times.slice(1));
}

const hostAddress = '198.51.100.1';

/** Another host, on a wire to this one. */
function connect(host: Host): Host {
  const other = Host.create(`${host.name}-client`);
  host.socket.request(addVeth({ name: 'wire', mtuBytes: 1500, peer: { name: 'wire', namespace: other.namespace } }));
  for (const [side, address] of [
    [host, `${hostAddress}/24`],
    [other, '198.51.100.2/24'],
  ] as const) {
    const index = getLink(side.socket, 'wire')?.index ?? 0;
    side.socket.request(addAddress(index, address));
    side.socket.request(setLink(index, { up: true }));
  }
  return other;
}

const inHost = (name: string, command: string, ...args: string[]): string =>
  execFileSync('ip', ['netns', 'exec', name, command, ...args], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });

function assertPorts(host: Host, count: number): void {
  const { nftables } = JSON.parse(inHost(host.name, 'nft', '-j', 'list', 'map', 'inet', 'netyard', 'ports4')) as {
    nftables: { map?: { elem: unknown[] } }[];
  };
  const found = nftables.find(({ map }) => map)?.map?.elem.length ?? 0;
  if (found !== count) throw new Error(`the kernel has ${found} ports, not ${count}`);
}

const countRules = (name: string): number => {
  const { nftables } = JSON.parse(inHost(name, 'nft', '-j', '-t', 'list', 'ruleset')) as { nftables: object[] };
  return nftables.filter((entry) => 'rule' in entry).length;
};

async function measureDocker(bench: Bench, docker: Docker) {
  bench.progress(`dockerd: publishing ${dockerPorts} ports`);
  const wire = connect(docker.host);
  const times: number[] = [];
  const memoryBefore = docker.proxyMiB;
  const rulesBefore = countRules(docker.host.name);
  const plain: number[] = [];
  const bare = await timed(plain, () => docker.runContainer('ports-none'));
  const id = await timed(times, () =>
    docker.runContainer(
      'ports',
      upTo(dockerPorts).map((number) => firstPort + number),
    ),
  );
  try {
    const rules = countRules(docker.host.name) - rulesBefore;
    const memoryMiB = docker.proxyMiB - memoryBefore;
    const connections = await connectionRate({
      enterServer: ['nsenter', `--net=/proc/${await docker.pidOf(id)}/ns/net`],
      serverPort: 80,
      enterClient: ['ip', 'netns', 'exec', wire.name],
      address: hostAddress,
      port: firstPort,
      logPath: join(bench.logFolder, 'ports-docker-server.log'),
    });
    return { rate: perSecond(dockerPorts, (times[0] ?? 0) - (plain[0] ?? 0)), rules, memoryMiB, connections };
  } finally {
    await docker.removeContainers([id, bare]);
    wire.close();
  }
}
