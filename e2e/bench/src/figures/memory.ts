import type { Bench } from '../bench';
import type { Deployment } from '../deployment/deployment';
import { createEndpoints, createNetwork, createSandboxes, endpointBody } from '../deployment/objects';
import { assertLinkCount } from '../kernel/host';
import type { Measurement } from '../measurement';
import { upTo } from '../numbers';
import type { Docker } from '../peers/docker';

const count = 1_000;
const networkCount = 10;
const containers = 40;

/** What the processes hold once they have made a thousand endpoints. dockerd is measured with few containers: a thousand would take minutes. */
export const memory: Measurement = {
  name: 'memory',
  figures: [
    {
      name: 'memory.worker',
      unit: 'MiB',
      meaning: `resident memory of the worker with ${count} endpoints`,
      target: { atMost: 150 },
      peer: `dockerd and containerd with ${containers}`,
    },
    {
      name: 'memory.api',
      unit: 'MiB',
      meaning: `resident memory of the API with ${count} endpoints`,
      target: { atMost: 300 },
      peer: `dockerd and containerd with ${containers}`,
    },
  ],
  async run(bench) {
    const docker = await bench.docker();
    const peerValue = docker && (await measurePeer(bench, docker));
    const deployment = await bench.deployment('memory');
    try {
      const { worker, api } = await measure(bench, deployment);
      return [
        { figure: 'memory.worker', value: worker, peerValue },
        { figure: 'memory.api', value: api, peerValue },
      ];
    } finally {
      await deployment.close();
    }
  },
};

async function measure(bench: Bench, deployment: Deployment) {
  const { client, host, worker, api } = deployment;
  const networks = upTo(networkCount).map((number) => `memory-${number}`);
  for (const [number, name] of networks.entries()) await createNetwork(client, name, `10.70.${number}.0/24`);
  const sandboxes = await createSandboxes(deployment, 'memory', count);
  bench.progress(`joining ${count} endpoints`);
  await createEndpoints(
    client,
    sandboxes.map(({ metadata }, index) => endpointBody(metadata.name, networks[index % networkCount] ?? '', metadata.name)),
  );
  assertLinkCount(host, count);
  return { worker: worker.residentMiB, api: api.residentMiB };
}

async function measurePeer(bench: Bench, docker: Docker): Promise<number> {
  bench.progress(`dockerd: starting ${containers} containers`);
  const network = await docker.createNetwork('memory', '10.196.0.0/16');
  const ids: string[] = [];
  for (const number of upTo(containers)) ids.push(await docker.runContainer(`memory-${number}`));
  for (const id of ids) await docker.connect(network, id);
  docker.assertPorts(network, containers);
  const residentMiB = docker.residentMiB;
  await docker.removeContainers(ids);
  return residentMiB;
}
