import { join } from 'node:path';
import { routerNamespaceName, sandboxNamespaceName } from '@netyard/contracts';
import type { Endpoint, Router, Sandbox } from '@netyard/api-client';
import type { Bench } from '../bench';
import type { ApiClient } from '../deployment/api-client';
import type { Deployment } from '../deployment/deployment';
import { timeNextJoins } from '../deployment/next-join';
import { assertReady, createEndpoints, createNetwork, createSandboxes, endpointBody } from '../deployment/objects';
import { assertLinkCount, hasNamespace } from '../kernel/host';
import type { Measurement, Reading } from '../measurement';
import { upTo } from '../numbers';
import { iperfRate, requestRate, type Sides } from '../peers/iperf';
import { median } from '../statistics';
import { until } from '../timing';

const tenantCount = 300;
const warmUpRounds = 5;
const firstRounds = 25;
const joinRounds = 50;
const rateRounds = 11;
const waitSeconds = 20;
const cidr = '10.0.0.0/24';
const own = 'the default tenant’s';

/** What it costs that tenants have routers: the first network of one, joins where many are, and one more hop on the way out. */
export const tenants: Measurement = {
  name: 'tenants',
  figures: [
    {
      name: 'tenants.first.p50',
      unit: 'ms',
      meaning: 'a tenant’s first network on a host created, its router with it, and the first endpoint joined; median',
      peer: own,
    },
    { name: 'tenants.first.ratio', unit: '×', meaning: 'against the default tenant’s', target: { atMost: 2 } },
    { name: 'tenants.join.at0.p50', unit: 'ms', meaning: 'the next join of the default tenant on a host without routers, median' },
    {
      name: 'tenants.join.at300.p50',
      unit: 'ms',
      meaning: `the same with ${tenantCount} routers there, each with a network and two sandboxes, median`,
    },
    { name: 'tenants.join.ratio', unit: '×', meaning: 'the second against the first', target: { atMost: 1.3 } },
    { name: 'tenants.join.router.p50', unit: 'ms', meaning: 'the next join in one of these routers, median' },
    {
      name: 'tenants.memory',
      unit: 'MiB',
      meaning: `resident memory of the worker with ${tenantCount} routers and ${2 * tenantCount} endpoints`,
    },
    {
      name: 'tenants.throughput',
      unit: 'Gbit/s',
      meaning: 'one TCP connection from a sandbox behind a router to another host, median',
      peer: own,
    },
    { name: 'tenants.requests', unit: '/s', meaning: 'requests of one byte, one after the other, on the same way', peer: own },
  ],
  async run(bench) {
    const deployment = await bench.deployment('tenants', { wired: true, environment: { NETYARD_REQUESTS_PER_MINUTE: '0' } });
    try {
      return [...(await first(bench, deployment)), ...(await many(bench, deployment)), ...(await rates(bench, deployment))];
    } finally {
      await deployment.close();
    }
  },
};

async function tenant({ client }: Deployment, name: string): Promise<ApiClient> {
  await client.post('/v1/tenants', { metadata: { name } });
  return client.about(name);
}

/** By turns, so that what the machine does meanwhile meets both. */
async function first(bench: Bench, deployment: Deployment): Promise<Reading[]> {
  const { client, host } = deployment;
  const other = await tenant(deployment, 'first');
  for (const about of [client, other]) await createSandboxes({ client: about, host }, 'first', 1);
  const times: [number[], number[]] = [[], []];
  for (let round = -warmUpRounds; round < firstRounds; round++) {
    bench.throwIfInterrupted();
    if (round === 0) for (const some of times) some.length = 0;
    times[0].push(await firstNetwork(client));
    times[1].push(await firstNetwork(other));
    await until('the router has gone', async () => (await routersOf(other)).length === 0);
  }
  const [peerValue, value] = [median(times[0]), median(times[1])];
  return [
    { figure: 'tenants.first.p50', value, peerValue },
    { figure: 'tenants.first.ratio', value: value / peerValue },
  ];
}

async function firstNetwork(client: ApiClient): Promise<number> {
  const started = performance.now();
  await createNetwork(client, 'measured', '10.11.0.0/24');
  const endpoint = await client.post<Endpoint>('/v1/endpoints', endpointBody('first', 'measured', 'first-0'), { waitSeconds });
  const took = performance.now() - started;
  assertReady([endpoint], 1);
  for (const { metadata } of await routersOf(client))
    if (!hasNamespace(routerNamespaceName(metadata.id))) throw new Error('the router has no namespace');
  await client.delete('/v1/endpoints/first');
  await client.delete('/v1/networks/measured');
  return took;
}

const routersOf = async (client: ApiClient): Promise<Router[]> => (await client.get<{ items: Router[] }>('/v1/routers')).items;

async function many(bench: Bench, deployment: Deployment): Promise<Reading[]> {
  const { client, host, worker } = deployment;
  await createNetwork(client, 'joins', '10.12.0.0/24');
  const [sandbox] = await createSandboxes(deployment, 'joins', 1);
  if (!sandbox) throw new Error('there is no sandbox');
  const next = (rounds: number): Promise<number[]> => timeNextJoins(bench, deployment, sandbox, ['joins'], rounds);
  await next(warmUpRounds);
  const before = median(await next(joinRounds));
  let last: ApiClient = client;
  for (const number of upTo(tenantCount)) {
    if (number % 50 === 0) bench.progress(`${number} of ${tenantCount} tenants`);
    last = await tenant(deployment, `tenant-${number}`);
    await createNetwork(last, 'web', cidr);
    await createSandboxes({ client: last, host }, 'web', 2);
    await createEndpoints(last, [endpointBody('web-0', 'web', 'web-0'), endpointBody('web-1', 'web', 'web-1')]);
  }
  assertLinkCount(host, 0);
  await next(warmUpRounds);
  const after = median(await next(joinRounds));
  const inRouter = await joinsOf(bench, last, host);
  return [
    { figure: 'tenants.join.at0.p50', value: before },
    { figure: 'tenants.join.at300.p50', value: after },
    { figure: 'tenants.join.ratio', value: after / before },
    { figure: 'tenants.join.router.p50', value: median(inRouter) },
    { figure: 'tenants.memory', value: worker.residentMiB },
  ];
}

async function joinsOf(bench: Bench, client: ApiClient, host: Deployment['host']): Promise<number[]> {
  await createSandboxes({ client, host }, 'joins', 1);
  const times: number[] = [];
  for (let round = 0; round < joinRounds; round++) {
    bench.throwIfInterrupted();
    const started = performance.now();
    const endpoint = await client.post<Endpoint>('/v1/endpoints', endpointBody('next', 'web', 'joins-0'), { waitSeconds });
    times.push(performance.now() - started);
    assertReady([endpoint], 1);
    await client.delete('/v1/endpoints/next');
  }
  return times;
}

/** From a sandbox of the default tenant and one behind a router to a process on another host. */
async function rates(bench: Bench, deployment: Deployment): Promise<Reading[]> {
  const there = (await deployment.addHost()).name;
  const address = '198.51.100.2';
  const logPath = join(bench.logFolder, 'tenants.log');
  const sides = async (client: ApiClient): Promise<Sides> => {
    await createNetwork(client, 'out', '10.13.0.0/24');
    const body = { metadata: { name: 'out' }, spec: { host: deployment.host.name } };
    const sandbox = await client.post<Sandbox>('/v1/sandboxes', body, { waitSeconds });
    assertReady([await client.post<Endpoint>('/v1/endpoints', endpointBody('out', 'out', 'out'), { waitSeconds })], 1);
    const enterClient = ['ip', 'netns', 'exec', sandboxNamespaceName(sandbox.metadata.id)];
    return { enterClient, enterServer: ['ip', 'netns', 'exec', there], address, logPath };
  };
  const [direct, behind] = [await sides(deployment.client), await sides(deployment.client.about('first'))];
  const readings: Reading[] = [];
  for (const [figure, rateOf] of [
    ['tenants.throughput', iperfRate],
    ['tenants.requests', requestRate],
  ] as const) {
    const [values, peerValues]: [number[], number[]] = [[], []];
    for (let round = 0; round < rateRounds; round++) {
      bench.progress(`${figure}: round ${round + 1} of ${rateRounds}`);
      if (round % 2 === 0) values.push(await rateOf(behind));
      peerValues.push(await rateOf(direct));
      if (round % 2 === 1) values.push(await rateOf(behind));
    }
    readings.push({ figure, value: median(values), peerValue: median(peerValues) });
  }
  return readings;
}
