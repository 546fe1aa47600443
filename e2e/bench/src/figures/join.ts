import type { Endpoint, Sandbox } from '@netyard/api-client';
import type { Bench } from '../bench';
import type { Deployment } from '../deployment/deployment';
import { assertReady, createNetwork, createSandboxes, endpointBody, expectedJoin } from '../deployment/objects';
import { assertGone, assertJoined } from '../kernel/host';
import type { Measurement } from '../measurement';
import type { Docker } from '../peers/docker';
import { median, quantile } from '../statistics';
import { timed } from '../timing';

/** Taken in turn, so that what the machine does meanwhile meets both, and neither meets what the other leaves to the kernel. */
const blocks = 6;
const roundsInBlock = 15;
const waitSeconds = 10;

/** One endpoint at a time, beside `docker network connect` and `disconnect`, in turn. */
export const join: Measurement = {
  name: 'join',
  figures: [
    {
      name: 'join.single.p50',
      unit: 'ms',
      meaning: 'one endpoint, from the request to Ready in the kernel, median',
      target: { atMost: 12 },
      peer: 'dockerd',
    },
    { name: 'join.single.p95', unit: 'ms', meaning: 'the same, 95 % are faster', peer: 'dockerd' },
    { name: 'join.single.ratio', unit: '×', meaning: 'median of one join against dockerd’s', target: { atMost: 0.5 } },
    {
      name: 'leave.single.p50',
      unit: 'ms',
      meaning: 'one endpoint deleted and gone from the kernel, median',
      target: { atMost: 35 },
      peer: 'dockerd',
    },
    { name: 'leave.single.p95', unit: 'ms', meaning: 'the same, 95 % are faster', peer: 'dockerd' },
    { name: 'leave.single.ratio', unit: '×', meaning: 'median of one leave against dockerd’s', target: { atMost: 0.8 } },
    { name: 'join.again.p50', unit: 'ms', meaning: 'an endpoint that exists joins a sandbox, median' },
    { name: 'leave.keeping.p50', unit: 'ms', meaning: 'an endpoint leaves its sandbox and keeps its addresses, median' },
  ],
  async run(bench) {
    const deployment = await bench.deployment('join');
    try {
      return await measure(bench, deployment);
    } finally {
      await deployment.close();
    }
  },
};

async function measure(bench: Bench, deployment: Deployment) {
  await createNetwork(deployment.client, 'single', '10.10.0.0/24');
  const [sandbox] = await createSandboxes(deployment, 'single', 1);
  if (!sandbox) throw new Error('there is no sandbox');
  const docker = await bench.docker();
  const peer = docker && (await preparePeer(docker));
  const own = { join: [] as number[], leave: [] as number[], rejoin: [] as number[], keep: [] as number[] };
  const peers = { join: [] as number[], leave: [] as number[] };
  for (let block = 0; block <= blocks; block++) {
    // What came first is of processes that are still cold.
    if (block === 1) for (const times of [...Object.values(own), ...Object.values(peers)]) times.length = 0;
    for (let round = 0; round < roundsInBlock; round++) {
      bench.throwIfInterrupted();
      await ownRound(deployment, sandbox, own);
    }
    for (let round = 0; peer && round < roundsInBlock; round++) {
      bench.throwIfInterrupted();
      await peerRound(peer, peers);
    }
  }
  await peer?.docker.removeContainers([peer.container]);
  return readings(own, peer ? peers : undefined);
}

async function ownRound({ client, host }: Deployment, sandbox: Sandbox, times: Record<'join' | 'leave' | 'rejoin' | 'keep', number[]>) {
  const body = endpointBody('single', 'single', sandbox.metadata.name);
  const endpoint = await timed(times.join, () => client.post<Endpoint>('/v1/endpoints', body, { waitSeconds }));
  assertReady([endpoint], 1);
  const expected = expectedJoin(endpoint, sandbox);
  assertJoined(host, expected);
  const path = `/v1/endpoints/${endpoint.metadata.id}`;
  await timed(times.keep, () => client.post(`${path}/leave`, {}, { waitSeconds }));
  assertGone(host, expected.hostLink);
  const again = await timed(times.rejoin, () => client.post<Endpoint>(`${path}/join`, { sandbox: sandbox.metadata.name }, { waitSeconds }));
  assertReady([again], 1);
  assertJoined(host, expectedJoin(again, sandbox));
  await timed(times.leave, () => client.delete(path));
  assertGone(host, expected.hostLink);
}

async function preparePeer(docker: Docker) {
  const network = await docker.createNetwork('single', '10.199.0.0/16');
  const container = await docker.runContainer('single');
  return { docker, network, container };
}

async function peerRound(
  { docker, network, container }: Awaited<ReturnType<typeof preparePeer>>,
  times: Record<'join' | 'leave', number[]>,
) {
  await timed(times.join, () => docker.connect(network, container));
  docker.assertPorts(network, 1);
  await timed(times.leave, () => docker.disconnect(network, container));
  docker.assertPorts(network, 0);
}

function readings(own: Record<'join' | 'leave' | 'rejoin' | 'keep', number[]>, peers: Record<'join' | 'leave', number[]> | undefined) {
  const reading = (name: 'join' | 'leave', q: number, figure: string) => ({
    figure,
    value: quantile(own[name], q),
    peerValue: peers && quantile(peers[name], q),
  });
  const ratio = (name: 'join' | 'leave') =>
    peers ? [{ figure: `${name}.single.ratio`, value: median(own[name]) / median(peers[name]) }] : [];
  return [
    reading('join', 0.5, 'join.single.p50'),
    reading('join', 0.95, 'join.single.p95'),
    ...ratio('join'),
    reading('leave', 0.5, 'leave.single.p50'),
    reading('leave', 0.95, 'leave.single.p95'),
    ...ratio('leave'),
    { figure: 'join.again.p50', value: median(own.rejoin) },
    { figure: 'leave.keeping.p50', value: median(own.keep) },
  ];
}
