import type { Endpoint } from '@netyard/api-client';
import { bridgeLinkName } from '@netyard/contracts';
import type { Bench } from '../bench';
import type { Deployment } from '../deployment/deployment';
import { assertReady, createNetwork, createSandboxes, endpointBody } from '../deployment/objects';
import type { Measurement } from '../measurement';
import type { Docker } from '../peers/docker';
import { median } from '../statistics';
import { timed } from '../timing';

const warmUpRounds = 5;
const rounds = 25;

interface Times {
  create: number[];
  up: number[];
  delete: number[];
}
const noTimes = (): Times => ({ create: [], up: [], delete: [] });

/**
 * Networks beside `docker network create` and `rm`. dockerd makes the bridge at once; here the first endpoint on a host brings it, so that it is also
 * timed until there is one.
 */
export const network: Measurement = {
  name: 'network',
  figures: [
    { name: 'network.create.p50', unit: 'ms', meaning: 'a network created: addresses chosen, the intent on disk; median', peer: 'dockerd' },
    {
      name: 'network.up.p50',
      unit: 'ms',
      meaning: 'a network created and its first endpoint joined, bridge included; median',
      peer: 'dockerd',
    },
    { name: 'network.delete.p50', unit: 'ms', meaning: 'a network deleted and its bridge gone from the kernel, median', peer: 'dockerd' },
  ],
  async run(bench) {
    const deployment = await bench.deployment('network');
    try {
      return await measure(bench, deployment);
    } finally {
      await deployment.close();
    }
  },
};

async function measure(bench: Bench, deployment: Deployment) {
  const [sandbox] = await createSandboxes(deployment, 'network', 1);
  const docker = await bench.docker();
  const container = await docker?.runContainer('network');
  const own = noTimes();
  const peer = noTimes();
  for (let round = -warmUpRounds; round < rounds; round++) {
    bench.throwIfInterrupted();
    if (round === 0) for (const times of [...Object.values(own), ...Object.values(peer)] as number[][]) times.length = 0;
    await ownRound(deployment, sandbox?.metadata.name ?? '', own);
    if (docker && container !== undefined) await peerRound(docker, container, `network-${round}`, peer);
  }
  if (docker && container !== undefined) await docker.removeContainers([container]);
  return (['create', 'up', 'delete'] as const).map((what) => ({
    figure: `network.${what}.p50`,
    value: median(own[what]),
    peerValue: docker && median(peer[what]),
  }));
}

async function ownRound({ client, host }: Deployment, sandbox: string, times: Times): Promise<void> {
  const started = performance.now();
  const { metadata } = await timed(times.create, () => createNetwork(client, 'measured', '10.11.0.0/24'));
  const endpoint = await client.post<Endpoint>('/v1/endpoints', endpointBody('first', 'measured', sandbox), { waitSeconds: 10 });
  times.up.push(performance.now() - started);
  assertReady([endpoint], 1);
  const bridge = bridgeLinkName(metadata.id);
  if (!host.link(bridge)?.up) throw new Error(`${bridge} is not up`);
  await client.delete('/v1/endpoints/first');
  if (!host.link(bridge)) throw new Error(`${bridge} is not there any more, so that its deletion cannot be timed`);
  await timed(times.delete, () => client.delete('/v1/networks/measured'));
  if (host.link(bridge)) throw new Error(`${bridge} is still there`);
}

async function peerRound(docker: Docker, container: string, name: string, times: Times): Promise<void> {
  const started = performance.now();
  const id = await timed(times.create, () => docker.createNetwork(name));
  await docker.connect(id, container);
  times.up.push(performance.now() - started);
  docker.assertPorts(id, 1);
  await docker.disconnect(id, container);
  await timed(times.delete, () => docker.deleteNetwork(id));
  docker.assertBridge(id, false);
}
