import type { Bench } from '../bench';
import type { Deployment } from '../deployment/deployment';
import { timeNextJoins } from '../deployment/next-join';
import { createEndpoints, createNetwork, createSandboxes, deleteEndpoints, endpointBody } from '../deployment/objects';
import { assertLinkCount } from '../kernel/host';
import type { Measurement } from '../measurement';
import { upTo } from '../numbers';
import { median } from '../statistics';

const count = 1_000;
const networkCount = 10;
const warmUpRounds = 20;
const rounds = 50;

/** Whether a join costs more where there are many endpoints already, in several networks. */
export const joinAt1000: Measurement = {
  name: 'join.at1000',
  figures: [
    { name: 'join.at0.p50', unit: 'ms', meaning: 'the next join on a host without endpoints, median of before and after' },
    {
      name: 'join.at1000.p50',
      unit: 'ms',
      meaning: `the next join with ${count} endpoints in ${networkCount} networks on the host, median`,
    },
    { name: 'join.at1000.ratio', unit: '×', meaning: 'the second against the first', target: { atMost: 1.3 } },
  ],
  async run(bench) {
    const deployment = await bench.deployment('at1000');
    try {
      return await measure(bench, deployment);
    } finally {
      await deployment.close();
    }
  },
};

async function measure(bench: Bench, deployment: Deployment) {
  const { client, host } = deployment;
  const networks = upTo(networkCount).map((number) => `at-${number}`);
  for (const [number, name] of networks.entries()) await createNetwork(client, name, `10.30.${number}.0/24`);
  const [sandbox, ...sandboxes] = await createSandboxes(deployment, 'at', count + 1);
  if (!sandbox) throw new Error('there is no sandbox');
  const next = (times: number): Promise<number[]> => timeNextJoins(bench, deployment, sandbox, networks, times);
  await next(warmUpRounds);
  const before = await next(rounds);
  bench.progress(`joining ${count} endpoints`);
  const bodies = sandboxes.map(({ metadata }, index) => endpointBody(metadata.name, networks[index % networkCount] ?? '', metadata.name));
  const endpoints = await createEndpoints(client, bodies);
  assertLinkCount(host, count);
  const full = await next(rounds);
  assertLinkCount(host, count);
  bench.progress('deleting them');
  await deleteEndpoints(client, endpoints);
  assertLinkCount(host, 0);
  const after = await next(rounds);
  // What the machine does meanwhile would else be taken for growth.
  const empty = median([...before, ...after]);
  return [
    { figure: 'join.at0.p50', value: empty },
    { figure: 'join.at1000.p50', value: median(full) },
    { figure: 'join.at1000.ratio', value: median(full) / empty },
  ];
}
