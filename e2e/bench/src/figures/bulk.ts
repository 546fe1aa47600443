import type { Endpoint, Sandbox } from '@netyard/api-client';
import type { Bench } from '../bench';
import type { Deployment } from '../deployment/deployment';
import { createEndpoints, createNetwork, createSandboxes, deleteEndpoints, endpointBody, expectedJoin } from '../deployment/objects';
import { assertJoined, assertLinkCount } from '../kernel/host';
import type { Measurement } from '../measurement';
import { upTo } from '../numbers';
import type { Docker } from '../peers/docker';
import { median } from '../statistics';
import { perSecond, timed } from '../timing';

const count = 500;
const rounds = 4;
const containers = 16;
const containersAtOnce = 8;

/** Many endpoints in one request, beside dockerd, which has no such request and gets eight at once. */
export const bulk: Measurement = {
  name: 'bulk',
  figures: [
    {
      name: 'bulk.join.rate',
      unit: '/s',
      meaning: `${count} endpoints of one network in one bulk request, until all are Ready`,
      target: { atLeast: 300 },
      peer: 'dockerd, 8 at once',
    },
    {
      name: 'bulk.leave.rate',
      unit: '/s',
      meaning: `${count} endpoints deleted in one bulk request, until the kernel is clean`,
      target: { atLeast: 500 },
      peer: 'dockerd, 8 at once',
    },
  ],
  async run(bench) {
    const deployment = await bench.deployment('bulk');
    try {
      const own = await measureOwn(bench, deployment);
      const docker = await bench.docker();
      const peer = docker && (await measurePeer(bench, docker));
      return [
        { figure: 'bulk.join.rate', value: own.join, peerValue: peer?.join },
        { figure: 'bulk.leave.rate', value: own.leave, peerValue: peer?.leave },
      ];
    } finally {
      await deployment.close();
    }
  },
};

async function measureOwn(bench: Bench, deployment: Deployment) {
  const { client, host } = deployment;
  await createNetwork(client, 'bulk', '10.20.0.0/16');
  const sandboxes = await createSandboxes(deployment, 'bulk', count);
  const joins: number[] = [];
  const leaves: number[] = [];
  for (let round = 0; round < rounds; round++) {
    bench.progress(`${count} joins and leaves, round ${round + 1} of ${rounds}`);
    const bodies = sandboxes.map(({ metadata }) => endpointBody(`${metadata.name}-${round}`, 'bulk', metadata.name));
    const endpoints = await timed(joins, () => createEndpoints(client, bodies));
    assertLinkCount(host, count);
    assertEach(deployment, endpoints, sandboxes);
    await timed(leaves, () => deleteEndpoints(client, endpoints));
    assertLinkCount(host, 0);
  }
  // The first round is made while the processes are still cold.
  return { join: perSecond(count, median(joins.slice(1))), leave: perSecond(count, median(leaves.slice(1))) };
}

function assertEach({ host }: Deployment, endpoints: Endpoint[], sandboxes: Sandbox[]): void {
  const byName = new Map(sandboxes.map((sandbox) => [sandbox.metadata.name, sandbox]));
  for (const endpoint of endpoints) {
    const sandbox = byName.get(endpoint.spec.sandbox ?? '');
    if (!sandbox) throw new Error(`endpoint ${endpoint.metadata.name} is joined to ${endpoint.spec.sandbox}`);
    assertJoined(host, expectedJoin(endpoint, sandbox));
  }
}

async function measurePeer(bench: Bench, docker: Docker) {
  bench.progress(`dockerd: starting ${containers} containers`);
  const ids: string[] = [];
  for (const number of upTo(containers)) ids.push(await docker.runContainer(`bulk-${number}`));
  const network = await docker.createNetwork('bulk', '10.197.0.0/16');
  const joins: number[] = [];
  const leaves: number[] = [];
  await timed(joins, () => atOnce(ids, (id) => docker.connect(network, id)));
  docker.assertPorts(network, containers);
  await timed(leaves, () => atOnce(ids, (id) => docker.disconnect(network, id)));
  docker.assertPorts(network, 0);
  await docker.removeContainers(ids);
  return { join: perSecond(containers, median(joins)), leave: perSecond(containers, median(leaves)) };
}

async function atOnce(ids: string[], work: (id: string) => Promise<void>): Promise<void> {
  const queue = [...ids];
  await Promise.all(
    upTo(containersAtOnce).map(async () => {
      for (let id = queue.pop(); id !== undefined; id = queue.pop()) await work(id);
    }),
  );
}
